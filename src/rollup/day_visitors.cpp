#include "rollup/day_visitors.h"

#include <algorithm>

namespace candor::rollup {

using Pairs = std::vector<std::pair<std::uint64_t, std::int64_t>>;

Pairs DayVisitors::take() {
  std::ranges::sort(others_);
  others_.erase(std::ranges::unique(others_).begin(), others_.end());
  Pairs all = std::exchange(others_, {});
  for (std::size_t key = 0; key < rows_.size(); ++key) {
    std::vector<std::uint64_t>& row = rows_[key];
    for (std::size_t at = 0; at < row.size(); ++at)
      for (std::uint64_t word = std::exchange(row[at], 0); word != 0; word &= word - 1)
        all.emplace_back(key, static_cast<std::int64_t>(at * 64) + std::countr_zero(word));
  }
  return all;
}

Pairs DayVisitors::count() {
  Pairs counts;
  for (std::size_t key = 0; key < rows_.size(); ++key) {
    std::int64_t readers = 0;
    for (std::uint64_t& word : rows_[key]) readers += std::popcount(std::exchange(word, 0));
    if (readers != 0) counts.emplace_back(key, readers);
  }
  if (!others_.empty()) count_others(counts);
  return counts;
}

/// Readers that have no bits are none of those that have.
void DayVisitors::count_others(Pairs& counts) {
  std::ranges::sort(others_);
  others_.erase(std::ranges::unique(others_).begin(), others_.end());
  std::size_t first = 0;
  for (std::size_t at = 1; at <= others_.size(); ++at) {
    if (at < others_.size() && others_[at].first == others_[first].first) continue;
    counts.emplace_back(others_[first].first, static_cast<std::int64_t>(at - first));
    first = at;
  }
  others_.clear();
}

}  // namespace candor::rollup
