#include "jobs/alerts.h"

#include <gmock/gmock.h>

#include "support/awin_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using testing::HasSubstr;

class AlertsTest : public testing::Test {
 protected:
  std::vector<report::Alert> find() {
    return find_alerts(*house_.store, house_.zone, to_ms(house_.clock.now()));
  }
  const report::Alert* find(std::string_view kind, std::string_view subject = "") {
    alerts_ = find();
    const auto at = std::ranges::find_if(alerts_, [&](const report::Alert& alert) {
      return alert.kind == kind && alert.subject == subject;
    });
    return at == alerts_.end() ? nullptr : &*at;
  }
  void add_clicks(ArticleId article, int days_ago, int count) {
    for (int i = 0; i < count; ++i) house_.add_click(link_.id, article, days_ago * 24 * 60 + 5 + i);
  }

  SiteHouse house_;
  Link link_ = house_.add_link("kettle");
  std::vector<report::Alert> alerts_;
};

TEST_F(AlertsTest, AQuietSiteHasNone) { EXPECT_TRUE(find().empty()); }

TEST_F(AlertsTest, ADayIsComparedWithItsWeekday) {
  const ArticleId article = house_.add_article("/kettles/");
  for (const int week : {1, 2, 3, 4}) add_clicks(article, 1 + 7 * week, 20);
  ASSERT_NE(find("drop"), nullptr) << "nothing at all yesterday";
  EXPECT_EQ(find("drop")->severity, "error");
  EXPECT_THAT(find("drop")->message, HasSubstr("0 clicks on 2026-11-17; the same weekday of the "
                                               "four weeks before had 20 on average"));
  add_clicks(article, 1, 9);
  EXPECT_NE(find("drop"), nullptr);
  add_clicks(article, 1, 1);
  EXPECT_EQ(find("drop"), nullptr) << "a half is no drop";
  add_clicks(article, 1, 50);
  EXPECT_EQ(find("spike"), nullptr) << "the threefold is no spike";
  add_clicks(article, 1, 1);
  EXPECT_NE(find("spike"), nullptr);
}

TEST_F(AlertsTest, FewClicksAndYoungSitesSayNothing) {
  const ArticleId article = house_.add_article("/kettles/");
  for (const int week : {1, 2, 3}) add_clicks(article, 1 + 7 * week, 60);
  EXPECT_EQ(find("drop"), nullptr) << "four weeks are needed";
  add_clicks(article, 1 + 7 * 4, 1);
  EXPECT_NE(find("drop"), nullptr);
}

TEST_F(AlertsTest, AnArticleIsComparedByWeeks) {
  const ArticleId kettles = house_.add_article("/kettles/");
  const ArticleId pans = house_.add_article("/pans/");
  for (const int week : {1, 2, 3, 4}) {
    add_clicks(kettles, 3 + 7 * week, 40);
    add_clicks(pans, 3 + 7 * week, 39);
  }
  add_clicks(kettles, 2, 19);
  ASSERT_NE(find("drop", "/kettles/"), nullptr);
  EXPECT_THAT(find("drop", "/kettles/")->message, HasSubstr("19 clicks in the seven days"));
  EXPECT_EQ(find("drop", "/pans/"), nullptr);
}

TEST_F(AlertsTest, DeadLinksOnEarningPagesComeFirst) {
  const ArticleId kettles = house_.add_article("/kettles/");
  house_.add_link("pan");
  store::ArticleScan scan;
  scan.article.path = "/kettles/";
  scan.links = {{.placement = 1, .href = "x", .network = "awin", .slug = "kettle"}};
  house_.store->record_scans({scan});
  for (const char* slug : {"pan", "kettle"})
    house_.store->record_link_checks({{.link = house_.store->find_link(std::string_view(slug))->id,
                                       .url = "https://shop.example/",
                                       .health = "dead",
                                       .status = 404,
                                       .detail = "it answers 404",
                                       .checked_at_ms = to_ms(house_.clock.now()),
                                       .failing_since_ms = to_ms(house_.clock.now()) - 86'400'000,
                                       .failures = 2}});
  ASSERT_NE(find("dead-link", "kettle"), nullptr);
  EXPECT_EQ(find("dead-link", "kettle")->severity, "warn") << "it earned nothing";
  const Click click = house_.add_click(link_.id, kettles, 60 * 30);
  house_.drop("awin.csv", awin_report({{"1", "approved", "3.14", house_.token(click)}}));
  run_nightly(house_.nightly);
  const auto alerts = find();
  ASSERT_EQ(alerts.size(), 2u);
  EXPECT_EQ(alerts[0].subject, "kettle");
  EXPECT_EQ(alerts[0].severity, "error");
  EXPECT_THAT(alerts[0].message,
              HasSubstr("leads nowhere since 2026-11-17 (it answers 404). It stands in /kettles/, "
                        "which earned GBP 3.14 in the last 28 days."));
  EXPECT_EQ(alerts[0].href, "#/links/detail?slug=kettle") << "the dashboard's address of a link";
  EXPECT_EQ(alerts[1].subject, "pan");
}

TEST_F(AlertsTest, AnImportGoesStale) {
  house_.drop("awin.csv", awin_report({{"1", "approved", "3.14", ""}}));
  run_nightly(house_.nightly);
  house_.clock.advance(std::chrono::hours(24 * 8));
  EXPECT_EQ(find("stale-import", "awin"), nullptr);
  house_.clock.advance(std::chrono::hours(24));
  ASSERT_NE(find("stale-import", "awin"), nullptr);
  EXPECT_THAT(find("stale-import", "awin")->message, HasSubstr("9 days ago"));
  house_.clock.advance(std::chrono::hours(24 * 90));
  EXPECT_EQ(find("stale-import", "awin"), nullptr) << "given up";
}

TEST_F(AlertsTest, PagesThatFailOrCannotBeJudgedAreTold) {
  for (const char* verdict : {"pass", "fail", "indeterminate"}) {
    store::ArticleScan scan;
    scan.article.path = std::string("/") + verdict + "/";
    scan.article.verdict = verdict;
    scan.article.findings_json = "[]";
    house_.store->record_scans({scan});
  }
  EXPECT_EQ(find("disclosure", "/pass/"), nullptr);
  EXPECT_NE(find("disclosure", "/fail/"), nullptr);
  EXPECT_NE(find("disclosure", "/indeterminate/"), nullptr);
}

}  // namespace
}  // namespace candor::jobs
