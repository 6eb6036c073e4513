#include "link/static_route.h"

#include <algorithm>
#include <utility>

#include "link/slotted_url.h"
#include "link/targeting_json.h"
#include "link/url.h"

namespace candor {
namespace {

Result<std::string, NotStatic> plain_href(const std::string& typed, const Targeting& targeting) {
  const auto url = parse_url(typed);
  if (!url) return std::unexpected(NotStatic::Off);
  std::string href = with_parameters(url->href, targeting.utm);
  if (has_slots(href)) href = SlottedUrl({.before = href, .after = {}}, {}).fill({});
  return href;
}

NotStatic reason_of(Serving serving) {
  switch (serving) {
    case Serving::NotYet:
      return NotStatic::NotYet;
    case Serving::Expired:
    case Serving::Capped:
      return NotStatic::Ended;
    case Serving::Serves:
    case Serving::Disabled:
      break;
  }
  return NotStatic::Off;
}

}  // namespace

StaticRoutes::StaticRoutes(std::span<const Link> links, const StaticMoment& moment)
    : moment_(moment) {
  if (std::ranges::none_of(links, is_slug_fallback, &Link::fallback)) return;
  by_slug_.reserve(links.size());
  for (const Link& link : links) by_slug_.emplace(link.slug, &link);
}

Result<std::string, NotStatic> StaticRoutes::find(const Link& link) const {
  if (link.state == LinkState::Direct) return std::unexpected(NotStatic::Off);
  std::optional<NotStatic> why;
  const Link* at = &link;
  for (int hop = 0; hop <= kMaxFallbacks; ++hop) {
    Targeting targeting;
    if (!at->targeting.empty()) {
      auto parsed = parse_targeting(at->targeting);
      if (!parsed) return std::unexpected(NotStatic::Off);
      targeting = std::move(*parsed);
    }
    TargetingContext context;
    context.at_ms = moment_.at_ms;
    context.human_clicks = moment_.counts.of(at->id);
    const Serving serving = decide(*at, {}, context).serving;
    if (serving == Serving::Serves) {
      if (!targeting.rules.empty()) return std::unexpected(NotStatic::Rules);
      if (at->click_cap != 0) return std::unexpected(NotStatic::Cap);
      return plain_href(at->destination, targeting);
    }
    if (!why) why = reason_of(serving);
    if (at->fallback.empty()) break;
    if (!is_slug_fallback(at->fallback)) return plain_href(at->fallback, targeting);
    const auto next = by_slug_.find(at->fallback);
    if (next == by_slug_.end()) break;
    at = next->second;
  }
  return std::unexpected(why.value_or(NotStatic::Ended));
}

std::optional<std::int64_t> next_start_or_end(std::span<const Link> links, std::int64_t after_ms) {
  std::optional<std::int64_t> next;
  for (const Link& link : links)
    for (const std::int64_t at_ms : {link.starts_at_ms, link.expires_at_ms})
      if (at_ms > after_ms && (!next || at_ms < *next)) next = at_ms;
  return next;
}

}  // namespace candor
