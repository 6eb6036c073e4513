#include "jobs/link_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "disclosure/page/link_network.h"
#include "link/slotted_url.h"
#include "link/targeting_json.h"
#include "link/url.h"

namespace candor::jobs {
namespace {

/// Empty, and `why` says so, when none may be asked. `network`: of the link.
std::string page_behind(const LinkCheckSettings& settings, const std::string& destination,
                        const std::string& network, std::string& why) {
  const std::string text = has_slots(destination)
                               ? SlottedUrl({.before = destination, .after = {}}, {}).fill({})
                               : destination;
  const auto url = parse_url(text);
  if (!url) {
    why = "the destination is no URL";
    return {};
  }
  std::string host_of = network_at(*url, settings.programmes);
  if (host_of.empty()) host_of = network;
  if (host_of.empty()) return url->href;
  for (const QueryParameter& parameter : parse_query(url->query))
    if (const auto page = parse_url(parameter.value))
      if (network_at(*page, settings.programmes).empty()) return page->href;
  why = fmt::format("a request of ours would be a click at {}", host_of);
  return {};
}

std::string name_of_rule(const TargetingRule& rule, std::size_t number) {
  return rule.name.empty() ? fmt::format("rule {}", number)
                           : fmt::format("rule {} ({})", number, rule.name);
}

bool is_over(const TargetingRule& rule, std::int64_t now_ms) {
  return rule.schedule && rule.schedule->until_ms && *rule.schedule->until_ms <= now_ms;
}

}  // namespace

std::string network_at(const Url& url, const std::vector<disclosure::Programme>& programmes) {
  disclosure::Policy policy;
  policy.programmes = programmes;
  if (const auto network = disclosure::network_of(url, policy)) return network->name;
  return disclosure::is_short_link(url) ? "a network" : "";
}

LinkPages pages_of(const LinkCheckSettings& settings, const Link& link, std::int64_t now_ms) {
  LinkPages all;
  const auto add = [&](const std::string& destination, const std::string& of) {
    std::string why;
    const std::string url = page_behind(settings, destination, link.network, why);
    if (all.why.empty()) all.why = why;
    if (!url.empty() && std::ranges::find(all.pages, url, &LinkPage::url) == all.pages.end())
      all.pages.push_back({url, of});
  };
  add(link.destination, {});
  if (!link.targeting.empty())
    if (const auto targeting = parse_targeting(link.targeting))
      for (std::size_t n = 0; n < targeting->rules.size(); ++n)
        if (const TargetingRule& rule = targeting->rules[n]; !is_over(rule, now_ms))
          for (const SplitTarget& target : rule.targets)
            add(target.destination, name_of_rule(rule, n + 1));
  if (!link.fallback.empty() && !is_slug_fallback(link.fallback))
    add(link.fallback, "the fallback");
  return all;
}

}  // namespace candor::jobs
