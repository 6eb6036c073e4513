#include "networks/link_entry.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "link/route.h"
#include "link/targeting_json.h"

namespace candor::networks {
namespace {

constexpr std::array<std::string_view, 5> kAmazonShortHosts{"amzn.to", "amzn.eu", "amzn.asia",
                                                            "amzn.com", "a.co"};

bool is_host_under(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

// "amazon" in front of a public suffix of one or two labels: amazon.de, www.amazon.co.uk. Amazon
// opens shops faster than any list learns of them.
bool is_amazon_host(std::string_view host) {
  if (is_host_under(host, "primevideo.com")) return true;
  for (const std::string_view each : kAmazonShortHosts)
    if (is_host_under(host, each)) return true;
  if (host.ends_with('.')) host.remove_suffix(1);
  for (std::size_t from = 0; from < host.size();) {
    const std::size_t dot = std::min(host.find('.', from), host.size());
    if (host.substr(from, dot - from) == "amazon") {
      const auto labels = std::ranges::count(host.substr(dot), '.');
      if (labels == 1 || labels == 2) return true;
    }
    from = dot + 1;
  }
  return false;
}

bool names_amazon_inside(std::string_view text) {
  for (std::size_t at = text.find("//"); at != std::string_view::npos;
       at = text.find("//", at + 2)) {
    const std::string_view rest = text.substr(at + 2);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#&\\ "));
    const std::string_view host = authority.substr(authority.rfind('@') + 1);
    if (is_amazon_host(ascii::to_lower(host.substr(0, host.find(':'))))) return true;
  }
  return false;
}

/// What compiling one link's URLs needs.
struct Maker {
  const LinkPatterns& patterns;
  const Link& link;
  const Targeting& targeting;

  PlannedTarget target(std::string_view typed) const;
  Destination destination(const Url& url, std::string_view network) const;
};

Destination Maker::destination(const Url& url, std::string_view network) const {
  const std::string href = with_parameters(url.href, targeting.utm);
  const bool owner_places_it = has_click_slot(href);
  const SubIdSlot slot =
      leads_to_amazon(url) || owner_places_it ? SubIdSlot{} : sub_id_slot(network);
  Destination made = make_destination(href, slot);
  // Behind a value whose length is only known at the click, the token might be cut off.
  const bool behind_slot = made.before.ends_with("}" + std::string(slot.separator)) ||
                           made.before.ends_with("%7D" + std::string(slot.separator));
  if (made.has_slot && slot.max_length != 0 && behind_slot) return make_destination(href, {});
  return made;
}

PlannedTarget Maker::target(std::string_view typed) const {
  const auto url = parse_url(typed);
  if (!url) return {};  // check_link and parse_targeting have read it before
  // The owner named the network of the link's own merchant, not of another one's page.
  const auto own = parse_url(link.destination);
  const bool same_host = own && own->host == url->host;
  const std::string_view network =
      network_of(patterns, *url, same_host ? std::string_view(link.network) : "");
  std::vector<std::string> passed;
  for (const std::string& name : targeting.pass_query)
    if (!is_network_parameter(network, name)) passed.push_back(name);
  return {SlottedUrl(destination(*url, network), passed), wants_referer(network)};
}

bool needs_plan(const Link& link, const Targeting& targeting, std::string_view href) {
  return link.code != 302 || link.starts_at_ms != 0 || link.expires_at_ms != 0 ||
         link.click_cap != 0 || !link.fallback.empty() || !targeting.rules.empty() ||
         !targeting.pass_query.empty() || has_slots(href);
}

/// Amazon's agreement binds where an owner placed the token, too: such a link is not used.
bool link_gives_amazon_a_token(const Link& link, const Url& destination,
                               const Targeting& targeting) {
  const auto bad = [&targeting](std::string_view typed) {
    const auto url = parse_url(typed);
    return url && gives_amazon_a_token(*url, targeting.utm);
  };
  if (gives_amazon_a_token(destination, targeting.utm)) return true;
  if (!is_slug_fallback(link.fallback) && bad(link.fallback)) return true;
  return std::ranges::any_of(targeting.rules, [&](const TargetingRule& rule) {
    return std::ranges::any_of(rule.targets, bad, &SplitTarget::destination);
  });
}

std::shared_ptr<const LinkPlan> make_plan(const Maker& maker, std::int64_t human_clicks) {
  auto plan = std::make_shared<LinkPlan>();
  plan->link = maker.link;
  plan->rules = maker.targeting.rules;
  plan->own = maker.target(maker.link.destination);
  for (const TargetingRule& rule : maker.targeting.rules)
    for (const SplitTarget& target : rule.targets)
      plan->targets.push_back(maker.target(target.destination));
  if (!maker.link.fallback.empty() && !is_slug_fallback(maker.link.fallback))
    plan->fallback = maker.target(maker.link.fallback);
  plan->human_clicks = human_clicks;
  return plan;
}

}  // namespace

bool leads_to_amazon(const Url& url) {
  if (is_amazon_host(url.host)) return true;
  std::string inside = url.path + "?" + url.query + "#" + url.fragment;
  for (int layer = 0; layer < 3; ++layer) {
    if (names_amazon_inside(inside)) return true;
    if (inside.find('%') == std::string::npos) return false;
    inside = percent_decode(inside);
  }
  return names_amazon_inside(inside);
}

bool gives_amazon_a_token(const Url& url, std::span<const QueryParameter> utm) {
  return has_click_slot(with_parameters(url.href, utm)) && leads_to_amazon(url);
}

std::string_view network_of(const LinkPatterns& patterns, const Url& url, std::string_view chosen) {
  const auto match = patterns.match(url);
  return match && match->sure ? match->network : chosen;
}

std::optional<LinkEntry> make_link_entry(const LinkPatterns& patterns, const Link& link,
                                         std::int64_t human_clicks) {
  const auto url = parse_url(link.destination);
  if (check_link(link, url)) return std::nullopt;
  const auto targeting = parse_targeting(link.targeting);
  if (!targeting || link_gives_amazon_a_token(link, *url, *targeting)) return std::nullopt;
  const Maker maker{patterns, link, *targeting};
  const std::string_view network = network_of(patterns, *url, link.network);
  LinkEntry entry;
  entry.id = link.id;
  entry.slug = link.slug;
  entry.state = link.state;
  entry.keeps_referer = wants_referer(network);
  if (needs_plan(link, *targeting, with_parameters(url->href, targeting->utm)))
    entry.plan = make_plan(maker, human_clicks);
  else
    entry.destination = maker.destination(*url, network);
  return entry;
}

}  // namespace candor::networks
