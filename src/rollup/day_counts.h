#pragma once
// The counts of a day that is over, as columns: clicks by article, readers by article, clicks by
// article and link. A year of them is read in milliseconds, where its rows take a quarter second.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/strong_id.h"
#include "rollup/click_days.h"
#include "rollup/packed_column.h"

namespace candor::rollup {

/// The numbers are written to databases. Columns of one table have the same length.
enum class DayColumn : std::uint8_t {
  Article = 0,  ///< these three: clicks of an article with a verdict
  Verdict = 1,
  Clicks = 2,
  VisitedArticle = 3,  ///< these two: readers with a human click in an article
  Visitors = 4,
  PairArticle = 5,  ///< these four: clicks of a link in an article with a verdict
  PairLink = 6,
  PairVerdict = 7,
  PairClicks = 8,
};
inline constexpr std::size_t kDayColumnCount = 9;

constexpr std::uint64_t place_of(DayNumber day, DayColumn column) {
  return static_cast<std::uint64_t>(day) * 16 + static_cast<std::uint64_t>(column);
}

using PackedDayCounts = std::array<std::string, kDayColumnCount>;

/// `clicks`: of this one day, in key order. `visitors`: by article.
PackedDayCounts pack_day_counts(DayNumber day,
                                const std::vector<std::pair<ClickDayKey, std::int64_t>>& clicks,
                                const std::map<ArticleId, std::int64_t>& visitors);

}  // namespace candor::rollup
