#include "jobs/retention.h"

#include <gtest/gtest.h>

#include "support/site_house.h"

namespace candor::jobs {
namespace {

constexpr int kDay = 24 * 60;

class Retention : public testing::Test {
 protected:
  RetentionReport run(int raw_click_days, bool dry_run = false) {
    return run_retention(*house_.store, house_.zone, house_.clock, house_.random,
                         {.raw_click_days = raw_click_days}, dry_run);
  }
  std::size_t days_of_rows() {
    return house_.store->list_row_days(house_.zone.day_of(to_ms(house_.clock.now())) + 1).size();
  }

  SiteHouse house_;
  Link link_ = house_.add_link("kettle");
};

TEST_F(Retention, DaysThatAreOverAreClosedAndOldOnesPacked) {
  for (const int days : {9, 4, 3, 1, 0}) house_.add_click(link_.id, {}, days * kDay);
  const RetentionReport report = run(3);
  EXPECT_EQ(report.closed_days, 4);
  EXPECT_EQ(report.packed_days, 2);
  EXPECT_EQ(report.packed_clicks, 2);
  EXPECT_TRUE(report.refused.empty());
  EXPECT_EQ(days_of_rows(), 3u);
}

TEST_F(Retention, ASecondRunHasNothingToDo) {
  house_.add_click(link_.id, {}, 9 * kDay);
  run(3);
  const RetentionReport again = run(3);
  EXPECT_EQ(again.closed_days, 0);
  EXPECT_EQ(again.packed_days, 0);
}

TEST_F(Retention, ADryRunChangesNothing) {
  house_.add_click(link_.id, {}, 9 * kDay);
  const RetentionReport report = run(3, true);
  EXPECT_EQ(report.packed_clicks, 1);
  EXPECT_EQ(report.closed_days, 1);
  EXPECT_EQ(days_of_rows(), 1u);
}

TEST_F(Retention, DaysWhoseSaltMayStillLiveStayRows) {
  for (const int days : {3, 2, 1}) house_.add_click(link_.id, {}, days * kDay);
  EXPECT_EQ(run(0).packed_days, 1);
}

}  // namespace
}  // namespace candor::jobs
