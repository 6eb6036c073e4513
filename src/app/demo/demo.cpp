#include "app/demo/demo.h"

#include <Poco/Net/ServerSocket.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "api/router.h"
#include "app/config.h"
#include "app/data_directory.h"
#include "app/demo/reports.h"
#include "app/demo/traffic.h"
#include "app/open_site.h"
#include "demo_files.h"
#include "jobs/report_files.h"
#include "journal/journal.h"
#include "pages/page_processor.h"

namespace candor::app::demo {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uint64_t kSeed = 20200101;
constexpr int kDays = 90;

/// The wanted port when nobody listens there, else any free one.
int free_port(int wanted) {
  for (const int port : {wanted, 0}) {
    try {
      const Poco::Net::ServerSocket probe(
          Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(port)));
      return probe.address().port();
    } catch (const Poco::Exception&) {
      continue;
    }
  }
  throw std::runtime_error("no free port on 127.0.0.1");
}

std::string config_text(const std::vector<std::pair<std::string, std::string>>& tags, int redirect,
                        int admin, int pages) {
  std::string text = fmt::format(R"(# A demo site: every page, link and number here is made up.
data_dir = "data"

[site]
name = "The Nourished Fork"
url = "https://nourished.example"
zone = "America/New_York"
jurisdictions = ["US"]
demo = true

[redirect]
listen = "127.0.0.1:{0}"
public_url = "http://127.0.0.1:{0}"

[admin]
listen = "127.0.0.1:{1}"

[pages]
listen = "127.0.0.1:{2}"
root = "site"

[revenue]
currency = {{ awin = "USD" }}
)",
                                 redirect, admin, pages);
  for (const auto& [tag, path] : tags)
    text += fmt::format(
        "\n[[labels]]\nnetwork = \"amazon\"\nkind = \"tag\"\ntext = \"{}\"\narticle = \"{}\"\n",
        tag, path);
  return text;
}

void write_site(const fs::path& directory) {
  for (const auto& file : demo_files::files()) {
    if (!file.name.starts_with("site/")) continue;
    const fs::path target = directory / std::string(file.name);
    fs::create_directories(target.parent_path());
    jobs::write_file_atomically(target, file.content);
  }
}

/// The demo's links lead to a page of the demo itself, with the network's own parameters, so that
/// following one sends nothing to a network.
void add_links(OpenSite& site, const std::string& pages_url, std::int64_t now_ms) {
  std::vector<Link> links;
  for (const json& each : json::parse(demo_files::file("links.json"))) {
    Link link;
    link.slug = each.at("slug").get<std::string>();
    link.match_url = each.at("match_url").get<std::string>();
    link.network = each.at("network").get<std::string>();
    link.merchant = each.at("merchant").get<std::string>();
    link.title = each.at("title").get<std::string>();
    const auto query = link.match_url.find('?');
    link.destination = pages_url + each.at("merchant_path").get<std::string>() +
                       (query == std::string::npos ? "" : link.match_url.substr(query));
    link.created_at_ms = link.updated_at_ms = now_ms;
    if (const auto error = check_link(link))
      throw std::logic_error(
          fmt::format("demo link {}: {}: {}", link.slug, error->field, error->message));
    links.push_back(std::move(link));
  }
  site.store().add_links(links);
}

/// A style sheet of the demo's own site, by its address.
std::optional<std::string> site_file(std::string_view address) {
  const auto slash = address.rfind('/');
  const std::string name = "site/" + std::string(address.substr(slash + 1));
  for (const auto& file : demo_files::files())
    if (file.name == name) return std::string(file.content);
  return std::nullopt;
}

void disclose_pages(OpenSite& site) {
  for (const auto& file : demo_files::files()) {
    constexpr std::string_view kFolder = "site/";
    if (!file.name.starts_with(kFolder) || !file.name.ends_with(".html")) continue;
    pages::PageAsk ask{.path = pages::path_of_file(file.name.substr(kFolder.size()))};
    ask.stylesheet = site_file;
    site.pages().inject(file.content, ask);
  }
}

void journal_clicks(const Config& config, const std::vector<Click>& clicks) {
  journal::Journal journal(
      {journal_directory(config), journal::Durability::Process, 16u << 20, clicks.size() + 1});
  for (const Click& click : clicks) journal.append(click, [](journal::AppendOutcome) {});
}

void write_reports(const Config& config, OpenSite& site, const std::vector<Click>& clicks,
                   const std::vector<Placement>& placements, Dice& dice, std::int64_t now_ms) {
  fs::create_directories(config.drop_dir);
  jobs::write_file_atomically(
      config.drop_dir / "awin-transactions.csv",
      make_awin_report(clicks, placements, site.keys().front(), dice, now_ms));
  jobs::write_file_atomically(config.drop_dir / "amazon-fee-earnings.csv",
                              make_amazon_report(placements, dice, now_ms, kDays));
}

void run_nightly(OpenSite& site) {
  http::Request request;
  request.method = "POST";
  request.target = request.path = "/api/v1/jobs/nightly";
  const auto response = api::handle(site.api(), request, {true, {}});
  const json body = json::parse(response.body);
  if (response.status != 200 || body.at("failed").get<bool>())
    throw std::runtime_error("the demo's nightly run failed: " + response.body);
}

}  // namespace

fs::path create(const fs::path& directory,
                const std::function<void(const std::string&)>& progress) {
  const fs::path config_file = directory / "candor.toml";
  if (fs::exists(config_file))
    throw std::runtime_error(config_file.string() +
                             " exists; remove the folder to make the demo anew");
  fs::create_directories(directory);
  const int redirect = free_port(8378);
  const int admin = free_port(8379);
  const int pages = free_port(8380);
  progress("writing the demo's pages");
  write_site(directory);
  // Under another name until the demo is whole, so that an interrupted one is made anew.
  const fs::path draft = directory / "candor.toml.new";
  jobs::write_file_atomically(draft, config_text({}, redirect, admin, pages));

  const SystemClock clock;
  SystemRandom random;
  const std::int64_t now = to_ms(clock.now());
  Dice dice(kSeed);
  const auto open = [&] {
    const Config config = load_config(draft);
    open_data_directory(config.data_dir);
    return std::pair(config, std::make_unique<OpenSite>(config, clock, random));
  };
  std::vector<Placement> placements;
  {
    const auto [config, site] = open();
    add_links(*site, fmt::format("http://127.0.0.1:{}", pages), now);
    disclose_pages(*site);
    placements = find_placements(site->store(), dice);
  }
  jobs::write_file_atomically(draft,
                              config_text(find_article_tags(placements), redirect, admin, pages));
  const auto [config, site] = open();
  progress(fmt::format("generating {} days of traffic", kDays));
  const auto clicks = make_clicks(placements, dice, now, kDays);
  journal_clicks(config, clicks);
  progress(fmt::format("counting {} clicks, importing the networks' reports", clicks.size()));
  write_reports(config, *site, clicks, placements, dice, now);
  run_nightly(*site);
  fs::rename(draft, config_file);
  return config_file;
}

}  // namespace candor::app::demo
