#include "app/redirect_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/api_client.h"

#include "base/ascii.h"
#include "candor_version.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

/// Documentation's own range (RFC 5737): nobody has this address.
constexpr const char* kForgedAddress = "192.0.2.77";
constexpr std::size_t kRequests = 3;
constexpr std::size_t kAlike = 2;  // the first two are the same to the last byte

bool contains(std::string_view text, std::string_view word) {
  return ascii::to_lower(text).find(word) != std::string::npos;
}

std::string header_of(const fetch::Response& answer, std::string_view name) {
  return std::string(answer.find_header(name).value_or(""));
}

/// The header by which a cache says that the answer is its own; empty: none says so.
std::string cache_mark(const fetch::Response& answer) {
  constexpr std::array<std::string_view, 5> kStates{"X-Cache", "X-Cache-Status", "X-Proxy-Cache",
                                                    "CF-Cache-Status", "X-Varnish-Cache"};
  if (const std::string age = header_of(answer, "Age"); !age.empty()) return "Age: " + age;
  for (const std::string_view name : kStates)
    if (const std::string state = header_of(answer, name); contains(state, "hit"))
      return fmt::format("{}: {}", name, state);
  return {};
}

/// A network of caches on the way, which sees the reader's address instead of us.
std::string network_mark(const fetch::Response& answer) {
  for (const std::string_view name : {"Via", "CF-Ray", "X-Amz-Cf-Id", "X-Served-By"})
    if (answer.find_header(name)) return std::string(name);
  return {};
}

class Judge {
 public:
  explicit Judge(const RedirectTrip& trip) : trip_(trip) {}

  std::vector<Finding> findings() {
    if (!judge_status()) return std::move(findings_);
    judge_cache();
    if (trip_.seen.empty()) return std::move(findings_);
    judge_referer();
    judge_address();
    judge_scheme();
    return std::move(findings_);
  }

 private:
  void add(const char* check, Health health, std::string message) {
    findings_.push_back({check, health, std::move(message)});
  }

  // False when the answer is none of Candor's, so that there is nothing more to judge.
  bool judge_status() {
    const int status = trip_.answers.front().status;
    if (status == 301 || status == 308) {
      add("redirect", Health::Look,
          fmt::format(
              "answered {}: browsers keep it, and ask no more. Only 302 and 307 count every "
              "click and let you change the link",
              status));
      return true;
    }
    if (status == 302 || status == 307) {
      add("redirect", Health::Ok, fmt::format("answered {}", status));
      return true;
    }
    add("redirect", Health::Bad,
        fmt::format("answered {}, no redirect: the web server does not hand {} to Candor", status,
                    trip_.url));
    return false;
  }

  void judge_cache() {
    for (const fetch::Response& answer : trip_.answers)
      if (const std::string mark = cache_mark(answer); !mark.empty())
        return add("cache", Health::Bad,
                   fmt::format("the redirect comes out of a cache ({}): its clicks are lost. Turn "
                               "the cache off for this path",
                               mark));
    const auto numbers = numbers_seen();
    if (trip_.seen.empty())
      return add("cache", Health::Bad,
                 "none of the requests reached Candor: something on the way answered by itself, or "
                 "takes the header X-Candor-Probe away");
    if (trip_.seen.size() < trip_.answers.size() || numbers.size() < trip_.answers.size())
      return add("cache", Health::Bad,
                 fmt::format("only {} of {} requests reached Candor: something on the way answers "
                             "from a cache. Turn it off for this path",
                             trip_.seen.size(), trip_.answers.size()));
    const std::string control = header_of(trip_.answers.front(), "Cache-Control");
    if (!contains(control, "no-store"))
      return add("cache", Health::Bad,
                 fmt::format("Cache-Control arrives as \"{}\" instead of no-store: caches and "
                             "browsers may keep the redirect",
                             control));
    add("cache", Health::Ok,
        fmt::format("each of {} requests reached Candor; no-store arrives", trip_.answers.size()));
  }

  /// The different numbers Candor gave its answers.
  std::vector<std::string> numbers_seen() const {
    std::vector<std::string> numbers;
    for (const fetch::Response& answer : trip_.answers)
      if (std::string number = header_of(answer, kProbeSeenHeader); !number.empty())
        numbers.push_back(std::move(number));
    std::ranges::sort(numbers);
    const auto [first, last] = std::ranges::unique(numbers);
    numbers.erase(first, last);
    return numbers;
  }

  void judge_referer() {
    const std::string& referer = trip_.seen.front().referer;
    if (referer == trip_.referer)
      add("referer", Health::Ok, "the referring page arrives");
    else if (referer.empty())
      add("referer", Health::Bad,
          "the Referer is lost on the way: articles of unstamped links stay unknown. Let the web "
          "server pass it on");
    else
      add("referer", Health::Look,
          fmt::format("the Referer arrives as \"{}\" instead of \"{}\"", referer, trip_.referer));
  }

