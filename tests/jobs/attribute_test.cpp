#include "jobs/attribute.h"

#include <gmock/gmock.h>

#include <map>

#include "jobs/import_report.h"
#include "support/awin_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

class AttributeTest : public testing::Test {
 protected:
  void import(const std::vector<AwinSale>& sales) {
    const auto result = import_report(*house_.store, house_.clock, awin_report(sales), "awin.csv",
                                      {}, house_.nightly.currency, house_.nightly.zone);
    ASSERT_TRUE(result.has_value()) << result.error().message;
    ASSERT_EQ(result->import.bad_count, 0);
  }
  AttributionSummary book() {
    return attribute(*house_.store, {house_.keys, house_.settings.hosts, model_});
  }
  /// Commission booked to each article in pence; 0 is "unattributed".
  std::map<std::int64_t, std::int64_t> booked() const {
    std::map<std::int64_t, std::int64_t> out;
    for (const auto& state : house_.store->list_commissions(100))
      for (const auto& part : state.allocations)
        out[part.article.value] += part.commission_micro / 10'000;
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
  }
  using Booked = std::map<std::int64_t, std::int64_t>;

  attribution::ModelChoice model_;
  SiteHouse house_;
  Link link_ = house_.add_link("kettle");
  ArticleId kettles_ = house_.add_article("/kettles/");
};

TEST_F(AttributeTest, EachEventIsBookedOnce) {
  const Click click = house_.add_click(link_.id, kettles_, 60 * 48);
  import({{"1", "pending", "3.14", house_.token(click)}});
  EXPECT_EQ(book().booked, 1);
  EXPECT_EQ(book().booked, 0);
  EXPECT_EQ(booked(), (Booked{{kettles_.value, 314}}));
}

TEST_F(AttributeTest, MoreEventsThanABatchAreAllBooked) {
  const Click click = house_.add_click(link_.id, kettles_, 60 * 48);
  const std::string token = house_.token(click);
  std::vector<std::string> ids;
  std::vector<AwinSale> sales;
  for (int n = 0; n < 1001; ++n) ids.push_back(std::to_string(n));
  for (const auto& id : ids) sales.push_back({id, "pending", "0.01", token});
  import(sales);
  EXPECT_EQ(book().booked, 1001);
  const auto states = house_.store->list_commissions(2000);
  ASSERT_EQ(states.size(), 1001u);
  for (const auto& state : states) ASSERT_EQ(state.allocations.size(), 1u);
}

TEST_F(AttributeTest, EventsOfOneCommissionWaitingTogetherAreDividedByTheFirstsWeights) {
  import({{"1", "pending", "3.00", ""}});
  import({{"1", "approved", "2.00", ""}});
  const ArticleId pans = house_.add_article("/pans/");
  house_.add_click(link_.id, kettles_, 60 * 30);
  house_.add_click(link_.id, pans, 60 * 29);
  EXPECT_EQ(book().booked, 2);
  EXPECT_EQ(booked(), (Booked{{kettles_.value, 100}, {pans.value, 100}}));
}

TEST_F(AttributeTest, WeightsOnceFrozenStayWhateverIsLearnt) {
  house_.add_click(link_.id, kettles_, 60 * 30);
  import({{"1", "pending", "3.00", ""}});
  book();
  house_.add_click(link_.id, house_.add_article("/pans/"), 60 * 29);
  import({{"1", "approved", "3.50", ""}});
  book();
  EXPECT_EQ(booked(), (Booked{{kettles_.value, 350}}));
}

TEST_F(AttributeTest, UnattributedMoneyMovesOnceItsArticleIsKnown) {
  import({{"1", "pending", "3.14", "my-label"}, {"2", "pending", "1.00", "other"}});
  EXPECT_EQ(book().rebooked, 0);
  EXPECT_EQ(booked(), (Booked{{0, 414}}));
  house_.store->set_label_rules({{"awin", "sub-id", "my-label", kettles_}});
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{kettles_.value, 314}, {0, 100}}));
  EXPECT_EQ(book().rebooked, 0);
}

TEST_F(AttributeTest, MoreUnattributedThanABatchAreAllTriedAgain) {
  std::vector<std::string> ids;
  std::vector<AwinSale> sales;
  for (int n = 0; n < 1001; ++n) ids.push_back(std::to_string(n));
  for (int n = 0; n < 1001; ++n)
    sales.push_back({ids[static_cast<std::size_t>(n)], "pending", "0.01", n < 700 ? "a" : "b"});
  import(sales);
  book();
  house_.store->set_label_rules({{"awin", "sub-id", "b", kettles_}});
  EXPECT_EQ(book().rebooked, 301);
}

TEST_F(AttributeTest, ReversalNetsEveryArticleToZero) {
  house_.add_click(link_.id, kettles_, 60 * 30);
  house_.add_click(link_.id, house_.add_article("/pans/"), 60 * 29);
  house_.add_click(link_.id, {}, 60 * 28);
  import({{"1", "pending", "1.00", ""}});
  book();
  ASSERT_EQ(booked().size(), 3u);
  import({{"1", "declined", "0.00", ""}});
  book();
  EXPECT_EQ(booked(), Booked{});
}

}  // namespace
}  // namespace candor::jobs
