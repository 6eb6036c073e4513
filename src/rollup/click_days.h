#pragma once
// Counts of clicks per local day, article, link and verdict: kept as deltas and flushed with the
// clicks they count.
#include <cstdint>
#include <map>
#include <tuple>

#include "click/click.h"
#include "rollup/site_zone.h"

namespace candor::rollup {

struct ClickDayKey {
  DayNumber day = 0;
  ArticleId article;
  LinkId link;
  Verdict verdict = Verdict::Human;
  friend auto operator<=>(const ClickDayKey&, const ClickDayKey&) = default;
};

/// Ordered, so that flushing writes the table in key order.
using ClickDayDeltas = std::map<ClickDayKey, std::int64_t>;

/// Late arrivals are no special case: a click adds to the day of its own time, whenever it is
/// absorbed.
void add(ClickDayDeltas& deltas, const Click& click, const SiteZone& zone);

}  // namespace candor::rollup
