#pragma once
// Counts of article views and link impressions per local day, as pages tell them: best effort, kept
// in memory and flushed to the store about once a second.
#include <cstdint>
#include <map>

#include "base/strong_id.h"
#include "click/click.h"
#include "rollup/site_zone.h"

namespace candor::rollup {

struct ViewDayKey {
  DayNumber day = 0;
  ArticleId article;
  Verdict verdict = Verdict::Human;  ///< Human or Bot
  friend auto operator<=>(const ViewDayKey&, const ViewDayKey&) = default;
};

struct ImpressionDayKey {
  DayNumber day = 0;
  ArticleId article;
  LinkId link;
  Verdict verdict = Verdict::Human;
  friend auto operator<=>(const ImpressionDayKey&, const ImpressionDayKey&) = default;
};

/// Ordered, so that flushing writes the tables in key order.
struct ViewDayDeltas {
  std::map<ViewDayKey, std::int64_t> views;
  std::map<ImpressionDayKey, std::int64_t> impressions;

  bool empty() const { return views.empty() && impressions.empty(); }
};

/// Adds the counts of `more` to `into`.
void add(ViewDayDeltas& into, const ViewDayDeltas& more);

}  // namespace candor::rollup
