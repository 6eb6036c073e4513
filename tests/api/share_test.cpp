// Links that show one report: only that, only for a while.
#include <sodium.h>

#include "api/api_house.h"

namespace candor::api {
namespace {

using std::chrono::hours;

class ShareTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  void SetUp() override {
    const LinkId link = house_.add_link("kettle").id;
    for (const char* path : {"/reviews/kettle/", "/reviews/pan/", "/diary/"})
      house_.add_click(link, house_.add_article(path));
    house_.add_click(link, ArticleId{});
  }
  std::string share(const json& body) {
    const Asked asked = owner("POST", "/api/v1/shares", body.dump());
    EXPECT_EQ(asked.status, 201) << asked.response.body;
    const std::string url = asked.body.value("url", "");
    EXPECT_THAT(url, testing::StartsWith("http://127.0.0.1:8081/#/shared?key=cns_"));
    return url.substr(url.find("key=") + 4);
  }
  Asked show(const std::string& key, const std::string& query = {}) {
    return program(key, "GET", "/api/v1/shared" + query);
  }
  static std::vector<std::string> paths_of(const Asked& asked) {
    std::vector<std::string> paths;
    for (const json& row : asked.body.at("data")) paths.push_back(row.at("path"));
    return paths;
  }
};

TEST_F(ShareTest, AShareShowsItsSegmentAndNothingElse) {
  const std::string key =
      share({{"name", "writer"}, {"report", "articles"}, {"path", "/reviews/"}});
  const Asked shown = show(key, "?path=/&from=2020-01-01");
  ASSERT_EQ(shown.status, 200) << shown.response.body;
  EXPECT_THAT(paths_of(shown), testing::UnorderedElementsAre("/reviews/kettle/", "/reviews/pan/"));
  EXPECT_EQ(shown.body.at("clicks"), 2);
  EXPECT_THAT(shown.response.body, testing::Not(testing::HasSubstr("diary")));
  EXPECT_THAT(shown.response.body, testing::Not(testing::HasSubstr("unattributed")));
  for (const char* target : {"/api/v1/reports/articles", "/api/v1/links", "/api/v1/overview",
                             "/api/v1/shares", "/api/v1/articles/detail?path=/reviews/pan/"})
    EXPECT_EQ(program(key, "GET", target).status, 403) << target;
}

TEST_F(ShareTest, AnArticleIsShownByDay) {
  const std::string key =
      share({{"name", "one"}, {"report", "article"}, {"path", "/reviews/pan/"}, {"range_days", 7}});
  const Asked shown = show(key);
  EXPECT_THAT(paths_of(shown), testing::ElementsAre("/reviews/pan/"));
  EXPECT_EQ(shown.body.at("title"), "Title of /reviews/pan/");
  EXPECT_EQ(shown.body.at("days").size(), 7u);
}

TEST_F(ShareTest, ItEndsByItselfAndWhenItIsRevoked) {
  const std::string brief = share({{"name", "brief"}, {"report", "articles"}, {"days", 1}});
  const std::string gone = share({{"name", "gone"}, {"report", "articles"}});
  EXPECT_EQ(show(brief).status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/shares/gone").status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/shares/gone").status, 404);
  EXPECT_EQ(show(gone).status, 401);
  house_.clock.advance(hours(24));
  EXPECT_EQ(show(brief).status, 401);
}

TEST_F(ShareTest, TheListTellsUseAndNeverTheKey) {
  const std::string key = share({{"name", "writer"}, {"report", "articles"}});
  EXPECT_EQ(get("/api/v1/shares").body.at("data")[0].at("used_at"), nullptr);
  show(key);
  const Asked listed = get("/api/v1/shares");
  EXPECT_NE(listed.body.at("data")[0].at("used_at"), nullptr);
  EXPECT_THAT(listed.response.body, testing::Not(testing::HasSubstr(key.substr(4))));
}

TEST_F(ShareTest, WhatMakesNoSenseIsRefused) {
  const auto field = [&](const json& body) {
    const Asked asked = owner("POST", "/api/v1/shares", body.dump());
    EXPECT_EQ(asked.status, 422) << body;
    return asked.body.value("field", "");
  };
  EXPECT_EQ(field({{"name", "a b"}, {"report", "articles"}}), "name");
  EXPECT_EQ(field({{"name", "a"}, {"report", "links"}}), "report");
  EXPECT_EQ(field({{"name", "a"}, {"report", "articles"}, {"path", "reviews"}}), "path");
  EXPECT_EQ(field({{"name", "a"}, {"report", "article"}, {"path", "/none/"}}), "path");
  EXPECT_EQ(field({{"name", "a"}, {"report", "articles"}, {"days", 367}}), "days");
  EXPECT_EQ(field({{"name", "a"}, {"report", "articles"}, {"range_days", 0}}), "range_days");
  share({{"name", "a"}, {"report", "articles"}});
  EXPECT_EQ(owner("POST", "/api/v1/shares", R"({"name":"a","report":"articles"})").status, 409);
}

}  // namespace
}  // namespace candor::api
