#include "proxy/stylesheets.h"

#include <algorithm>
#include <span>
#include <utility>

#include "link/url.h"
#include "proxy/codings.h"
#include "proxy/forwarding.h"

namespace candor::proxy {
namespace {

constexpr std::size_t kMostSheets = 256;
constexpr std::size_t kSheetBytes = std::size_t{1} << 20;
constexpr std::size_t kAllBytes = std::size_t{8} << 20;
constexpr std::chrono::seconds kGoodFor{60};

std::uint64_t fingerprint_of(std::string_view target, std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a: the same after a restart
  for (const std::string_view part : {target, text})
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash | 1;
}

}  // namespace

/// One sheet on its way.
class Stylesheets::Asking final : public fetch::StreamReceiver {
 public:
  explicit Asking(std::function<void(std::optional<std::string>)> done) : done_(std::move(done)) {}
  void on_interim(fetch::StreamHead) override {}
  void on_head(fetch::StreamHead head) override {
    const auto coding = find_coding(find_value(head.headers, "content-encoding"));
    coding_ = coding.value_or(Coding::Identity);
    wanted_ = head.status == 200 && coding && media_type(head.headers) == "text/css";
  }
  bool on_body(std::string_view bytes) override {
    wanted_ = wanted_ && bytes.size() <= kSheetBytes - text_.size();
    if (wanted_) text_ += bytes;
    return true;
  }
  std::size_t give_body(std::span<char>, bool& ended) override {
    ended = true;
    return 0;
  }
  void on_end(std::optional<fetch::Error> error) override {
    std::optional<std::string> text;
    if (!error && wanted_)
      if (auto decoded = decode(coding_, text_, kSheetBytes)) text = std::move(*decoded);
    done_(std::move(text));
  }

  fetch::StreamClient::Handle handle;

 private:
  std::function<void(std::optional<std::string>)> done_;
  Coding coding_ = Coding::Identity;
  bool wanted_ = false;
  std::string text_;
};

Stylesheets::Stylesheets(http::EventLoop& loop, fetch::StreamClient& client, Origin origin)
    : loop_(loop), client_(client), origin_(std::move(origin)) {}

Stylesheets::~Stylesheets() { *alive_ = false; }

std::optional<std::string> Stylesheets::target_of(std::string_view url) const {
  const bool path_only = url.starts_with('/') && !url.starts_with("//");
  const auto parsed =
      parse_url(path_only ? origin_.public_url + std::string(url) : std::string(url));
  if (!parsed) return std::nullopt;
  if (!path_only && std::ranges::find(origin_.site_hosts, parsed->host) == origin_.site_hosts.end())
    return std::nullopt;
  return parsed->has_query ? parsed->path + '?' + parsed->query : parsed->path;
}

std::optional<std::string> Stylesheets::find(std::string_view url) {
  const auto target = target_of(url);
  if (!target) return std::nullopt;
  bool due = false;
  auto text = kept_.with([&](Kept& kept) -> std::optional<std::string> {
    const auto known = kept.by_target.find(*target);
    if (known == kept.by_target.end() && kept.by_target.size() >= kMostSheets) return std::nullopt;
    Sheet& sheet = known == kept.by_target.end() ? kept.by_target[*target] : known->second;
    const auto now = Clock::now();
    due =
        !sheet.asking && (sheet.asked_at == Clock::time_point{} || now - sheet.asked_at > kGoodFor);
    if (due) {
      sheet.asking = true;
      sheet.asked_at = now;
    }
    return sheet.text;
  });
  if (due)
    loop_.post([this, still = alive_, wanted = *target] {
      if (*still) ask(wanted);
    });
  return text;
}

std::uint64_t Stylesheets::fingerprint() const {
  return kept_.with([](const Kept& kept) { return kept.fingerprint; });
}

void Stylesheets::ask(const std::string& target) {
  const auto site = parse_url(origin_.public_url);
  fetch::StreamRequest request;
  request.url = origin_.url;
  request.unix_socket_path = origin_.unix_socket_path;
  request.target = target;
  if (site) {
    const std::string host = site->port.empty() ? site->host : site->host + ':' + site->port;
    request.headers = {{"Host", host},
                       {"Accept", "text/css"},
                       {"X-Forwarded-Proto", site->scheme},
                       {"X-Forwarded-Host", host},
                       {std::string(kPassedHeader), "1"}};
  }
  auto asking = std::make_shared<Asking>(
      [this, target](std::optional<std::string> text) { take(target, std::move(text)); });
  asking_[target] = asking;
  asking->handle = client_.send(std::move(request), *asking);
}

void Stylesheets::take(const std::string& target, std::optional<std::string> text) {
  kept_.with([&](Kept& kept) {
    Sheet& sheet = kept.by_target[target];
    sheet.asking = false;
    // What cannot be had right now may still be what it was.
    if (!text || kept.bytes + text->size() > kAllBytes) return;
    kept.bytes += text->size();
    kept.bytes -= sheet.text ? sheet.text->size() : 0;
    kept.fingerprint ^= sheet.fingerprint;
    sheet.fingerprint = fingerprint_of(target, *text);
    kept.fingerprint ^= sheet.fingerprint;
    sheet.text = std::move(text);
  });
  // The one that told us ends with this call.
  const auto done = asking_.extract(target);
  if (done) loop_.at_turn_end([held = done.mapped()] {});
}

}  // namespace candor::proxy
