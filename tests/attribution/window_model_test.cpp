#include "attribution/window_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "attribution/credit.h"

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kEvent = 1'772'446'272'000;     // 2026-03-02 10:11:12 UTC
constexpr std::int64_t kEventDay = 1'772'409'600'000;  // 2026-03-02 00:00:00 UTC
constexpr std::int32_t kEventDayNumber = kEventDay / kDay;

constexpr ArticleId kBlenders{1};
constexpr ArticleId kLamps{2};
constexpr LinkId kLamp{10};      // B0LAMP, candor-20
constexpr LinkId kSameLamp{11};  // B0LAMP, else-20
constexpr LinkId kBlender{12};   // B0BLEND, candor-20
constexpr LinkId kAwin{13};

const std::vector<LinkFacts> kLinks{{kLamp, "amazon", {"candor-20"}, {"dp", "B0LAMP"}},
                                    {kSameLamp, "amazon", {"else-20", "B0LAMP"}, {"gp"}},
                                    {kBlender, "amazon", {"candor-20"}, {"dp", "B0BLEND"}},
                                    {kAwin, "awin", {"x"}, {}}};

struct Clicked {
  std::int64_t at_ms;
  LinkId link;
  ArticleId article;
};

std::vector<CandidateClick> clicks_of(std::vector<Clicked> clicks) {
  std::ranges::stable_sort(clicks, {}, &Clicked::at_ms);
  std::vector<CandidateClick> out;
  std::int64_t sequence = 0;
  for (const Clicked& each : clicks)
    out.push_back({{first_click_id(each.at_ms).value + ++sequence}, each.link, each.article});
  return out;
}

std::optional<Match> decided(const CommissionRow& row, std::string_view network,
                             const std::vector<Clicked>& clicks, ModelChoice choice = {},
                             const std::vector<std::int32_t>& order_days = {}) {
  WindowModel model(choice, kLinks);
  const std::size_t question = model.ask(row, network, order_days);
  model.take(clicks_of(clicks));
  model.finish();
  return model.answer(question);
}

CommissionRow awin_row() {
  CommissionRow row;
  row.event_at_ms = kEvent;
  return row;
}

CommissionRow amazon_row(std::string tag, std::string product) {
  CommissionRow row;
  row.event_at_ms = kEventDay;
  row.precision = TimePrecision::Day;
  row.tag = std::move(tag);
  row.product = std::move(product);
  return row;
}

TEST(WindowModel, ASharedTagIsSplitOverTheClicksOnTheProductFirst) {
  const std::vector<Clicked> clicks{{kEventDay - 3 * kDay, kLamp, kLamps},
                                    {kEventDay - 2 * kDay, kLamp, kBlenders},
                                    {kEventDay - kDay, kLamp, kLamps},
                                    {kEventDay - kDay + 1, kBlender, kBlenders},
                                    {kEventDay - kDay + 2, kSameLamp, kBlenders},
                                    {kEventDay - kDay + 3, kAwin, kBlenders}};
  const Match found = *decided(amazon_row("candor-20", "B0LAMP"), "amazon", clicks);
  EXPECT_EQ(found.tier, Tier::Modelled);
  EXPECT_EQ(found.model, "linear");
  EXPECT_THAT(found.weights,
              ElementsAre(Weight{kBlenders, kLamp, {}, 1}, Weight{kLamps, kLamp, {}, 2}));
  EXPECT_THAT(found.reason, HasSubstr("3 clicks on the same product with the tag \"candor-20\""));
  const Match other = *decided(amazon_row("candor-20", "B0NEVER"), "amazon", clicks);
  EXPECT_THAT(other.weights, ElementsAre(Weight{kBlenders, {}, {}, 2}, Weight{kLamps, {}, {}, 2}));
  EXPECT_THAT(other.reason, HasSubstr("4 clicks on any product of the network"));
}

TEST(WindowModel, AWindowIsOpenAtItsStartAndClosedAtThePurchase) {
  const auto split_at = [](std::int64_t at, std::string_view network) {
    CommissionRow row = awin_row();
    const std::vector<LinkFacts> links{{kLamp, std::string(network), {}, {}}};
    WindowModel model({}, links);
    model.ask(row, network);
    model.take(clicks_of({{at, kLamp, kLamps}}));
    model.finish();
    return model.answer(0).has_value();
  };
  for (const auto& [network, window] :
       {std::pair<std::string_view, std::int64_t>{"awin", 30 * kDay},
        {"ebay", kDay},
        {"clickbank", 60 * kDay},
        {"amazon", kDay}}) {
    EXPECT_FALSE(split_at(kEvent - window, network)) << network;
    EXPECT_TRUE(split_at(kEvent - window + 1, network)) << network;
    EXPECT_TRUE(split_at(kEvent, network)) << network;
    EXPECT_FALSE(split_at(kEvent + 1, network)) << network;
    EXPECT_EQ(window_ms(network), window);
  }
}

