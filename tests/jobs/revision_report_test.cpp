// What an article earned around its changes.
#include "jobs/revision_report.h"

#include <gmock/gmock.h>

#include "jobs/attribute.h"
#include "jobs/import_report.h"
#include "support/awin_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kDayMs = 86'400'000;

class RevisionReportTest : public testing::Test {
 protected:
  void scan(const std::string& title, int days_ago) {
    store::ArticleScan scan;
    scan.article.path = "/kettles/";
    scan.article.title = title;
    scan.article.verdict = "pass";
    scan.article.origin = "inject";
    scan.article.findings_json = "[]";
    scan.article.seen_at_ms = to_ms(house_.clock.now()) - days_ago * kDayMs;
    scan.links = {{.placement = 1, .href = "/go/kettle", .network = "awin", .slug = "kettle"}};
    house_.store->record_scans({scan});
  }
  report::RevisionReport load(std::int32_t days) {
    return load_revision_report(
        *house_.store, house_.zone,
        {.article = *house_.store->find_article("/kettles/"), .days = days, .today = today_});
  }
  void import(const std::vector<AwinSale>& sales) {
    ASSERT_TRUE(import_report(*house_.store, house_.clock, awin_report(sales), "awin.csv", {},
                              house_.nightly.currency, house_.nightly.zone)
                    .has_value());
    attribute(*house_.store, settings_);
  }
  std::string day(int days_ago) const { return rollup::format_day(today_ - days_ago); }

  SiteHouse house_;
  AttributionSettings settings_{house_.keys, house_.settings.hosts, {}};
  Link link_ = house_.add_link("kettle");
  rollup::DayNumber today_ = house_.zone.day_of(to_ms(house_.clock.now()));
};

TEST_F(RevisionReportTest, MoneyPerThousandViewsOnEachSideOfAChange) {
  scan("Kettles", 40);
  scan("The best kettles", 5);
  const ArticleId article = house_.store->find_article("/kettles/")->id;
  const Click early = house_.add_click(link_.id, article, 60 * 24 * 7);
  const Click late = house_.add_click(link_.id, article, 60 * 24 * 3);
  const std::string early_at = day(7) + " 23:00:00";
  const std::string late_at = day(3) + " 23:00:00";
  import({{"1", "approved", "4.00", house_.token(early), early_at},
          {"2", "pending", "9.00", house_.token(late), late_at},
          {"3", "declined", "5.00", house_.token(late), late_at}});
  rollup::ViewDayDeltas views;
  views.views[{today_ - 7, article, Verdict::Human}] = 500;
  views.views[{today_ - 5, article, Verdict::Human}] = 9'999;  // the day of the change: on no side
  views.views[{today_ - 3, article, Verdict::Human}] = 1'500;
  house_.store->add_views(views);

  const auto report = load(2);
  ASSERT_EQ(report.rows.size(), 1U) << "the first scan is no change";
  const report::RevisionRow& row = report.rows[0];
  EXPECT_EQ(row.day, day(5));
  EXPECT_THAT(row.what, HasSubstr("The best kettles"));
  EXPECT_EQ(row.before.from_day, day(7));
  EXPECT_EQ(row.before.to_day, day(6));
  EXPECT_EQ(row.before.figures.views, 500);
  EXPECT_EQ(row.before.figures.clicks, 1);
  const Currency gbp = find_currency("GBP").value();
  EXPECT_EQ(row.before.figures.rpm_micro(gbp), 8'000'000);
  EXPECT_EQ(row.after.figures.views, 1'500);
  EXPECT_EQ(row.after.figures.rpm_micro(gbp), 6'000'000);
  EXPECT_THAT(to_table(report), HasSubstr("8.00"));
  EXPECT_THAT(to_csv(report), HasSubstr(",after,2,1500,1,GBP,9.00,6.00"));
}

TEST_F(RevisionReportTest, UnknownViewsAreNotAvailableAndDaysToComeAreLeftOut) {
  scan("Kettles", 40);
  scan("Kettles, tested", 2);
  const ArticleId article = house_.store->find_article("/kettles/")->id;
  rollup::ViewDayDeltas views;
  views.views[{today_ - 4, article, Verdict::Human}] = 10;  // not all days before the change
  house_.store->add_views(views);
  const Click click = house_.add_click(link_.id, article, 60 * 24 * 4);
  import({{"1", "approved", "4.00", house_.token(click), day(4) + " 23:00:00"}});
  const auto report = load(7);
  ASSERT_EQ(report.rows.size(), 1U);
  EXPECT_EQ(report.rows[0].before.figures.views, std::nullopt);
  EXPECT_THAT(to_table(report), HasSubstr("n/a"));
  EXPECT_EQ(report.rows[0].after.days, 1) << "yesterday; today is not over";
  EXPECT_EQ(report.rows[0].after.figures.views, 0);
}

TEST_F(RevisionReportTest, EditsOfItsLinksAreChangesToo) {
  scan("Kettles", 40);
  EXPECT_THAT(load(7).rows, IsEmpty());
  store::LogEntry entry;
  entry.at_ms = to_ms(house_.clock.now()) - 3 * kDayMs;
  entry.who = "anna";
  entry.action = "PATCH /api/v1/links/{slug}";
  entry.subject = "kettle";
  entry.changes = R"({"destination":{"from":"a","to":"b"}})";
  house_.store->add_log_entry(entry);
  entry.subject = "teapot";
  house_.store->add_log_entry(entry);
  const auto report = load(7);
  ASSERT_EQ(report.rows.size(), 1U);
  EXPECT_EQ(report.rows[0].kind, report::RevisionKind::Link);
  EXPECT_EQ(report.rows[0].what, "link kettle: destination");
}

}  // namespace
}  // namespace candor::jobs
