// candor doctor: is everything as it should be, and if not, what to do.
#include <fmt/format.h>
#include <sqlite3.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/data_directory.h"
#include "app/open_site.h"
#include "app/output.h"
#include "app/redirect_check.h"
#include "app/system.h"
#include "candor_version.h"
#include "geo/atlas.h"
#include "link/url.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class CheckUp {
 public:
  void add(std::string_view check, Health health, std::string message) {
    constexpr const char* kWords[] = {"ok", "look", "FAIL"};
    rows_.push_back({{"check", check},
                     {"state", kWords[static_cast<int>(health)]},
                     {"message", std::move(message)}});
    worst_ = std::max(worst_, health);
  }
  /// Runs a check; what it throws is a failure.
  template <class F>
  bool run(std::string_view check, F&& f) {
    try {
      f();
      return true;
    } catch (const std::exception& error) {
      add(check, Health::Bad, error.what());
      return false;
    }
  }
  int print(std::string_view format) const {
    print_list(format, json({{"schema", "candor.doctor/1"}, {"data", rows_}}).dump(),
               {"check", "state", "message"});
    return worst_ == Health::Ok ? kDone : worst_ == Health::Look ? kNeedsAttention : kFailed;
  }

 private:
  json rows_ = json::array();
  Health worst_ = Health::Ok;
};

void check_space(CheckUp& up, const Config& config) {
  const auto space = fs::space(config.data_dir);
  const auto percent = space.capacity == 0 ? 100 : space.available * 100 / space.capacity;
  up.add("disk",
         percent < 5    ? Health::Bad
         : percent < 10 ? Health::Look
                        : Health::Ok,
         fmt::format("{} MiB free ({} %) at {}", space.available >> 20, percent,
                     config.data_dir.string()));
}

void check_journal(CheckUp& up, const Config& config) {
  journal::Position at{};
  std::uint64_t clicks = 0;
  std::vector<journal::Damage> damage;
  for (;;) {
    auto batch = journal::read(journal_directory(config), at, 4096);
    clicks += batch.clicks.size();
    for (auto& each : batch.damage)
      if (!each.at_end) damage.push_back(std::move(each));
    if (batch.next == at) break;
    at = batch.next;
  }
  if (damage.empty()) {
    up.add("journal", Health::Ok, fmt::format("{} clicks in its segments, no damage", clicks));
    return;
  }
  for (const auto& each : damage)
    up.add("journal", Health::Bad,
           fmt::format("segment {} at byte {}: {} bytes damaged: {}. Check the disk.", each.segment,
                       each.offset, each.bytes, each.reason));
}

/// A restart begins the daemon's counters anew; what earlier runs lost stays lost.
void report_earlier(CheckUp& up, const json& earlier) {
  const auto lost =
      earlier.value("unrecorded", std::uint64_t{0}) + earlier.value("shed", std::uint64_t{0});
  const auto days = earlier.value("days", 0);
  if (lost == 0) {
    up.add("earlier runs", Health::Ok, fmt::format("no click lost in the last {} days", days));
    return;
  }
  up.add("earlier runs", Health::Look,
         fmt::format("{} clicks were redirected but not recorded in the last {} days, until {}: "
                     "look at the disk and its space then",
                     lost, days, earlier.at("last_at").get<std::string>()));
}

/// Makers put out a new database of places every month, or oftener.
constexpr std::int64_t kOldPlacesDays = 120;

void check_places(CheckUp& up, const Config& config) {
  std::vector<std::string> problems;
  const geo::Atlas atlas(config.geo, problems);
  for (std::string& problem : problems) up.add("places", Health::Bad, std::move(problem));
  const std::int64_t now_ms = to_ms(SystemClock().now());
  for (const geo::DatabaseNote& note : atlas.notes()) {
    const std::int64_t days = (now_ms - note.built_at_ms) / 86'400'000;
    up.add("places", days > kOldPlacesDays ? Health::Look : Health::Ok,
           fmt::format("{}: {}, {} days old{}{}", note.purpose, note.type, days,
                       days > kOldPlacesDays ? "; put a newer file in its place" : "",
                       note.credit.empty() ? "" : ". " + note.credit));
  }
  if (problems.empty() && atlas.notes().empty())
    up.add("places", Health::Ok,
           config.country_header.empty()
               ? "no database: clicks have no country (candor.toml: [geo] country_db)"
               : "countries are read from " + config.country_header);
}