TEST(WindowModel, ACartHoldsTheSameProductForNinetyDays) {
  const std::vector<Clicked> clicks{{kEventDay - 80 * kDay, kLamp, kLamps}};
  const Match found = *decided(amazon_row("candor-20", "B0LAMP"), "amazon", clicks);
  EXPECT_THAT(found.weights, ElementsAre(Weight{kLamps, kLamp, {}, 1}));
  EXPECT_THAT(found.reason, HasSubstr("cart"));
  EXPECT_FALSE(decided(amazon_row("candor-20", "B0NEVER"), "amazon", clicks));
  // A click within a day goes before the cart.
  std::vector<Clicked> both = clicks;
  both.push_back({kEventDay - kDay, kLamp, kBlenders});
  EXPECT_EQ(decided(amazon_row("candor-20", "B0LAMP"), "amazon", both)->weights.at(0).article,
            kBlenders);
}

TEST(WindowModel, KnownOrderDaysNarrowWhatTheShippingDateLeavesOpen) {
  const std::vector<Clicked> clicks{{kEventDay - 5 * kDay, kLamp, kLamps},
                                    {kEventDay - kDay, kLamp, kBlenders}};
  const CommissionRow row = amazon_row("candor-20", "B0LAMP");
  EXPECT_THAT(decided(row, "amazon", clicks)->weights, SizeIs(2));
  EXPECT_THAT(decided(row, "amazon", clicks, {}, {kEventDayNumber - 1})->weights,
              ElementsAre(Weight{kBlenders, kLamp, {}, 1}));
  // Shipped three weeks after the order: wider than what is assumed.
  const std::vector<Clicked> early{{kEventDay - 21 * kDay, kBlender, kLamps}};
  EXPECT_FALSE(decided(row, "amazon", early));
  EXPECT_TRUE(decided(row, "amazon", early, {}, {kEventDayNumber - 21}));
  EXPECT_TRUE(decided(row, "amazon", {{kEventDay, kBlender, kLamps}}, {}, {kEventDayNumber + 1}));
}

