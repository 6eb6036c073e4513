// The models beside each other, over commissions that only clicks can divide.
#include "jobs/model_comparison.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "jobs/import_report.h"
#include "support/awin_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using attribution::Model;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<Model> kAll(attribution::kModels.begin(), attribution::kModels.end());

class ModelComparisonTest : public testing::Test {
 protected:
  void import(const std::vector<AwinSale>& sales) {
    const auto result = import_report(*house_.store, house_.clock, awin_report(sales), "awin.csv",
                                      {}, house_.nightly.currency, house_.nightly.zone);
    ASSERT_TRUE(result.has_value()) << result.error().message;
    attribute(*house_.store, settings_);
  }
  report::ModelReport load(std::vector<Model> models = kAll, std::int32_t from = 20'000,
                           std::int32_t to = 21'000) {
    return load_model_report(*house_.store, house_.zone, settings_, {from, to, std::move(models)});
  }
  /// What an article earned under each model, in pence.
  static std::vector<std::int64_t> pence(const report::ModelReport& report, ArticleId article) {
    std::vector<std::int64_t> all(report.models.size());
    for (const report::ModelRow& row : report.rows)
      for (std::size_t i = 0; i < all.size(); ++i)
        if (row.article == article) all[i] += row.earned_micro(i) / 10'000;
    return all;
  }
  Click click(ArticleId article, int minutes_ago, std::uint64_t visitor) {
    Click made = contract::make_click(to_ms(house_.clock.now()) - minutes_ago * 60'000LL, link_.id,
                                      article, Verdict::Human, ++clicks_);
    made.visitor = visitor;
    house_.store->absorb({made}, house_.zone, {1, static_cast<std::uint64_t>(clicks_)});
    return made;
  }

  SiteHouse house_;
  AttributionSettings settings_{house_.keys, house_.settings.hosts, {}};
  Link link_ = house_.add_link("kettle");
  ArticleId kettles_ = house_.add_article("/kettles/");
  ArticleId pans_ = house_.add_article("/pans/");
  ArticleId pots_ = house_.add_article("/pots/");
  std::int64_t clicks_ = 0;
};

TEST_F(ModelComparisonTest, EachModelDividesTheSameMoneyInItsWay) {
  house_.add_click(link_.id, kettles_, 60 * 24 * 9);
  house_.add_click(link_.id, pans_, 60 * 24 * 5);
  house_.add_click(link_.id, pots_, 60 * 30);
  import({{"1", "pending", "10.00", ""}});
  const auto report = load({Model::First, Model::Last, Model::Linear, Model::Position});
  EXPECT_EQ(report.modelled_count, 1);
  EXPECT_EQ(report.as_booked_count, 0);
  EXPECT_THAT(pence(report, kettles_), ElementsAre(1000, 0, 333, 400));
  EXPECT_THAT(pence(report, pans_), ElementsAre(0, 0, 333, 200));
  EXPECT_THAT(pence(report, pots_), ElementsAre(0, 1000, 333, 400));
  EXPECT_TRUE(report.balanced);
  ASSERT_EQ(report.total.size(), 1U);
  EXPECT_THAT(report.total[0].modelled_micro,
              ElementsAre(10'000'000, 10'000'000, 10'000'000, 10'000'000));
  EXPECT_GT(pence(load({Model::TimeDecay}), pots_)[0], 334);
}

TEST_F(ModelComparisonTest, WhatBetterEvidenceDecidesIsTheSameUnderEach) {
  const Click sold = house_.add_click(link_.id, kettles_, 60 * 31);
  house_.add_click(link_.id, pans_, 60 * 30);
  import({{"1", "pending", "1.00", house_.token(sold)}, {"2", "pending", "2.00", ""}});
  const auto report = load({Model::Last, Model::Linear});
  EXPECT_EQ(report.modelled_count, 1);
  EXPECT_THAT(pence(report, kettles_), ElementsAre(100, 200));
  EXPECT_THAT(pence(report, pans_), ElementsAre(200, 100));
  for (const report::ModelRow& row : report.rows)
    EXPECT_EQ(row.evidence_micro, row.article == kettles_ ? 1'000'000 : 0);
}

