// The numbers: report, overview and article agree, over the days that were asked for.
#include "api/api_house.h"
#include "jobs/mapping_files.h"
#include "support/awin_report.h"

namespace candor::api {
namespace {

class ReportRoutesTest : public ApiTest {
 protected:
  Asked import(const std::vector<AwinSale>& sales) {
    return owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=awin.csv",
                 awin_report(sales));
  }
  std::vector<std::string> problems() {
    std::vector<std::string> kinds;
    const json overview = get("/api/v1/overview").body;
    for (const json& problem : overview.at("problems")) kinds.push_back(problem.at("kind"));
    return kinds;
  }

  Link link_ = house_.add_link("kettle");
  ArticleId article_ = house_.add_article("/kettles/");
};

TEST_F(ReportRoutesTest, OverviewArticleAndReportShowTheSameNumbers) {
  const Click click = house_.add_click(link_.id, article_, 60 * 48);
  house_.add_click(link_.id, article_, 60 * 24);
  house_.add_click(link_.id, article_, 60 * 24, Verdict::Bot);
  house_.add_click(link_.id, {}, 5);
  import({{"1", "approved", "3.14", house_.token(click)}, {"2", "pending", "1.00", "lost"}});

  const json report = get("/api/v1/reports/articles").body;
  const json overview = get("/api/v1/overview").body;
  const json total = report.at("total");
  EXPECT_EQ(report.at("balanced"), true);
  EXPECT_EQ(total.at("clicks"), 3);
  EXPECT_EQ(total.at("gross_clicks"), 4);
  EXPECT_EQ(overview.at("clicks").at("net"), total.at("clicks"));
  EXPECT_EQ(overview.at("clicks").at("gross"), total.at("gross_clicks"));
  EXPECT_EQ(overview.at("clicks").at("by_verdict").at("bot"), 1);
  EXPECT_EQ(overview.at("revenue"), total.at("revenue"));
  EXPECT_EQ(overview.at("unattributed"), report.at("unattributed").at("revenue"));
  EXPECT_EQ(overview.at("from"), report.at("from"));
  EXPECT_EQ(overview.at("days").size(), 28u);
  std::int64_t net = 0;
  for (const json& day : overview.at("days")) net += day.at("net").get<std::int64_t>();
  EXPECT_EQ(net, 3);

  const json detail = get("/api/v1/articles/detail?path=/kettles/").body;
  EXPECT_EQ(detail.at("article").at("path"), "/kettles/");
  net = 0;
  for (const json& day : detail.at("days")) net += day.at("net").get<std::int64_t>();
  EXPECT_EQ(net, 2);
  EXPECT_EQ(get("/api/v1/articles/detail?path=/none/").status, 404);
}

TEST_F(ReportRoutesTest, DaysDefaultToTheLast28AndAreChecked) {
  const json report = get("/api/v1/reports/articles").body;
  EXPECT_EQ(report.at("to"), "2026-11-18");
  EXPECT_EQ(report.at("from"), "2026-10-22");
  EXPECT_EQ(get("/api/v1/reports/articles?to=2026-03-31").body.at("from"), "2026-03-04");
  EXPECT_EQ(get("/api/v1/reports/articles?from=2026-03-04&to=2026-03-04").status, 200);
  for (const auto& [query, field] :
       {std::pair{"from=yesterday", "from"}, std::pair{"to=2026-02-30", "to"},
        std::pair{"from=2026-03-02&to=2026-03-01", "from"},
        std::pair{"from=2000-01-01&to=2026-01-01", "from"}, std::pair{"from=2027-01-01", "from"}}) {
    for (const char* route : {"/api/v1/reports/articles?", "/api/v1/overview?",
                              "/api/v1/articles/detail?path=/kettles/&"}) {
      const Asked asked = get(std::string(route) + query);
      EXPECT_EQ(asked.status, 422) << route << query;
      EXPECT_EQ(asked.body.value("field", ""), field) << route << query;
    }
  }
}

TEST_F(ReportRoutesTest, ReportComesAsJsonCsvOrTable) {
  const Asked csv = get("/api/v1/reports/articles?format=csv");
  EXPECT_EQ(csv.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_THAT(csv.header("Content-Disposition"),
              testing::HasSubstr("articles-2026-10-22-2026-11-18.csv"));
  EXPECT_THAT(get("/api/v1/reports/articles?format=table").response.body,
              testing::HasSubstr("/kettles/"));
  EXPECT_EQ(get("/api/v1/reports/articles?format=xml").body.at("field"), "format");
}

TEST_F(ReportRoutesTest, ImportIsListedAndItsBadRowsNamed) {
  const Asked asked = import({{"1", "approved", "3.14", ""}, {"2", "approved", "much", ""}});
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.at("import").at("new_count"), 1);
  EXPECT_EQ(asked.body.at("errors").at(0).at("row"), 3);
  EXPECT_EQ(asked.body.at("repeated"), false);
  const json list = get("/api/v1/revenue/imports").body.at("data");
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list.at(0).at("file_name"), "awin.csv");
  const json kept = get("/api/v1/revenue/imports/" + list.at(0).at("id").dump()).body;
  EXPECT_EQ(kept.at("import"), list.at(0));
  EXPECT_EQ(kept.at("errors"), asked.body.at("errors"));
  const Asked refused = owner("POST", "/api/v1/revenue/imports", "milk,eggs\n1,2\n");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.body.at("field"), "file");
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports?currency=QQQQ", "x").body.at("field"),
            "currency");
}