TEST(WindowModel, TheClicksTimeFromTheNetworkGoesBeforeItsWindow) {
  CommissionRow row = awin_row();
  row.click_at_ms = kEvent - 5 * kHour;
  const std::vector<Clicked> clicks{{kEvent - 5 * kHour - 2'000, kAwin, kLamps},
                                    {kEvent - kHour, kAwin, kBlenders}};
  EXPECT_THAT(decided(row, "awin", clicks)->weights, ElementsAre(Weight{kLamps, {}, {}, 1}));
  row.click_at_ms = kEvent - 9 * kHour;
  EXPECT_THAT(decided(row, "awin", clicks)->weights, SizeIs(2));
}

TEST(WindowModel, ModelsWeighTheClicksOfAWindow) {
  // Ages of 14, 7 and 0 days.
  const std::vector<Clicked> clicks{{kEvent - 14 * kDay, kAwin, kLamps},
                                    {kEvent - 7 * kDay, kAwin, kBlenders},
                                    {kEvent, kAwin, ArticleId{3}}};
  const auto parts = [&](Model model, const std::vector<Clicked>& of) {
    return split(7'000, decided(awin_row(), "awin", of, {model, 7 * kDay})->weights);
  };
  EXPECT_THAT(parts(Model::First, clicks), ElementsAre(7'000));
  EXPECT_EQ(decided(awin_row(), "awin", clicks, {Model::First})->weights.at(0).article, kLamps);
  EXPECT_EQ(decided(awin_row(), "awin", clicks, {Model::Last})->weights.at(0).article,
            ArticleId{3});
  EXPECT_THAT(parts(Model::Position, clicks), ElementsAre(1'400, 2'800, 2'800));
  EXPECT_THAT(parts(Model::TimeDecay, clicks), ElementsAre(2'000, 1'000, 4'000));
  EXPECT_THAT(parts(Model::Position, {clicks[0], clicks[1]}), ElementsAre(3'500, 3'500));
  EXPECT_THAT(parts(Model::Position, {clicks[0]}), ElementsAre(7'000));
}

TEST(WindowModel, OfManyArticlesThoseWithTheMostClicksShare) {
  std::vector<Clicked> clicks;
  for (std::int64_t article = 1; article <= 100; ++article)
    for (std::int64_t i = 0; i < (article > 90 ? 2 : 1); ++i)
      clicks.push_back({kEvent - article, kAwin, ArticleId{article}});
  const Match found = *decided(awin_row(), "awin", clicks);
  ASSERT_THAT(found.weights, SizeIs(kMostModelledArticles));
  EXPECT_EQ(found.weights.at(53).article, ArticleId{54});
  EXPECT_EQ(found.weights.at(54).article, ArticleId{91});
  EXPECT_THAT(found.reason, HasSubstr("the 64 with the most credit"));
}

CommissionRow random_row() {
  CommissionRow row =
      *rc::gen::arbitrary<bool>()
          ? amazon_row(*rc::gen::element<std::string>("candor-20", "else-20", ""),
                       *rc::gen::element<std::string>("B0LAMP", "B0BLEND", "B0X", ""))
          : awin_row();
  row.event_at_ms += *rc::gen::inRange<std::int64_t>(-20, 20) * kDay;
  if (*rc::gen::inRange(0, 4) == 0)
    row.click_at_ms = row.event_at_ms - *rc::gen::inRange<std::int64_t>(0, 3) * kHour;
  return row;
}

std::string_view network_of(const CommissionRow& row) {
  return row.precision == TimePrecision::Day ? "amazon" : "awin";
}

TEST(WindowModel, QuestionsAskedTogetherAreAnsweredAsEachAlone) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Clicked> clicks;
    for (int i = *rc::gen::inRange(0, 40); i > 0; --i)
      clicks.push_back({kEvent + *rc::gen::inRange<std::int64_t>(-60 * 24, 20 * 24) * kHour,
                        *rc::gen::element(kLamp, kSameLamp, kBlender, kAwin, LinkId{99}),
                        ArticleId{*rc::gen::inRange<std::int64_t>(0, 4)}});
    const auto all = clicks_of(clicks);
    const ModelChoice choice{
        *rc::gen::elementOf(std::vector(kTouchModels.begin(), kTouchModels.end()))};
    std::vector<CommissionRow> rows;
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) rows.push_back(random_row());
    WindowModel together(choice, kLinks);
    for (const CommissionRow& row : rows) together.ask(row, network_of(row));
    // Only what it asks for, in pieces.
    for (const TimeRange& range : together.ranges())
      for (const CandidateClick& click : all)
        if (at_ms(click.id) >= range.from_ms && at_ms(click.id) < range.to_ms)
          together.take({&click, 1});
    together.finish();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      WindowModel alone(choice, kLinks);
      alone.ask(rows[i], network_of(rows[i]));
      alone.take(all);
      alone.finish();
      const auto expected = alone.answer(0);
      const auto found = together.answer(i);
      RC_ASSERT(found.has_value() == expected.has_value());
      if (!found) continue;
      RC_ASSERT(found->weights == expected->weights);
      RC_ASSERT(found->reason == expected->reason);
    }
  }));
}

bool holds_word(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

TEST(WindowModel, LinearIsTheNumberOfClicksOfTheFirstTryThatFindsAny) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Clicked> clicks;
    for (int i = *rc::gen::inRange(0, 30); i > 0; --i)
      clicks.push_back({kEvent + *rc::gen::inRange<std::int64_t>(-50 * 24, 5 * 24) * kHour,
                        *rc::gen::element(kLamp, kSameLamp, kBlender, kAwin),
                        ArticleId{*rc::gen::inRange<std::int64_t>(1, 4)}});
    const CommissionRow row = random_row();
    std::map<std::int64_t, std::int64_t> expected;
    for (const Candidates& each : candidates_for(row, network_of(row))) {
      for (const Clicked& click : clicks) {
        const LinkFacts& link = *std::ranges::find(kLinks, click.link, &LinkFacts::id);
        const auto holds = [&](const std::string& word, bool path) {
          return word.empty() || holds_word(link.query_values, word) ||
                 (path && holds_word(link.path_segments, word));
        };
        if (link.network == network_of(row) && holds(row.tag, false) && holds(each.product, true) &&
            click.at_ms >= each.range.from_ms && click.at_ms < each.range.to_ms)
          ++expected[click.article.value];
      }
      if (!expected.empty()) break;
    }
    std::map<std::int64_t, std::int64_t> found;
    if (const auto match = decided(row, network_of(row), clicks))
      for (const Weight& weight : match->weights) found[weight.article.value] += weight.weight;
    RC_ASSERT(found == expected);
  }));
}

}  // namespace
}  // namespace candor::attribution