  void judge_address() {
    const ProbeSighting& seen = trip_.seen.front();
    if (!seen.peer_trusted && seen.forwarded)
      return add("address", Health::Bad,
                 fmt::format("the web server at {} is not believed: all readers look like one. Put "
                             "it into redirect.trusted_proxies",
                             seen.peer));
    if (seen.peer_trusted && !seen.forwarded)
      return add("address", Health::Bad,
                 fmt::format("the web server at {} does not say whose request it is: all readers "
                             "look like one. For nginx: proxy_set_header X-Forwarded-For "
                             "$remote_addr;",
                             seen.peer));
    const bool forged = std::ranges::any_of(trip_.seen, [this](const ProbeSighting& each) {
      return each.client == trip_.forged_address;
    });
    // Behind a trusted address of our own, a forged one is rightly believed.
    if (forged && !seen.client_trusted)
      return add("address", Health::Bad,
                 "readers can make up their address: the web server passes on what they send");
    const std::string& own = trip_.answers.front().local_address;
    if (seen.client == own)
      return add("address", Health::Ok, fmt::format("counted under our own address, {}", own));
    // Nothing translates addresses on a machine's way to itself.
    if (own == "::1" || own.starts_with("127."))
      return add("address", Health::Bad,
                 fmt::format("counted under {}, although the request came from {}: the web server "
                             "passes on somebody else's address",
                             seen.client, own));
    if (const std::string mark = network_mark(trip_.answers.front()); !mark.empty())
      return add(
          "address", Health::Look,
          fmt::format("counted under {}, and {} says that a network of caches is on the way. "
                      "If that is not this machine's public address, let the web server take "
                      "the reader's from that network",
                      seen.client, mark));
    add("address", Health::Ok,
        fmt::format("counted under {}, which must be this machine's public address (its own is {})",
                    seen.client, own));
  }

  void judge_scheme() {
    const std::string wanted = trip_.url.substr(0, trip_.url.find(':'));
    const std::string& seen = trip_.seen.front().scheme;
    if (seen == wanted || (seen.empty() && wanted == "http"))
      add("scheme", Health::Ok, wanted);
    else if (seen.empty())
      add("scheme", Health::Look,
          "the web server does not say that readers come by https. For nginx: proxy_set_header "
          "X-Forwarded-Proto $scheme;");
    else
      add("scheme", Health::Bad,
          fmt::format("readers come by {}, and the web server says {}", wanted, seen));
  }

  const RedirectTrip& trip_;
  std::vector<Finding> findings_;
};

std::vector<ProbeSighting> sightings_of(const json& data) {
  std::vector<ProbeSighting> seen;
  for (const json& each : data)
    seen.push_back({.peer = each.at("peer"),
                    .peer_trusted = each.at("peer_trusted"),
                    .forwarded = each.at("forwarded"),
                    .client = each.at("client"),
                    .client_trusted = each.at("client_trusted"),
                    .scheme = each.at("scheme"),
                    .referer = each.at("referer")});
  return seen;
}

bool is_ours(std::string_view host, const std::vector<std::string>& hosts) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost" ||
         std::ranges::find(hosts, host) != hosts.end();
}

}  // namespace

std::vector<Finding> judge_redirect(const RedirectTrip& trip) { return Judge(trip).findings(); }

std::vector<Finding> check_redirect(const std::string& url, const std::string& go_prefix,
                                    const std::vector<std::string>& hosts, ApiClient& client) {
  const auto parsed = parse_url(url);
  // Only the site's own links are asked for, never a network's or merchant's host.
  if (!parsed || !parsed->path.starts_with(go_prefix) || !is_ours(parsed->host, hosts))
    throw std::invalid_argument(
        fmt::format("--url takes a link of the site, as readers use it: "
                    "https://example.com{}test, not \"{}\"",
                    go_prefix, url));
  if (!client.is_daemon())
    return {{"redirect", Health::Look, "cannot be tested while the daemon does not run"}};
  const std::string key =
      json::parse(client.call("POST", "/api/v1/probes").body).at("key").get<std::string>();
  RedirectTrip trip;
  trip.url = parsed->href;
  trip.forged_address = kForgedAddress;
  trip.referer = parsed->scheme + "://" + parsed->host +
                 (parsed->port.empty() ? "" : ":" + parsed->port) + "/candor-doctor";
  fetch::Client http;
  for (std::size_t i = 0; i < kRequests; ++i) {
    fetch::Request request;
    request.url = parsed->href;
    request.timeout_ms = 10'000;
    request.max_body_bytes = std::size_t{1} << 20;
    request.headers = {{"User-Agent", fmt::format("candor-doctor/{}", kVersion)},
                       {"Referer", trip.referer},
                       {std::string(kProbeHeader), key}};
    if (i >= kAlike) request.headers.emplace_back("X-Forwarded-For", kForgedAddress);
    auto answer = http.send(request);
    if (!answer)
      return {{"redirect", Health::Bad,
               fmt::format("{} does not answer: {}", url, answer.error().message)}};
    trip.answers.push_back(std::move(*answer));
  }
  trip.seen =
      sightings_of(json::parse(client.call("GET", "/api/v1/probes/" + key).body).at("data"));
  return judge_redirect(trip);
}

}  // namespace candor::app