TEST_F(ReportRoutesTest, AReportWithoutDaysIsImportedForTheDaysThatAreSaid) {
  const std::string report =
      "Tracking Id,Clicks,Items Ordered,Ordered Revenue,Items Shipped,Items Returned,Items Shipped "
      "Revenue,Items Returned Revenue,Total Earnings,Bonus,Items Shipped Earnings,Items Returned "
      "Earnings\nsite-20,120,3,269.97,2,1,179.98,89.99,4.05,0.00,8.10,4.05\n";
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports", report).status, 422);
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports?from=yesterday", report).body.at("field"),
            "from");
  const Asked asked =
      owner("POST", "/api/v1/revenue/imports?from=2026-11-01&to=2026-11-15", report);
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.body.at("import").at("new_count"), 1);
}

TEST_F(ReportRoutesTest, AMappedLayoutIsImportedByItsMapping) {
  const std::string report = "Day,Payout,Ref\n2026-11-17,3.14,lost\n";
  EXPECT_EQ(owner("POST", "/api/v1/revenue/imports", report).status, 422);
  auto mapping = networks::guess_mapping(report)->mapping;
  mapping.name = mapping.network = "acme";
  mapping.currency = find_currency("EUR");
  mapping.columns[networks::ColumnRole::Date] = "day";
  jobs::save_mapping(house_.nightly.mapping_directory, mapping);
  const Asked asked = owner("POST", "/api/v1/revenue/imports", report);
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.body.at("import").at("network"), "acme");
  EXPECT_EQ(asked.body.at("import").at("new_count"), 1);
}

TEST_F(ReportRoutesTest, OverviewForgetsAFailureOnceTheStepHasRunAgain) {
  house_.absorb = []() -> std::uint64_t { throw std::runtime_error("the journal is gone"); };
  const json failed = owner("POST", "/api/v1/jobs/nightly").body;
  EXPECT_EQ(failed.at("failed"), true);
  EXPECT_THAT(problems(), testing::ElementsAre("job"));
  house_.absorb = nullptr;
  EXPECT_EQ(owner("POST", "/api/v1/jobs/nightly").body.at("failed"), false);
  EXPECT_TRUE(problems().empty());
  EXPECT_EQ(get("/api/v1/jobs").body.at("data").size(), 8u);
  house_.clock.advance(std::chrono::hours(49));
  EXPECT_THAT(problems(), testing::ElementsAre("job")) << "nobody runs it";
}

TEST_F(ReportRoutesTest, OverviewTellsOfClicksThatWereNotRecordedAndPagesThatFail) {
  store::Run run;
  run.accepted = 5;
  run.recorded = 2;
  run.unrecorded = 3;
  house_.site.front = [run] { return std::optional(run); };
  owner("POST", "/api/v1/audit?path=/bare/",
        "<p><a href='https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2'>x</a></p>");
  EXPECT_THAT(problems(), testing::UnorderedElementsAre("disclosure", "unrecorded"));
}

TEST_F(ReportRoutesTest, NightlyAndImportTakeTurns) {
  const std::scoped_lock lock(house_.nightly_mutex);
  EXPECT_EQ(owner("POST", "/api/v1/jobs/nightly").status, 503);
}

}  // namespace
}  // namespace candor::api
