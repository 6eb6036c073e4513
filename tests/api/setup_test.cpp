// First steps that tick themselves, places of links on a page, problems by the money at risk.
#include "api/api_house.h"
#include "support/awin_report.h"

namespace candor::api {
namespace {

using testing::ElementsAre;

class SetupTest : public ApiTest {
 protected:
  std::vector<std::string> done() {
    std::vector<std::string> ids;
    const json setup = get("/api/v1/setup").body;
    for (const json& step : setup.at("steps"))
      if (step.at("done") == true) ids.push_back(step.at("id"));
    return ids;
  }
  void import(const std::vector<AwinSale>& sales) {
    owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=awin.csv", awin_report(sales));
  }
};

TEST_F(SetupTest, StepsAreDoneByWhatHappened) {
  EXPECT_THAT(done(), ElementsAre());
  EXPECT_TRUE(get("/api/v1/setup").body.at("test_link").is_null());
  const Link link = house_.add_link("kettle");
  EXPECT_THAT(done(), ElementsAre("link"));
  EXPECT_EQ(get("/api/v1/setup").body.at("test_link"), "kettle");
  const ArticleId article = house_.add_article("/kettles/");
  EXPECT_THAT(done(), ElementsAre("link", "page"));
  EXPECT_TRUE(get("/api/v1/setup").body.at("test_seen_at").is_null());
  const Click click = house_.add_click(link.id, article, 60 * 48, Verdict::Test);
  EXPECT_FALSE(get("/api/v1/setup").body.at("test_seen_at").is_null());
  import({{"1", "approved", "3.14", house_.token(click)}});
  EXPECT_THAT(done(), ElementsAre("link", "page", "click", "import"));
}

TEST_F(SetupTest, PlacesSumToTheArticlesClicksAndMoney) {
  const Link link = house_.add_link("kettle");
  const ArticleId article = house_.add_article("/kettles/");
  const auto add = [&](int placement, int n) {
    Click click = contract::make_click(to_ms(house_.clock.now()) - (48 + n) * 3'600'000LL, link.id,
                                       article, Verdict::Human, n);
    click.placement = static_cast<std::uint16_t>(placement);
    house_.store->absorb({click}, house_.zone, {1, static_cast<std::uint64_t>(n)});
    return click;
  };
  const Click first = add(1, 1);
  add(1, 2);
  add(3, 4);
  import({{"1", "approved", "3.14", house_.token(first)}});
  const json places = get("/api/v1/articles/places?path=/kettles/").body.at("data");
  ASSERT_EQ(places.size(), 2u) << places;
  EXPECT_EQ(places[0].at("placement"), 1);
  EXPECT_EQ(places[0].at("clicks"), 2);
  EXPECT_EQ(places[0].at("revenue")[0].at("earned_micro"), 3'140'000);
  EXPECT_EQ(places[1].at("placement"), 3);
  EXPECT_EQ(places[1].at("clicks"), 1);
  EXPECT_TRUE(places[1].at("revenue").empty());
  EXPECT_EQ(get("/api/v1/articles/places?path=/nowhere/").status, 404);
}

TEST_F(SetupTest, ProblemsComeByTheMoneyAtRisk) {
  const Link link = house_.add_link("kettle");
  for (const char* path : {"/a-poor/", "/b-rich/"}) {
    store::ArticleScan scan;
    scan.article.path = path;
    scan.article.verdict = "fail";
    scan.article.findings_json = "[]";
    house_.store->record_scans({scan});
  }
  const ArticleId rich = house_.store->find_article("/b-rich/").value().id;
  import({{"1", "approved", "3.14", house_.token(house_.add_click(link.id, rich, 60 * 48))}});
  house_.store->finish_job(house_.store->start_job("nightly", "import", 1), "failed", "", "x", 2);
  const json problems = get("/api/v1/overview").body.at("problems");
  ASSERT_EQ(problems.size(), 3u) << problems;
  EXPECT_EQ(problems[0].at("kind"), "job") << "it puts all of the money in doubt";
  EXPECT_EQ(problems[1].at("subject"), "/b-rich/");
  EXPECT_EQ(problems[1].at("at_risk")[0].at("earned_micro"), 3'140'000);
  EXPECT_EQ(problems[2].at("subject"), "/a-poor/");
  EXPECT_TRUE(problems[2].at("at_risk").empty());
}

}  // namespace
}  // namespace candor::api
