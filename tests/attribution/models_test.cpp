#include "attribution/models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "attribution/credit.h"

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t kDay = 86'400'000'000;  // microseconds
constexpr std::int64_t kWeek = 7 * kDay;

std::vector<std::int64_t> divide(std::int64_t micro, Model model,
                                 const std::vector<std::int64_t>& path) {
  std::vector<Weight> weights;
  for (const TouchWeight& each : weigh(model, path, kWeek))
    weights.push_back({{}, {}, {}, each.weight});
  return split(micro, weights);
}

TEST(Models, HaveNames) {
  for (Model model : kModels) EXPECT_EQ(find_model(name_of(model)), model);
  EXPECT_EQ(find_model("time-decay"), Model::TimeDecay);
  EXPECT_FALSE(find_model("Last"));
  EXPECT_FALSE(find_model(""));
}

TEST(Models, FirstAndLastCreditOneTouch) {
  const std::vector<std::int64_t> path{0, kDay, 2 * kDay};
  EXPECT_THAT(weigh(Model::First, path, kWeek), ElementsAre(TouchWeight{0, 1}));
  EXPECT_THAT(weigh(Model::Last, path, kWeek), ElementsAre(TouchWeight{2, 1}));
}

TEST(Models, WithoutTouchesNothingIsCredited) {
  for (Model model : kTouchModels) EXPECT_TRUE(weigh(model, {}, kWeek).empty());
}

TEST(Models, ASingleTouchGetsEverythingInEveryModel) {
  for (Model model : kTouchModels)
    EXPECT_THAT(divide(12'340'000, model, {5}), ElementsAre(12'340'000)) << name_of(model);
}

TEST(Models, LinearDividesEqually) {
  EXPECT_THAT(divide(10'000'000, Model::Linear, {0, 1, 2}),
              ElementsAre(3'333'334, 3'333'333, 3'333'333));
}

// Google Ads API, AttributionModelEnum, GOOGLE_SEARCH_ATTRIBUTION_POSITION_BASED: 40 % to the first
// and to the last click, the remaining 20 % evenly to all others.
TEST(Models, PositionGivesFortyTwentyForty) {
  EXPECT_THAT(divide(100, Model::Position, {0, 1, 2}), ElementsAre(40, 20, 40));
  EXPECT_THAT(divide(100, Model::Position, {0, 1, 2, 3}), ElementsAre(40, 10, 10, 40));
  EXPECT_THAT(divide(1'000, Model::Position, {0, 1, 2, 3, 4, 5}),
              ElementsAre(400, 50, 50, 50, 50, 400));
}

TEST(Models, PositionDividesTwoTouchesInHalves) {
  EXPECT_THAT(divide(100, Model::Position, {0, 1}), ElementsAre(50, 50));
}

// Google Ads API, AttributionModelEnum, GOOGLE_SEARCH_ATTRIBUTION_TIME_DECAY: half-life is 1 week.
// A click a week older counts half: 2/3 and 1/3; 4/7, 2/7 and 1/7.
TEST(Models, TimeDecayHalvesWithEachHalfLife) {
  EXPECT_THAT(divide(3'000'000, Model::TimeDecay, {0, kWeek}), ElementsAre(1'000'000, 2'000'000));
  EXPECT_THAT(divide(7'000'000, Model::TimeDecay, {0, kWeek, 2 * kWeek}),
              ElementsAre(1'000'000, 2'000'000, 4'000'000));
  EXPECT_THAT(weigh(Model::TimeDecay, std::vector{0 * kWeek, kWeek}, kWeek),
              ElementsAre(TouchWeight{0, kFullWeight / 2}, TouchWeight{1, kFullWeight}));
}

// 1 : 2^(-1/7) = 1 : 0.905723664263906...; 2^(-1/7) / (1 + 2^(-1/7)) = 0.475264951182597...
TEST(Models, TimeDecayTakesPartsOfAHalfLife) {
  EXPECT_THAT(divide(100'000'000, Model::TimeDecay, {0, kDay}),
              ElementsAre(47'526'495, 52'473'505));
}

TEST(Models, TouchesOfTheSameTimeWeighTheSame) {
  EXPECT_THAT(divide(100, Model::TimeDecay, {kDay, kDay}), ElementsAre(50, 50));
}

TEST(Models, AnAncientTouchKeepsTheLeastWeight) {
  EXPECT_EQ(decayed_weight(62 * kWeek, kWeek), 1);
  EXPECT_EQ(decayed_weight(61 * kWeek, kWeek), 2);
  EXPECT_EQ(decayed_weight(1'000'000 * kWeek, kWeek), 1);
  EXPECT_EQ(decayed_weight(INT64_MAX, 1), 1);
  EXPECT_LT(std::abs(decayed_weight(INT64_MAX - 1, INT64_MAX) - kFullWeight / 2), 256);
}

TEST(Models, DecayIsAsPreciseAsItSays) {
  EXPECT_TRUE(rc::check([] {
    constexpr long double kLimit = 0x1p8L;  // 2^-54 of kFullWeight
    const auto half_life = *rc::gen::inRange<std::int64_t>(1, 1'000 * kDay);
    const auto age = *rc::gen::inRange<std::int64_t>(0, 10'000 * kDay);
    const long double exact = std::ldexp(
        std::exp2(-static_cast<long double>(age % half_life) / static_cast<long double>(half_life)),
        62 - static_cast<int>(std::min<std::int64_t>(age / half_life, 200)));
    const auto weight = static_cast<long double>(decayed_weight(age, half_life));
    RC_ASSERT(weight >= 1);
    RC_ASSERT(std::abs(weight - exact) < kLimit);
  }));
}

TEST(Models, OlderNeverWeighsMore) {
  EXPECT_TRUE(rc::check([] {
    const auto half_life = *rc::gen::inRange<std::int64_t>(kDay, 100 * kDay);
    const auto age = *rc::gen::inRange<std::int64_t>(0, 400 * kDay);
    const auto more = *rc::gen::inRange<std::int64_t>(0, kDay);
    RC_ASSERT(decayed_weight(age + more, half_life) <= decayed_weight(age, half_life));
  }));
}

}  // namespace
}  // namespace candor::attribution
