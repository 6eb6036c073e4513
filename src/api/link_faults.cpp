#include "api/link_faults.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "link/route.h"

namespace candor::api {
namespace {

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

/// Readers get past it whatever happens: what it would fall back on does not matter.
bool always_serves(const Link& link) {
  return link.state == LinkState::Active && link.starts_at_ms == 0 && link.expires_at_ms == 0 &&
         link.click_cap == 0;
}

/// Summer's link may fall back on winter's and the other way round, so a circle is no reason to
/// refuse a link; but readers who come while no link of it serves get nowhere.
std::optional<std::string> fallback_fault(const Site& site, const Link& link) {
  std::vector<std::string> way{link.slug};
  Link at = link;
  while (is_slug_fallback(at.fallback)) {
    auto next = site.store.find_link(std::string_view(at.fallback));
    if (!next)
      return at.id == link.id ? "There is no link \"" + at.fallback + "\" to fall back on."
                              : "\"" + at.slug + "\", which it falls back on, falls back on \"" +
                                    at.fallback + "\", and there is no such link.";
    if (always_serves(at)) break;
    const bool circle = std::ranges::find(way, next->slug) != way.end();
    way.push_back(next->slug);
    std::string told;
    for (const std::string& slug : way) told += (told.empty() ? "" : " -> ") + slug;
    if (circle)
      return "Its fallbacks go round in a circle (" + told +
             "): while none of them serves, readers get an error page.";
    if (way.size() > std::size_t{kMaxFallbacks} + 1)
      return "More than " + std::to_string(kMaxFallbacks) + " fallbacks in a row (" + told +
             "): the last ones are never reached.";
    at = *std::move(next);
  }
  return std::nullopt;
}

}  // namespace

bool leads_back(const Site& site, const Url& url) {
  const auto go = parse_url(site.settings.go_url);
  if (!go) return false;
  const auto same = [&url](std::string_view host) {
    return ascii::equals_ignoring_case(without_www(host.substr(0, host.find(':'))),
                                       without_www(url.host));
  };
  const bool ours = same(go->host) || std::ranges::any_of(site.settings.hosts, same);
  return ours && (url.path.starts_with(go->path) || percent_decode(url.path).starts_with(go->path));
}

std::vector<std::string> link_faults(const Site& site, const Link& link) {
  std::vector<std::string> faults;
  const auto check = [&](std::string_view what, const std::string& typed) {
    const auto url = parse_url(typed);
    if (url && leads_back(site, *url))
      faults.push_back("Its " + std::string(what) + " leads back to this site's own links (" +
                       typed + "): readers go round in a circle.");
  };
  check("destination", link.destination);
  if (!link.fallback.empty() && !is_slug_fallback(link.fallback)) check("fallback", link.fallback);
  if (auto fault = fallback_fault(site, link)) faults.push_back(*std::move(fault));
  return faults;
}

}  // namespace candor::api
