#include "app/link_probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "candor_version.h"
#include "crawl/robots.h"
#include "fetch/client.h"
#include "link/url.h"

namespace candor::app {
namespace {

constexpr std::string_view kProduct = "Candor";
constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::size_t kMostRobots = 1000;  ///< hosts whose robots.txt are remembered

class LinkProbe {
 public:
  LinkProbe(bool private_too, std::function<bool()> stopped)
      : private_too_(private_too),
        stopped_(std::move(stopped)),
        user_agent_(fmt::format("{}/{} (link check)", kProduct, kVersion)) {}

  jobs::ProbeAnswer ask(std::string_view method, const std::string& url) {
    const std::scoped_lock lock(mutex_);
    return send(method, url).first;
  }

  bool allows(const std::string& address) {
    const std::scoped_lock lock(mutex_);
    const auto url = parse_url(address);
    if (!url) return false;
    const std::string origin =
        url->scheme + "://" + url->host + (url->port.empty() ? "" : ":" + url->port);
    auto known = robots_.find(origin);
    if (known == robots_.end()) {
      if (robots_.size() == kMostRobots) robots_.clear();
      known = robots_.emplace(origin, read_robots(origin)).first;
    }
    return known->second.allows(url->has_query ? url->path + "?" + url->query : url->path);
  }

 private:
  std::pair<jobs::ProbeAnswer, std::string> send(std::string_view method, const std::string& url) {
    fetch::Request request;
    request.method = method;
    request.url = url;
    request.headers = {{"User-Agent", user_agent_}, {"Accept", "text/html,*/*;q=0.5"}};
    request.timeout_ms = 15'000;
    request.max_body_bytes = kMostBytes;
    request.public_addresses_only = !private_too_;
    request.cancelled = stopped_;
    auto response = client_.send(request);
    if (response)
      return {{.status = response->status,
               .location = std::string(response->find_header("Location").value_or(""))},
              std::move(response->body)};
    // A page that goes on and on is there.
    if (response.error().kind == fetch::ErrorKind::TooLarge) return {{.status = 200}, {}};
    return {{.problem = response.error().message}, {}};
  }

  /// RFC 9309, 2.3.1: no file (4xx) allows everything, a site that cannot say (5xx) nothing. One
  /// that does not answer at all is for the look itself to find.
  crawl::Robots read_robots(const std::string& origin) {
    const auto [answer, body] = send("GET", origin + "/robots.txt");
    if (answer.status >= 500) return crawl::Robots::allow_none();
    if (answer.status != 200) return crawl::Robots::allow_all();
    return crawl::Robots::parse(body, kProduct);
  }

  bool private_too_;
  std::function<bool()> stopped_;
  std::string user_agent_;
  std::mutex mutex_;
  fetch::Client client_;
  std::map<std::string, crawl::Robots> robots_;
};

/// In slices, so that a stop is heard.
void wait(std::chrono::milliseconds time, const std::function<bool()>& stopped) {
  constexpr std::chrono::milliseconds kSlice{200};
  for (; time.count() > 0 && !stopped(); time -= kSlice)
    std::this_thread::sleep_for(std::min(time, kSlice));
}

}  // namespace

jobs::LinkCheckSettings link_check_settings(const Config& config, std::function<bool()> stopped) {
  jobs::LinkCheckSettings settings;
  settings.programmes = config.site.programmes;
  if (!config.check_links) return settings;
  const auto probe = std::make_shared<LinkProbe>(config.check_private_links, stopped);
  settings.probe = [probe](std::string_view method, const std::string& url) {
    return probe->ask(method, url);
  };
  settings.allowed = [probe](const std::string& url) { return probe->allows(url); };
  settings.wait = [stopped = std::move(stopped)](std::chrono::milliseconds time) {
    wait(time, stopped);
  };
  settings.pace = config.link_check_pace;
  // Demo links lead to shops that are none: looked at when the owner asks, never by night.
  if (config.site.demo) settings.most = 0;
  return settings;
}

}  // namespace candor::app