/// Links that are stored, but do not send readers where their owner meant.
void check_links(CheckUp& up, ApiClient& client) {
  constexpr std::size_t kMost = 10;
  const json faulty = json::parse(client.call("GET", "/api/v1/links?faults=1").body).at("data");
  for (std::size_t i = 0; i < faulty.size() && i < kMost; ++i)
    for (const json& fault : faulty[i].at("faults"))
      up.add(
          "links", Health::Look,
          safe_text(fmt::format("{}: {}", faulty[i].value("slug", ""), fault.get<std::string>())));
  if (faulty.size() > kMost)
    up.add("links", Health::Look, fmt::format("and {} more", faulty.size() - kMost));
}

/// Pages that went out as the origin had them, because Candor failed.
void report_pages(CheckUp& up, const json& pages) {
  if (pages.is_null()) return;
  const bool failing = pages.value("failing", false);
  up.add("pages", failing ? Health::Look : Health::Ok,
         fmt::format("{} requests, {} pages disclosed, {} without by a failure of Candor{}; {} "
                     "times the origin failed",
                     pages.value("requests", std::uint64_t{0}),
                     pages.value("disclosed", std::uint64_t{0}),
                     pages.value("failed", std::uint64_t{0}), failing ? " (just now)" : "",
                     pages.value("origin_failures", std::uint64_t{0})));
}

void check_site(CheckUp& up, const Config& config) {
  up.run("site", [&] {
    ApiClient client(config);
    const json status = json::parse(client.call("GET", "/api/v1/status").body);
    up.add(
        "site", Health::Ok,
        fmt::format("{} answers {}: {} links, {} articles",
                    client.is_daemon() ? "the daemon" : "the database", status.value("version", ""),
                    status.value("links", 0), status.value("articles", 0)));
    check_links(up, client);
    report_earlier(up, status.at("earlier"));
    if (!client.is_daemon()) {
      up.add("daemon", Health::Look, "not running; start it: candor serve");
      return;
    }
    const json& front = status.at("front");
    const auto lost =
        front.value("unrecorded", std::uint64_t{0}) + front.value("shed", std::uint64_t{0});
    up.add("daemon", lost > 0 ? Health::Look : Health::Ok,
           fmt::format("{} clicks accepted, {} recorded, {} not recorded",
                       front.value("accepted", std::uint64_t{0}),
                       front.value("recorded", std::uint64_t{0}), lost));
    report_pages(up, status.value("pages", json(nullptr)));
  });
}

/// How readers' requests get here.
void check_way(CheckUp& up, const Config& config, const std::string& url) {
  up.run("redirect", [&] {
    ApiClient client(config);
    std::vector<std::string> hosts = config.site.hosts;
    if (const auto front = parse_url(config.redirect_public_url)) hosts.push_back(front->host);
    for (Finding& each : check_redirect(url, config.go_prefix, hosts, client))
      up.add(each.check, each.health, safe_text(each.message));
  });
}

int doctor(const Cli& cli, const std::string& url) {
  CheckUp up;
  up.add("version", Health::Ok,
         fmt::format(
             "candor {}, SQLite {} (one process owns the file, so its write-ahead log is safe)",
             kVersion, sqlite3_libversion()));
  const Config config = require_config(cli.config);
  up.add("configuration", Health::Ok, config.file.string());
  const bool open = up.run("data directory", [&] {
    open_data_directory(config.data_dir);
    const auto others =
        fs::status(config.data_dir).permissions() & (fs::perms::group_all | fs::perms::others_all);
    if (others == fs::perms::none) {
      up.add("data directory", Health::Ok, config.data_dir.string());
    } else {
      up.add("data directory", Health::Look,
             fmt::format("other users can enter it: chmod 700 {}", config.data_dir.string()));
    }
  });
  if (open) {
    up.run("disk", [&] { check_space(up, config); });
    up.run("journal", [&] { check_journal(up, config); });
    up.run("places", [&] { check_places(up, config); });
    check_site(up, config);
    if (!url.empty()) check_way(up, config, url);
  }
  return up.print(cli.chosen_format());
}

}  // namespace

void add_doctor_command(CLI::App& app, Cli& cli) {
  CLI::App* command = app.add_subcommand("doctor", "Check the installation and say what to do");
  auto url = std::make_shared<std::string>();
  command
      ->add_option("--url", *url,
                   "A link as readers use it: also look for caches on the way, a lost Referer, a "
                   "wrong address or scheme")
      ->type_name("URL");
  command->footer("Example:\n  candor doctor --url https://example.com/go/test");
  command->fallthrough();
  command->callback([&cli, url] { cli.run = [&cli, url] { return doctor(cli, *url); }; });
}

}  // namespace candor::app
