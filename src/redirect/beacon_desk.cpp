#include "redirect/beacon_desk.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "click/article_mac.h"
#include "click/privacy.h"
#include "click/visitor.h"
#include "link/url.h"
#include "redirect/answers.h"
#include "redirect/beacon_script.h"
#include "redirect/visit.h"

namespace candor::redirect {
namespace {

/// Beacons a minute: a reader with many tabs stays below the first, a house of readers behind one
/// address below the second.
constexpr unsigned kReaderPerMinute = 120;
constexpr unsigned kAddressPerMinute = 1200;
/// A page that tells twice does so within seconds.
constexpr std::chrono::seconds kToldWindow{600};
/// Different keys between two flushes; further ones are not counted.
constexpr std::size_t kMostKeys = 65'536;

http::Response empty_answer(int status) {
  http::Response response;
  response.status = status;
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

bool is_of_site(std::string_view url, const std::vector<std::string>& hosts) {
  const auto parsed = parse_url(url);
  return parsed && std::ranges::find(hosts, parsed->host) != hosts.end();
}

/// Whether a page of the site sent it. Browsers write Origin on every POST and pages cannot; it is
/// "null" where the page's referrer policy hides it, and then the browser's word on the two sites
/// counts.
bool is_from_site(const http::Request& request, const std::vector<std::string>& hosts) {
  const auto origin = request.find_header("Origin");
  if (origin && *origin != "null") return is_of_site(*origin, hosts);
  if (const auto referer = request.find_header("Referer")) return is_of_site(*referer, hosts);
  if (const auto from = request.find_header("Ping-From")) return is_of_site(*from, hosts);
  return request.find_header("Sec-Fetch-Site") == "same-origin";
}

std::uint64_t mix_text(std::string_view text) { return visitor_key(VisitorSalt{}, text, {}); }

}  // namespace

BeaconDesk::BeaconDesk(const Clock& clock, const BotFilter& bots, const rollup::SiteZone& zone,
                       std::vector<ClickTokenKey> keys, std::uint64_t most_in_flight)
    : clock_(clock),
      bots_(bots),
      zone_(zone),
      keys_(std::move(keys)),
      most_in_flight_(most_in_flight),
      addresses_(keys_.front().secret),
      readers_(keys_.front().secret),
      told_(kToldWindow) {}

bool BeaconDesk::owns(std::string_view path, std::string_view go_prefix) {
  if (!path.starts_with(go_prefix)) return false;
  const std::string_view name = path.substr(go_prefix.size());
  return name == kBeaconScriptName || name == kStylesheetName || name == kBeaconName;
}

http::Response BeaconDesk::answer(const BeaconCall& call) {
  const http::Request& request = call.request;
  const bool style = request.path.ends_with(kStylesheetName);
  if (call.options.privacy.beacon == PrivacySwitch::Off && !style) return empty_answer(404);
  const bool file = style || request.path.ends_with(kBeaconScriptName);
  const bool fits =
      file ? request.method == "GET" || request.method == "HEAD" : request.method == "POST";
  if (fits && style) return stylesheet_answer(request);
  if (fits) return file ? beacon_script_answer(request) : take_beacon(call);
  http::Response response = empty_answer(405);
  response.headers.emplace_back("Allow", file ? "GET, HEAD" : "POST");
  return response;
}

http::Response BeaconDesk::take_beacon(const BeaconCall& call) {
  const http::Request& request = call.request;
  const auto refuse = [this](int status) {
    ++counters_->refused;
    return empty_answer(status);
  };
  if (request.body.size() > kBeaconBytes) return refuse(413);
  if (is_throttled(call)) {
    ++counters_->throttled;
    return empty_answer(429);
  }
  if (!is_from_site(request, call.options.site_hosts)) return refuse(403);
  auto message = request.query.empty() ? parse_beacon(request.body) : parse_ping(request.query);
  if (!message) return refuse(400);
  if (!is_article_mac(message->mac, message->article, keys_)) return refuse(403);
  const auto cookies = request.find_header("Cookie").value_or("");
  if (allows(call.options.privacy.beacon, cookies, Purpose::Beacon))
    count(call, *std::move(message));
  else
    ++counters_->ignored;
  return empty_answer(204);
}

/// An address that only a trusted proxy is known by could be anybody's: then the reader's browser
/// alone tells them apart.
bool BeaconDesk::is_throttled(const BeaconCall& call) {
  const Millis now = clock_.now();
  const std::string address = call.proxies.client_address(call.request);
  const auto agent = call.request.find_header("User-Agent").value_or("");
  // In memory only, forgotten within a minute, and so no visitor key of a day.
  if (readers_.take(visitor_key(VisitorSalt{}, address, agent), kReaderPerMinute, now)) return true;
  return !call.proxies.contains(std::string_view(address)) &&
         addresses_.take(address, kAddressPerMinute, now).has_value();
}

void BeaconDesk::count(const BeaconCall& call, BeaconMessage message) {
  if (!message.id.empty() && told_.is_repeat(mix_text(message.id), {}, clock_.now())) {
    ++counters_->doubles;
    return;
  }
  const ArticleId article = call.links.find_article(message.article);
  if (message.kind == BeaconKind::Click)
    count_click(call, std::move(message), article);
  else
    count_seen(call, message, article);
}

void BeaconDesk::count_click(const BeaconCall& call, BeaconMessage message, ArticleId article) {
  const BeaconLink& told = message.links.front();
  const auto link = call.links.find_link(told.slug);
  if (!link || link->state == LinkState::Disabled) {
    ++counters_->ignored;
    return;
  }
  Source source = read_source(call.request, call.links, call.options.site_hosts);
  source.article = article;
  source.placement = told.placement;
  MadeClick made =
      call.clicks.make_click(call.request, link->id, std::move(source), ClickKind::Beacon);
  call.clicks.judge_pace(made);
  record(call.journal, std::move(made.click));
}

void BeaconDesk::record(journal::Journal& journal, Click click) {
  const std::uint64_t settled = counters_->recorded + counters_->failed + counters_->shed;
  const std::uint64_t in_flight = counters_->clicks - settled;
  ++counters_->clicks;
  if (in_flight >= most_in_flight_) {
    ++counters_->shed;
    return;
  }
  journal.append(std::move(click), [counters = counters_](journal::AppendOutcome outcome) {
    switch (outcome) {
      case journal::AppendOutcome::Recorded:
        ++counters->recorded;
        break;
      case journal::AppendOutcome::Failed:
        ++counters->failed;
        break;
      case journal::AppendOutcome::Shed:
        ++counters->shed;
        break;
    }
  });
}

void BeaconDesk::count_seen(const BeaconCall& call, const BeaconMessage& message,
                            ArticleId article) {
  if (!article) {
    ++counters_->ignored;
    return;
  }
  const auto agent = call.request.find_header("User-Agent").value_or("");
  const bool human = !find_prefetch(call.request) && !bots_.find_bot(agent);
  const Verdict verdict = human ? Verdict::Human : Verdict::Bot;
  const rollup::DayNumber day = zone_.day_of(to_ms(clock_.now()));
  const auto bump = [](auto& counts, const auto& key, std::atomic<std::uint64_t>& counter) {
    if (counts.size() >= kMostKeys && !counts.contains(key)) return;
    ++counts[key];
    ++counter;
  };
  views_.with([&](rollup::ViewDayDeltas& seen) {
    if (message.kind == BeaconKind::View) {
      bump(seen.views, rollup::ViewDayKey{day, article, verdict}, counters_->views);
      return;
    }
    for (const BeaconLink& told : message.links)
      if (const auto link = call.links.find_link(told.slug))
        bump(seen.impressions, rollup::ImpressionDayKey{day, article, link->id, verdict},
             counters_->impressions);
  });
}

rollup::ViewDayDeltas BeaconDesk::take_views() {
  return views_.with([](rollup::ViewDayDeltas& seen) { return std::exchange(seen, {}); });
}

void BeaconDesk::put_back(const rollup::ViewDayDeltas& views) {
  views_.with([&](rollup::ViewDayDeltas& seen) { rollup::add(seen, views); });
}

}  // namespace candor::redirect
