#include "attribution/markov.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "attribution/scaled_number.h"

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kWhole = std::int64_t{1} << 48;

// S. Bryl, "Attribution model with R (part 2: Markov chains)", AnalyzeCore 2016, after Anderl et
// al.: C1 > C2 > C3 converts, C1 and C2 > C3 do not. One walk in three converts; without C1 one in
// six, without C2 or C3 none: removal effects 1/2, 1 and 1.
TEST(Markov, PublishedExampleOfThreeChannels) {
  EXPECT_THAT(removal_effects(
                  3, std::vector<ArticlePath>{{{0, 1, 2}, true}, {{0}, false}, {{1, 2}, false}}),
              ElementsAre(kWhole / 2, kWhole, kWhole));
}

// x > y converts, x does not, y converts: start leads to x with 2/3, x to y with 1/2, y always
// converts. 2/3 of the walks convert; without x 1/3 of them, without y none.
TEST(Markov, ByHand) {
  EXPECT_THAT(
      removal_effects(2, std::vector<ArticlePath>{{{0, 1}, true}, {{0}, false}, {{1}, true}}),
      ElementsAre(kWhole / 2, kWhole));
}

TEST(Markov, AnArticleThatNeverLeadsToAConversionGetsNothing) {
  EXPECT_THAT(removal_effects(3, std::vector<ArticlePath>{{{0}, true}, {{0, 1}, false}}),
              ElementsAre(kWhole, 0, 0));
  EXPECT_THAT(removal_effects(2, std::vector<ArticlePath>{{{0, 1}, false}}), ElementsAre(0, 0));
}

TEST(Markov, TouchingAnArticleAgainAtOnceChangesNothing) {
  EXPECT_EQ(removal_effects(2, std::vector<ArticlePath>{{{0, 0, 1, 1}, true}, {{1}, false}}),
            removal_effects(2, std::vector<ArticlePath>{{{0, 1}, true}, {{1}, false}}));
}

TEST(Markov, WaysBackAreFollowed) {
  // x > y > x converts: x leads to y or to the conversion, y always to x.
  EXPECT_THAT(removal_effects(2, std::vector<ArticlePath>{{{0, 1, 0}, true}}),
              ElementsAre(kWhole, kWhole / 2));
}

TEST(Markov, TooManyArticlesAreRefused) {
  std::vector<ArticlePath> paths;
  for (std::size_t i = 0; i <= kMostMarkovArticles; ++i) paths.push_back({{i}, true});
  EXPECT_THAT(removal_effects(paths.size(), paths), IsEmpty());
}

/// By the definition: the part of walks that convert when ways into `removed` lead to null; by
/// walking on until next to nothing is left.
double converting(std::size_t count, const std::vector<ArticlePath>& paths, std::size_t removed) {
  std::vector<std::vector<double>> way(count + 1, std::vector<double>(count + 2));
  for (const ArticlePath& path : paths) {
    std::size_t from = count;
    for (std::size_t to : path.articles) {
      way[from][to] += 1;
      from = to;
    }
    way[from][path.converts ? count : count + 1] += 1;
  }
  std::vector<double> at(count + 1);
  at[count] = 1;
  double converted = 0;
  for (int step = 0; step < 1'000; ++step) {
    std::vector<double> next(count + 1);
    for (std::size_t from = 0; from <= count; ++from) {
      double out = 0;
      for (double each : way[from]) out += each;
      if (at[from] == 0 || out == 0) continue;
      for (std::size_t to = 0; to < count; ++to)
        if (to != removed) next[to] += at[from] * way[from][to] / out;
      converted += at[from] * way[from][count] / out;
    }
    at = next;
  }
  return converted;
}

TEST(Markov, EffectsAreThoseOfTheDefinition) {
  EXPECT_TRUE(rc::check([] {
    constexpr std::size_t kCount = 5;
    std::vector<ArticlePath> paths;
    for (int i = *rc::gen::inRange(1, 12); i > 0; --i) {
      ArticlePath path;
      for (int touch = *rc::gen::inRange(1, 6); touch > 0; --touch)
        path.articles.push_back(*rc::gen::inRange<std::size_t>(0, kCount));
      path.converts = *rc::gen::arbitrary<bool>();
      paths.push_back(path);
    }
    const auto weights = removal_effects(kCount, paths);
    const double all = converting(kCount, paths, kCount + 9);
    std::vector<double> effects;
    for (std::size_t i = 0; i < kCount; ++i)
      effects.push_back(all == 0 ? 0 : 1 - converting(kCount, paths, i) / all);
    const double greatest = *std::ranges::max_element(effects);
    for (std::size_t i = 0; i < kCount; ++i)
      RC_ASSERT(std::abs(static_cast<double>(weights[i]) / static_cast<double>(kWhole) -
                         (greatest == 0 ? 0 : effects[i] / greatest)) < 1e-9);
  }));
}

TEST(ScaledNumbers, AddMultiplyAndDivideExactlyWhereTheyCan) {
  const ScaledNumber six(6);
  const ScaledNumber three(3);
  EXPECT_EQ(three + three, six);
  EXPECT_EQ(three * ScaledNumber(2), six);
  EXPECT_EQ(six / three, ScaledNumber(2));
  EXPECT_EQ(ScaledNumber(UINT64_MAX) + ScaledNumber(1),
            ScaledNumber(std::uint64_t{1} << 63) * ScaledNumber(2));
  EXPECT_EQ(six + ScaledNumber(), six);
  EXPECT_TRUE((six * ScaledNumber()).is_zero());
  EXPECT_LT(three, six);
  EXPECT_LT(ScaledNumber(), three / ScaledNumber(UINT64_MAX));
}

TEST(ScaledNumbers, AreSharedToTheNearestWholeNumber) {
  EXPECT_EQ(rounded_share(ScaledNumber(7), ScaledNumber(7)), kWhole);
  EXPECT_EQ(rounded_share(ScaledNumber(1), ScaledNumber(3)), (kWhole + 1) / 3);
  EXPECT_EQ(rounded_share(ScaledNumber(), ScaledNumber(3)), 0);
  EXPECT_EQ(rounded_share(ScaledNumber(1), ScaledNumber(std::uint64_t{1} << 49)), 1);
  EXPECT_EQ(rounded_share(ScaledNumber(1), ScaledNumber((std::uint64_t{1} << 49) + 1)), 0);
  EXPECT_EQ(rounded_share(ScaledNumber(1), ScaledNumber(UINT64_MAX)), 0);
}

}  // namespace
}  // namespace candor::attribution
