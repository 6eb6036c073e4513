#pragma once
// Counts of clicks per local day, article, link and verdict: kept as deltas and flushed with the
// clicks they count.
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

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

struct ClickDayHash {
  std::size_t operator()(const ClickDayKey& key) const;
};

using ClickDayDeltas = std::unordered_map<ClickDayKey, std::int64_t, ClickDayHash>;

/// Late arrivals are no special case: a click adds to the day of its own time, whenever it is
/// absorbed.
void add(ClickDayDeltas& deltas, const Click& click, const SiteZone& zone);
/// The same for many clicks, mostly of one day.
void add(ClickDayDeltas& deltas, const ClickFacts& click, DayFinder& days);

/// In key order, in which flushing writes the table.
std::vector<std::pair<ClickDayKey, std::int64_t>> in_order(const ClickDayDeltas& deltas);

}  // namespace candor::rollup
