#include "rollup/day_visitors.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace candor::rollup {
namespace {

using Counts = std::map<std::uint64_t, std::int64_t>;

Counts count(DayVisitors& visitors) {
  Counts counts;
  for (const auto& [key, readers] : visitors.count()) counts[key] += readers;
  return counts;
}

Counts count(const std::set<std::pair<std::uint64_t, std::int64_t>>& visits) {
  Counts counts;
  for (const auto& [key, visitor] : visits) ++counts[key];
  return counts;
}

/// Ordinals of a packed day, and keys of 64 bits as rows have them.
rc::Gen<std::int64_t> any_visitor() {
  return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(1, 200),
                        rc::gen::inRange<std::int64_t>(500'000, 600'000),
                        rc::gen::arbitrary<std::int64_t>());
}

RC_GTEST_PROP(DayVisitors, CountsEachReaderOfAKeyOnce, ()) {
  DayVisitors visitors;
  for (const unsigned bits : {1u, 4u, 10u, 11u, 40u}) {
    visitors.set_key_bits(bits);
    for (int day = 0; day < 2; ++day) {
      std::set<std::pair<std::uint64_t, std::int64_t>> visits;
      for (const std::int64_t visitor :
           *rc::gen::container<std::vector<std::int64_t>>(any_visitor())) {
        const auto key = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << bits);
        visits.emplace(key, visitor);
        visitors.add(key, visitor);
        visitors.add(key, visitor);
      }
      RC_ASSERT(count(visitors) == count(visits));
    }
  }
}

RC_GTEST_PROP(DayVisitors, GivesBackWhatWasAdded, ()) {
  DayVisitors visitors;
  visitors.set_key_bits(3);
  std::set<std::pair<std::uint64_t, std::int64_t>> visits;
  for (const std::int64_t visitor : *rc::gen::container<std::vector<std::int64_t>>(any_visitor())) {
    const auto key = *rc::gen::inRange<std::uint64_t>(0, 8);
    visits.emplace(key, visitor);
    visitors.add(key, visitor);
  }
  const auto taken = visitors.take();
  RC_ASSERT(taken.size() == visits.size());
  RC_ASSERT(std::set(taken.begin(), taken.end()) == visits);
  RC_ASSERT(visitors.count().empty());
}

}  // namespace
}  // namespace candor::rollup
