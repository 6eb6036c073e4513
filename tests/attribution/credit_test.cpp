#include "attribution/credit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>
#include <numeric>

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;

std::vector<Weight> weights_of(const std::vector<std::int64_t>& values) {
  std::vector<Weight> weights;
  for (std::int64_t value : values) weights.push_back({{}, {}, {}, value});
  return weights;
}

std::int64_t sum(const std::vector<std::int64_t>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
}

TEST(Credit, RemaindersGoToTheLargestThenToTheEarlier) {
  EXPECT_THAT(split(100, weights_of({1, 1, 1})), ElementsAre(34, 33, 33));
  EXPECT_THAT(split(5, weights_of({70, 30})), ElementsAre(4, 1));
  EXPECT_THAT(split(5, weights_of({30, 70})), ElementsAre(2, 3));
  EXPECT_THAT(split(5, weights_of({1, 2})), ElementsAre(2, 3));
  EXPECT_THAT(split(7, weights_of({3})), ElementsAre(7));
  EXPECT_THAT(split(0, weights_of({1, 2})), ElementsAre(0, 0));
  EXPECT_THAT(split(1, weights_of({1, 1, 1})), ElementsAre(1, 0, 0));
}

TEST(Credit, ANegativeAmountIsTheMirrorImage) {
  EXPECT_THAT(split(-100, weights_of({1, 1, 1})), ElementsAre(-34, -33, -33));
}

TEST(Credit, DividesTheLargestAmountsByTheLargestWeights) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  EXPECT_THAT(split(kMax, weights_of({kMax, kMax})), ElementsAre(kMax / 2 + 1, kMax / 2));
  EXPECT_THAT(split(kMin, weights_of({kMax, kMax})), ElementsAre(kMin / 2, kMin / 2));
  EXPECT_THAT(split(kMin, weights_of({1})), ElementsAre(kMin));
}

TEST(Credit, PartsSumToTheWholeAndStayWithinOneUnit) {
  EXPECT_TRUE(rc::check([](std::int64_t amount) {
    const auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(1, 1'000'000)));
    const auto weights = weights_of(values);
    const auto parts = split(amount, weights);
    RC_ASSERT(parts.size() == weights.size());
    RC_ASSERT(sum(parts) == amount);
    const std::int64_t weight_sum = sum(values);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      __extension__ using Wide = __int128;
      const Wide off = Wide{parts[i]} * weight_sum - Wide{amount} * values[i];
      RC_ASSERT((off < 0 ? -off : off) < Wide{weight_sum});
    }
  }));
}

TEST(Credit, PartialReversalsInAnyOrderNeverDrift) {
  EXPECT_TRUE(rc::check([] {
    const auto weights = weights_of(*rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1, 1000))));
    auto amounts = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000));
    amounts.push_back(0);  // the full reversal
    std::vector<std::int64_t> held(weights.size(), 0);
    std::int64_t before = 0;
    for (std::int64_t after : amounts) {
      const auto booked = book(before, after, weights);
      RC_ASSERT(sum(booked) == after - before);
      for (std::size_t i = 0; i < held.size(); ++i) held[i] += booked[i];
      RC_ASSERT(held == split(after, weights));
      before = after;
    }
    RC_ASSERT(held == std::vector<std::int64_t>(weights.size(), 0));
  }));
}

TEST(Split, TellsHowEachPartCameAbout) {
  // 100 * 1/7 = 14 and 2/7, 100 * 2/7 = 28 and 4/7, 100 * 4/7 = 57 and 1/7.
  const std::vector<Weight> weights{{{}, {}, {}, 1}, {{}, {}, {}, 2}, {{}, {}, {}, 4}};
  EXPECT_EQ(explain_split(100, weights),
            (std::vector<SplitPart>{{14, "2", 14}, {28, "4", 29}, {57, "1", 57}}));
  EXPECT_EQ(explain_split(-100, weights),
            (std::vector<SplitPart>{{-14, "2", -14}, {-28, "4", -29}, {-57, "1", -57}}));
  EXPECT_EQ(explain_split(INT64_MIN, std::vector<Weight>{{{}, {}, {}, INT64_MAX}}),
            (std::vector<SplitPart>{{INT64_MIN, "0", INT64_MIN}}));
}

}  // namespace
}  // namespace candor::attribution
