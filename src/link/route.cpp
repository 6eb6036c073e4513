#include "link/route.h"

namespace candor {
namespace {

Route to_target(const PlannedTarget& target, int code, std::uint8_t variant) {
  return {.end = RouteEnd::Redirect,
          .code = code,
          .variant = variant,
          .keeps_referer = target.keeps_referer,
          .planned = &target};
}

Route serve(const LinkPlan& plan, const Decision& decision) {
  const bool own = decision.variant == 0;
  return to_target(own ? plan.own : plan.targets.at(decision.variant - 1U), plan.link.code,
                   decision.variant);
}

/// `why` is only called for a trace.
template <class Why>
void tell(Trace* trace, const FoundLink& link, const char* step, const char* what, bool held,
          Why why) {
  if (trace != nullptr) trace->push_back({std::string(link.slug), step, what, held, why()});
}

Route serve_plain(const FoundLink& link, RouteEnd otherwise, Trace* trace) {
  const bool serves = link.state == LinkState::Active;
  tell(trace, link, "link", serves ? "chosen" : "state", serves, [&] {
    return serves ? "the link's own destination: " + link.destination.with_token("")
                  : "the link is " + std::string(name_of(link.state));
  });
  if (!serves) return {.end = otherwise};
  return {
      .end = RouteEnd::Redirect, .keeps_referer = link.keeps_referer, .plain = link.destination};
}

/// The link that readers of an ended one are sent to, if any.
std::optional<FoundLink> find_fallback(const LinkTable& table, const FoundLink& link,
                                       Trace* trace) {
  const std::string& slug = link.plan->link.fallback;
  const auto next = slug.empty() ? std::nullopt : table.find_link(slug);
  tell(trace, link, "fallback", "link", next.has_value(), [&] {
    if (slug.empty()) return std::string("there is none");
    return "\"" + slug + (next ? "\"" : "\" does not serve");
  });
  return next;
}

/// A fallback is another link's offer, while it lasts: no browser may keep it as the answer of this
/// one.
Route by_fallback(Route route) {
  route.code = 302;
  route.variant = kFallbackVariant;
  return route;
}

}  // namespace

bool Route::takes_click() const {
  if (plain) return plain->has_slot;
  return planned != nullptr && planned->url.takes_click();
}

std::string Route::location(const SlotValues& values) const {
  if (plain) return plain->with_token(values.click);
  return planned != nullptr ? planned->url.fill(values) : std::string();
}

Route find_route(const LinkTable& table, const FoundLink& link, const TargetingContext& context,
                 const HumanClicks& counts, Trace* trace) {
  RouteEnd ended = RouteEnd::Missing;
  std::optional<FoundLink> entry = link;
  for (int hop = 0; hop <= kMaxFallbacks; ++hop) {
    if (!entry->plan) {
      const Route route = serve_plain(*entry, ended, trace);
      return hop > 0 ? by_fallback(route) : route;
    }
    const LinkPlan& plan = *entry->plan;
    TargetingContext here = context;
    here.human_clicks = counts.of(plan.link.id);
    const Decision decision = decide(plan.link, plan.rules, here, trace);
    if (decision.serving == Serving::Serves)
      return hop > 0 ? by_fallback(serve(plan, decision)) : serve(plan, decision);
    if (hop == 0 && (decision.serving == Serving::Expired || decision.serving == Serving::Capped))
      ended = RouteEnd::Gone;
    if (plan.fallback) {
      tell(trace, *entry, "fallback", "chosen", true, [&plan] { return plan.link.fallback; });
      return to_target(*plan.fallback, 302, kFallbackVariant);
    }
    entry = find_fallback(table, *entry, trace);
    if (!entry) break;
  }
  return {.end = ended};
}

}  // namespace candor
