#include "rollup/day_counts.h"

namespace candor::rollup {

PackedDayCounts pack_day_counts(DayNumber day,
                                const std::vector<std::pair<ClickDayKey, std::int64_t>>& clicks,
                                const std::map<ArticleId, std::int64_t>& visitors) {
  std::array<std::vector<std::int64_t>, kDayColumnCount> columns;
  const auto of = [&columns](DayColumn column) -> std::vector<std::int64_t>& {
    return columns[static_cast<std::size_t>(column)];
  };
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> by_article;
  for (const auto& [key, count] : clicks) {
    const auto verdict = static_cast<std::int64_t>(key.verdict);
    of(DayColumn::PairArticle).push_back(key.article.value);
    of(DayColumn::PairLink).push_back(key.link.value);
    of(DayColumn::PairVerdict).push_back(verdict);
    of(DayColumn::PairClicks).push_back(count);
    by_article[{key.article.value, verdict}] += count;
  }
  for (const auto& [key, count] : by_article) {
    of(DayColumn::Article).push_back(key.first);
    of(DayColumn::Verdict).push_back(key.second);
    of(DayColumn::Clicks).push_back(count);
  }
  for (const auto& [article, count] : visitors) {
    of(DayColumn::VisitedArticle).push_back(article.value);
    of(DayColumn::Visitors).push_back(count);
  }
  PackedDayCounts packed;
  for (std::size_t n = 0; n < kDayColumnCount; ++n)
    packed[n] = pack_codes(columns[n], place_of(day, static_cast<DayColumn>(n)));
  return packed;
}

}  // namespace candor::rollup
