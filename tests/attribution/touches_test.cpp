#include "attribution/touches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <map>

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kDay = 86'400'000'000;  // microseconds
constexpr Currency kEuro{{'E', 'U', 'R'}};
constexpr Currency kDollar{{'U', 'S', 'D'}};

ModelSettings settings_of(Model model) { return {model, 30 * kDay, 7 * kDay}; }

Attribution attributed(const std::vector<Touch>& touches,
                       const std::vector<Conversion>& conversions, Model model) {
  return attribute(touches, conversions, settings_of(model)).value();
}

TEST(Touches, OnlyTheVisitorsOwnTouchesCount) {
  const auto answer =
      attributed({{"a", "kettles", 0}, {"b", "lamps", 1}}, {{"a", 2, {90, kEuro}}}, Model::Last);
  EXPECT_THAT(answer.articles, ElementsAre(ArticleAmount{"kettles", {90, kEuro}}));
  EXPECT_THAT(answer.unattributed, ElementsAre(Money{0, kEuro}));
}

TEST(Touches, TheWindowIsOpenAtItsStartAndClosedAtTheConversion) {
  const std::int64_t at = 100 * kDay;
  const std::vector<Touch> touches{{"a", "too-old", at - 30 * kDay},
                                   {"a", "oldest", at - 30 * kDay + 1},
                                   {"a", "same-time", at},
                                   {"a", "too-late", at + 1}};
  const auto answer = attributed(touches, {{"a", at, {100, kEuro}}}, Model::Linear);
  EXPECT_THAT(answer.articles, ElementsAre(ArticleAmount{"oldest", {50, kEuro}},
                                           ArticleAmount{"same-time", {50, kEuro}}));
}

TEST(Touches, AConversionWithoutTouchesIsUnattributed) {
  const auto answer =
      attributed({{"a", "kettles", 50 * kDay}},
                 {{"a", 0, {7, kEuro}}, {"nobody", kDay, {5, kDollar}}}, Model::Position);
  EXPECT_THAT(answer.articles, IsEmpty());
  EXPECT_THAT(answer.unattributed, ElementsAre(Money{7, kEuro}, Money{5, kDollar}));
}

TEST(Touches, AnEarlierConversionUsesNoTouchUp) {
  const auto answer = attributed({{"a", "kettles", 0}, {"a", "lamps", 2}},
                                 {{"a", 1, {10, kEuro}}, {"a", 3, {100, kEuro}}}, Model::First);
  EXPECT_THAT(answer.articles, ElementsAre(ArticleAmount{"kettles", {110, kEuro}}));
}

TEST(Touches, TouchesOfTheSameTimeKeepTheirOrder) {
  const std::vector<Touch> touches{{"a", "second", 5}, {"a", "third", 5}, {"a", "first", 4}};
  const std::vector<Conversion> conversions{{"a", 5, {9, kEuro}}};
  EXPECT_EQ(attributed(touches, conversions, Model::Last).articles.front().article, "third");
  EXPECT_EQ(attributed(touches, conversions, Model::First).articles.front().article, "first");
  EXPECT_THAT(attributed(touches, {{"a", 5, {10, kEuro}}}, Model::Linear).articles,
              ElementsAre(ArticleAmount{"first", {4, kEuro}}, ArticleAmount{"second", {3, kEuro}},
                          ArticleAmount{"third", {3, kEuro}}));
}

TEST(Touches, EachTouchOfAnArticleIsCredited) {
  const auto answer = attributed({{"a", "kettles", 0}, {"a", "lamps", 1}, {"a", "kettles", 2}},
                                 {{"a", 3, {100, kEuro}}}, Model::Position);
  EXPECT_THAT(answer.articles, ElementsAre(ArticleAmount{"kettles", {80, kEuro}},
                                           ArticleAmount{"lamps", {20, kEuro}}));
}

TEST(Touches, ArticlesAreSortedByCurrencyAmountAndName) {
  const auto answer = attributed(
      {{"a", "b", 0}, {"a", "a", 0}, {"c", "c", 0}, {"d", "b", 0}},
      {{"a", 1, {10, kEuro}}, {"c", 1, {20, kEuro}}, {"d", 1, {-5, kDollar}}}, Model::Linear);
  EXPECT_THAT(answer.articles,
              ElementsAre(ArticleAmount{"c", {20, kEuro}}, ArticleAmount{"a", {5, kEuro}},
                          ArticleAmount{"b", {5, kEuro}}, ArticleAmount{"b", {-5, kDollar}}));
}

TEST(Touches, ASumBeyondMoneyIsAnErrorNotAnOtherNumber) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  const std::vector<Touch> touches{{"a", "kettles", 0}};
  std::vector<Conversion> conversions{{"a", 1, {kMax, kEuro}}, {"a", 1, {1, kEuro}}};
  const auto answer = attribute(touches, conversions, settings_of(Model::Last));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().currency, kEuro);
  conversions.push_back({"a", 1, {-1, kEuro}});
  EXPECT_TRUE(attribute(touches, conversions, settings_of(Model::Last)));
}

TEST(Touches, ArticlesAndUnattributedSumToTheConversions) {
  EXPECT_TRUE(rc::check([](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& touched,
                           const std::vector<std::pair<std::uint8_t, std::int32_t>>& converted) {
    std::vector<Touch> touches;
    for (const auto& [who, when] : touched)
      touches.push_back({std::to_string(who % 4), std::to_string(who / 4 % 5), when * kDay / 3});
    std::vector<Conversion> conversions;
    std::map<Currency, std::int64_t> expected;
    for (const auto& [who, micro] : converted) {
      const Money amount{micro, who % 2 == 0 ? kEuro : kDollar};
      conversions.push_back({std::to_string(who / 2 % 5), who * kDay / 2, amount});
      expected[amount.currency] += micro;
    }
    for (Model model : kModels) {
      const auto answer = attributed(touches, conversions, model);
      std::map<Currency, std::int64_t> sums;
      for (const ArticleAmount& each : answer.articles)
        sums[each.amount.currency] += each.amount.micro_units;
      for (const Money& each : answer.unattributed) sums[each.currency] += each.micro_units;
      RC_ASSERT(sums == expected);
    }
  }));
}

}  // namespace
}  // namespace candor::attribution
