#pragma once
// From a link to the Location of one answer: its rules, or where readers go when it has ended.
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "link/link_table.h"
#include "link/slotted_url.h"
#include "link/targeting.h"

namespace candor {

struct PlannedTarget {
  SlottedUrl url;
  bool keeps_referer = false;
};

/// What a link needs at a click beyond a plain destination. Most links have none.
struct LinkPlan {
  Link link;
  std::vector<TargetingRule> rules;
  PlannedTarget own;
  std::vector<PlannedTarget> targets;     ///< of all rules, in their order
  std::optional<PlannedTarget> fallback;  ///< when link.fallback is a URL
  std::int64_t human_clicks = 0;          ///< when the table was built; of links with a cap
};

/// Human clicks of the links that have a cap. One thread's.
class HumanClicks {
 public:
  /// Counts only rise: what was clicked since may not be in the store yet.
  void raise(LinkId link, std::int64_t clicks) {
    std::int64_t& count = counts_[link.value];
    if (clicks > count) count = clicks;
  }
  void add(LinkId link) { ++counts_[link.value]; }
  std::int64_t of(LinkId link) const {
    const auto found = counts_.find(link.value);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  std::unordered_map<std::int64_t, std::int64_t> counts_;
};

enum class RouteEnd : std::uint8_t {
  Redirect,
  Gone,     ///< it served once and has ended: 410
  Missing,  ///< it does not serve (yet): 404
};

struct Route {
  RouteEnd end = RouteEnd::Missing;
  int code = 302;
  std::uint8_t variant = 0;  ///< see Decision; kFallbackVariant by way of a fallback
  bool keeps_referer = false;
  std::optional<DestinationView> plain{};  ///< of a link without a plan
  const PlannedTarget* planned = nullptr;  ///< of a link with one

  bool takes_click() const;
  std::string location(const SlotValues& values) const;
};

/// Fallbacks that name a slug are followed at most this often.
inline constexpr int kMaxFallbacks = 4;

/// Total: every context has exactly one route. `context.human_clicks` is not looked at, `counts`
/// are. Allocates nothing when the link has no plan. The route lives as long as the table.
Route find_route(const LinkTable& table, const FoundLink& link, const TargetingContext& context,
                 const HumanClicks& counts, Trace* trace = nullptr);

}  // namespace candor
