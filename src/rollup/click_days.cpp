#include "rollup/click_days.h"

#include <algorithm>

namespace candor::rollup {
namespace {

template <class Click>
ClickDayKey key_of(const Click& click, DayNumber day) {
  return {.day = day, .article = click.article, .link = click.link, .verdict = click.verdict};
}

}  // namespace

std::size_t ClickDayHash::operator()(const ClickDayKey& key) const {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = static_cast<std::uint64_t>(key.link.value) * kOdd;
  hash = (hash ^ (hash >> 32) ^ static_cast<std::uint64_t>(key.article.value)) * kOdd;
  hash ^= (hash >> 32) ^ (static_cast<std::uint64_t>(key.day) << 8) ^
          static_cast<std::uint64_t>(key.verdict);
  return static_cast<std::size_t>(hash * kOdd);
}

void add(ClickDayDeltas& deltas, const Click& click, const SiteZone& zone) {
  ++deltas[key_of(click, zone.day_of(at_ms(click.id)))];
}

void add(ClickDayDeltas& deltas, const ClickFacts& click, DayFinder& days) {
  ++deltas[key_of(click, days.day_of(at_ms(click.id)))];
}

std::vector<std::pair<ClickDayKey, std::int64_t>> in_order(const ClickDayDeltas& deltas) {
  std::vector<std::pair<ClickDayKey, std::int64_t>> ordered(deltas.begin(), deltas.end());
  std::ranges::sort(ordered);
  return ordered;
}

}  // namespace candor::rollup
