#include "attribution/touches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

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
  EXPECT_EQ(std::get<SumTooLarge>(answer.error()).currency, kEuro);
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

// Articles x, y and z; worth of {x} 10, of {x, y} 40, of {x, y, z} 90 more. By the six orders in
// which the articles may join: x gets 10 + 40/2 + 90/3, y 40/2 + 90/3, z 90/3.
TEST(Touches, ShapleyDividesByTheSetOfArticles) {
  const std::vector<Touch> touches{{"a", "x", 0}, {"a", "x", 1}, {"b", "y", 0}, {"b", "x", 1},
                                   {"b", "y", 2}, {"c", "z", 0}, {"c", "y", 1}, {"c", "x", 2}};
  const auto answer =
      attributed(touches, {{"a", 9, {10, kEuro}}, {"b", 9, {40, kEuro}}, {"c", 9, {90, kEuro}}},
                 Model::Shapley);
  EXPECT_THAT(answer.articles,
              ElementsAre(ArticleAmount{"x", {60, kEuro}}, ArticleAmount{"y", {50, kEuro}},
                          ArticleAmount{"z", {30, kEuro}}));
}

TEST(Touches, ShapleyGivesARestToTheArticleTouchedFirst) {
  const auto answer = attributed({{"a", "late", 1}, {"a", "early", 0}, {"a", "early", 2}},
                                 {{"a", 3, {5, kEuro}}}, Model::Shapley);
  EXPECT_THAT(answer.articles,
              ElementsAre(ArticleAmount{"early", {3, kEuro}}, ArticleAmount{"late", {2, kEuro}}));
}

/// The Shapley value by its definition: the mean over all orders of what an article adds to the
/// worth of those before it; times the number of orders.
std::map<std::string, std::int64_t> shapley_by_orders(
    std::vector<std::string> articles, const std::map<std::set<std::string>, std::int64_t>& worth) {
  const auto worth_of = [&](const std::set<std::string>& members) {
    std::int64_t sum = 0;
    for (const auto& [path, micro] : worth)
      if (std::ranges::includes(members, path)) sum += micro;
    return sum;
  };
  std::map<std::string, std::int64_t> value;
  std::ranges::sort(articles);
  do {
    std::set<std::string> members;
    for (const std::string& article : articles) {
      const std::int64_t before = worth_of(members);
      members.insert(article);
      value[article] += worth_of(members) - before;
    }
  } while (std::ranges::next_permutation(articles).found);
  return value;
}

TEST(Touches, ShapleyIsTheMeanOverAllOrders) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<std::string> articles{"p", "q", "r", "s"};
    std::vector<Touch> touches;
    std::vector<Conversion> conversions;
    std::map<std::set<std::string>, std::int64_t> worth;
    for (int visitor = 0; visitor < 6; ++visitor) {
      std::set<std::string> path;
      for (int touch = *rc::gen::inRange(1, 7); touch > 0; --touch) {
        const std::string article = *rc::gen::elementOf(articles);
        touches.push_back({std::to_string(visitor), article, touch});
        path.insert(article);
      }
      const std::int64_t micro = 12 * *rc::gen::inRange<std::int64_t>(-1'000, 1'000);
      conversions.push_back({std::to_string(visitor), 10, {micro, kEuro}});
      worth[path] += micro;
    }
    const auto value = shapley_by_orders(articles, worth);
    for (const auto& [article, amount] : attributed(touches, conversions, Model::Shapley).articles)
      RC_ASSERT(amount.micro_units * 24 == value.at(article));
  }));
}

TEST(Touches, MarkovDividesByRemovalEffects) {
  // S. Bryl, "Attribution model with R (part 2: Markov chains)" (2016): C1 0.2, C2 0.4, C3 0.4.
  const std::vector<Touch> touches{{"a", "C1", 0}, {"a", "C2", 1}, {"a", "C3", 2},
                                   {"b", "C1", 0}, {"c", "C2", 0}, {"c", "C3", 1}};
  const auto answer = attributed(touches, {{"a", 9, {10'000'000, kEuro}}}, Model::Markov);
  EXPECT_THAT(answer.articles, ElementsAre(ArticleAmount{"C2", {4'000'000, kEuro}},
                                           ArticleAmount{"C3", {4'000'000, kEuro}},
                                           ArticleAmount{"C1", {2'000'000, kEuro}}));
}

TEST(Touches, MarkovCountsTouchesOutsideOfEveryWindowAsLost) {
  // The touches after the conversion make the same lost path as a visitor of their own.
  const std::vector<Touch> of_one{{"a", "x", 0}, {"a", "y", 1}, {"a", "y", 5}, {"a", "z", 6}};
  const std::vector<Touch> of_two{{"a", "x", 0}, {"a", "y", 1}, {"b", "y", 5}, {"b", "z", 6}};
  const std::vector<Conversion> conversions{{"a", 2, {100, kEuro}}};
  EXPECT_EQ(attributed(of_one, conversions, Model::Markov).articles,
            attributed(of_two, conversions, Model::Markov).articles);
}

TEST(Touches, MarkovKeepsCurrenciesToTheArticlesThatEarnedThem) {
  const auto answer = attributed(
      {{"a", "x", 0}, {"b", "y", 0}},
      {{"a", 1, {100, kEuro}}, {"b", 1, {7, kDollar}}, {"c", 1, {3, kDollar}}}, Model::Markov);
  EXPECT_THAT(answer.articles,
              ElementsAre(ArticleAmount{"x", {100, kEuro}}, ArticleAmount{"y", {7, kDollar}}));
  EXPECT_THAT(answer.unattributed, ElementsAre(Money{0, kEuro}, Money{3, kDollar}));
}

}  // namespace
}  // namespace candor::attribution
