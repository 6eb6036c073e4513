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

void tell(Trace* trace, const LinkEntry& link, bool held, std::string why) {
  if (trace != nullptr) trace->push_back({link.slug, "fallback", "fallback", held, std::move(why)});
}

}  // namespace

bool Route::takes_click() const {
  if (plain != nullptr) return plain->has_slot;
  return planned != nullptr && planned->url.takes_click();
}

std::string Route::location(const SlotValues& values) const {
  if (plain != nullptr) return plain->with_token(values.click);
  return planned != nullptr ? planned->url.fill(values) : std::string();
}

Route find_route(const LinkTable& table, const LinkEntry& link, const TargetingContext& context,
                 const HumanClicks& counts, Trace* trace) {
  RouteEnd ended = RouteEnd::Missing;
  const LinkEntry* entry = &link;
  for (int hop = 0;; ++hop) {
    // A fallback is another link's offer for now: no browser may keep it as the answer of this one.
    const auto by_fallback = [hop](Route route) {
      if (hop > 0) route.code = 302;
      if (hop > 0) route.variant = kFallbackVariant;
      return route;
    };
    if (!entry->plan) {
      if (entry->state != LinkState::Active) return {.end = ended};
      return by_fallback({.end = RouteEnd::Redirect,
                          .keeps_referer = entry->keeps_referer,
                          .plain = &entry->destination});
    }
    const LinkPlan& plan = *entry->plan;
    TargetingContext here = context;
    here.human_clicks = counts.of(plan.link.id);
    const Decision decision = decide(plan.link, plan.rules, here, trace);
    if (decision.serving == Serving::Serves) return by_fallback(serve(plan, decision));
    if (hop == 0 && (decision.serving == Serving::Expired || decision.serving == Serving::Capped))
      ended = RouteEnd::Gone;
    if (plan.fallback) {
      tell(trace, *entry, true, "to " + plan.link.fallback);
      return to_target(*plan.fallback, 302, kFallbackVariant);
    }
    const LinkEntry* next = plan.link.fallback.empty() || hop + 1 >= kMaxFallbacks
                                ? nullptr
                                : table.find_link(plan.link.fallback);
    if (trace != nullptr && plan.link.fallback.empty())
      tell(trace, *entry, false, "there is none");
    else if (trace != nullptr)
      tell(trace, *entry, next != nullptr,
           "link \"" + plan.link.fallback + (next != nullptr ? "\"" : "\" does not serve"));
    if (next == nullptr) return {.end = ended};
    entry = next;
  }
}

}  // namespace candor