TEST_F(ModelComparisonTest, ReversedIsLeftOutAndUnattributedHasARow) {
  import({{"1", "pending", "1.00", ""}});  // nobody clicked
  auto report = load();
  EXPECT_THAT(report.rows, IsEmpty());
  ASSERT_EQ(report.unattributed.size(), 1U);
  EXPECT_EQ(report.unattributed[0].evidence_micro, 1'000'000);
  EXPECT_TRUE(report.balanced);
  house_.add_click(link_.id, kettles_, 60 * 30);
  import({{"2", "declined", "2.00", ""}, {"3", "pending", "3.00", ""}});
  report = load({Model::Last});
  EXPECT_THAT(pence(report, kettles_), ElementsAre(400)) << "the one tried again and the third";
  EXPECT_TRUE(report.balanced);
  EXPECT_THAT(load({Model::Last}, 20'000, 20'001).rows, IsEmpty());
}

TEST_F(ModelComparisonTest, MarkovLearnsFromReadersWhoseTokensCameBack) {
  EXPECT_THAT(load({Model::Markov}).models[0].undefined, HasSubstr("no click"));
  // Each reader of pots sells; kettles are read by many who do not, and pans never lead to a sale.
  click(kettles_, 60 * 40, 1);
  const Click first = click(pots_, 60 * 39, 1);
  const Click second = click(pots_, 60 * 38, 2);
  for (std::uint64_t visitor = 3; visitor < 9; ++visitor) click(kettles_, 60 * 37, visitor);
  click(pans_, 60 * 36, 10);
  import({{"1", "pending", "1.00", house_.token(first)},
          {"2", "pending", "1.00", house_.token(second)},
          {"3", "pending", "7.00", ""}});
  const auto report = load({Model::Markov, Model::Shapley});
  ASSERT_EQ(report.models[0].undefined, "");
  EXPECT_EQ(report.modelled_count, 1);
  const auto of_pots = pence(report, pots_);
  const auto of_kettles = pence(report, kettles_);
  // Without pots nothing sells; without kettles half of it: 1 to 1/2 of 7.00, and tokens' 2.00.
  EXPECT_EQ(of_pots[0], 200 + 466);
  EXPECT_EQ(of_kettles[0], 233);
  EXPECT_EQ(pence(report, pans_)[0], 0);
  EXPECT_EQ(of_pots[1], 200 + 233) << "Shapley: three articles alike";
  EXPECT_EQ(pence(report, pans_)[1], 233);
  EXPECT_TRUE(report.balanced);
}

TEST_F(ModelComparisonTest, NothingIsBooked) {
  house_.add_click(link_.id, kettles_, 60 * 31);
  house_.add_click(link_.id, pans_, 60 * 30);
  import({{"1", "pending", "1.00", ""}});
  const auto id = house_.store->list_commissions(10).front().id;
  const auto bookings = [&] { return house_.store->list_bookings(id).size(); };
  const std::size_t before = bookings();
  load();
  EXPECT_EQ(bookings(), before);
  EXPECT_THAT(house_.store->list_past_matches(id), IsEmpty());
}

TEST_F(ModelComparisonTest, EveryModelSumsToWhatWasImported) {
  const bool holds = rc::check("conserves", [this] {
    const std::vector<ArticleId> articles{kettles_, pans_, pots_, {}};
    const std::vector<std::string_view> statuses{"pending", "approved", "declined"};
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
      house_.add_click(link_.id, *rc::gen::elementOf(articles), *rc::gen::inRange(1, 60 * 24 * 40));
    std::vector<std::string> texts;
    const int count = *rc::gen::inRange(1, 5);
    for (int n = 0; n < count; ++n) {
      texts.push_back(std::to_string(*rc::gen::inRange(1, 9)));
      const std::int64_t cents = *rc::gen::inRange(0, 99'999);
      texts.push_back(std::to_string(cents / 100) + "." +
                      std::to_string(cents % 100 + 100).substr(1));
    }
    std::vector<AwinSale> sales;
    for (std::size_t n = 0; n < texts.size(); n += 2)
      sales.push_back({texts[n], *rc::gen::elementOf(statuses), texts[n + 1], ""});
    import(sales);
    const auto report = load();
    RC_ASSERT(report.balanced);
    for (const report::ModelRow& total : report.total)
      for (std::size_t i = 0; i < report.models.size(); ++i) {
        if (!report.models[i].undefined.empty()) continue;
        std::int64_t imported = 0;
        for (const Money& money : report.imported)
          if (money.currency == total.currency) imported = money.micro_units;
        RC_ASSERT(total.earned_micro(i) == imported);
      }
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace candor::jobs
