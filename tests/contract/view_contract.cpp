#include <gmock/gmock.h>

#include "contract/store_contract.h"

namespace candor::contract {
namespace {

rollup::ViewDayDeltas some_views() {
  rollup::ViewDayDeltas deltas;
  deltas.views[{day("2026-01-02"), ArticleId{3}, Verdict::Human}] = 5;
  deltas.views[{day("2026-01-02"), ArticleId{3}, Verdict::Bot}] = 2;
  deltas.views[{day("2026-01-03"), ArticleId{3}, Verdict::Human}] = 1;
  deltas.views[{day("2026-01-03"), ArticleId{4}, Verdict::Bot}] = 9;
  deltas.impressions[{day("2026-01-02"), ArticleId{3}, LinkId{7}, Verdict::Human}] = 4;
  deltas.impressions[{day("2026-01-02"), ArticleId{3}, LinkId{7}, Verdict::Bot}] = 8;
  return deltas;
}

TEST_P(StoreContract, ViewsAddUpPerArticleAndAreOfPeople) {
  store().add_views(some_views());
  store().add_views(some_views());
  reopen();
  const auto views = store().views_by_article(day("2026-01-01"), day("2026-01-03"));
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].article, ArticleId{3});
  EXPECT_EQ(views[0].views, 12);
  EXPECT_EQ(store().views_by_article(day("2026-01-03"), day("2026-01-03"))[0].views, 2);
  EXPECT_TRUE(store().views_by_article(day("2026-01-04"), day("2026-01-09")).empty());
  const auto seen = store().impressions_by_link(ArticleId{3}, day("2026-01-01"), day("2026-01-03"));
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].link, LinkId{7});
  EXPECT_EQ(seen[0].impressions, 8);
}

TEST_P(StoreContract, ReportRatesAreOfTheDaysSinceViewsAreCounted) {
  store::ArticleScan scan;
  scan.article.path = "/kettles/";
  scan.article.findings_json = "[]";
  scan.article.origin = "owner";
  store::ArticleScan other = scan;
  other.article.path = "/pots/";
  store().record_scans({scan, other});
  const ArticleId kettles = store().find_article(std::string_view("/kettles/"))->id;
  constexpr std::int64_t kDayMs = 86'400'000;
  const std::int64_t first_ms = berlin().start_of(day("2026-01-01"));
  store().absorb({make_click(first_ms + 1, LinkId{7}, kettles),
                  make_click(first_ms + kDayMs + 1, LinkId{7}, kettles)},
                 berlin(), {.segment = 1, .offset = 9});
  rollup::ViewDayDeltas deltas;
  deltas.views[{day("2026-01-02"), kettles, Verdict::Human}] = 4;
  store().add_views(deltas);

  const auto report = store().load_articles_report(berlin(), day("2026-01-01"), day("2026-01-02"));
  for (const report::ArticleRow& row : report.rows) {
    if (row.article != kettles) {
      EXPECT_FALSE(row.views) << row.path;
      continue;
    }
    EXPECT_EQ(row.clicks, 2);
    EXPECT_EQ(row.views, 4);
    EXPECT_EQ(row.ctr_micro(), 250'000) << "the day before views were counted has no part in it";
  }
  const auto before = store().load_articles_report(berlin(), day("2025-12-30"), day("2026-01-01"));
  for (const report::ArticleRow& row : before.rows) EXPECT_FALSE(row.views);
}

}  // namespace
}  // namespace candor::contract
