#include "api/api_house.h"

namespace candor::api {
namespace {

using testing::ElementsAre;

class AnnotationTest : public ApiTest {
 protected:
  std::vector<std::string> texts(const std::string& query) {
    std::vector<std::string> all;
    const json listed = get("/api/v1/annotations" + query).body;
    for (const json& each : listed.at("data")) all.push_back(each.at("text"));
    return all;
  }
  Asked add(const json& body) { return owner("POST", "/api/v1/annotations", body.dump()); }
};

TEST_F(AnnotationTest, IsOfTodayUnlessDaysAreSaid) {
  const Asked made = add({{"text", "moved to a new theme"}});
  ASSERT_EQ(made.status, 201);
  const json overview = get("/api/v1/overview").body;
  EXPECT_EQ(made.body.at("from"), overview.at("to"));
  EXPECT_EQ(made.body.at("to"), overview.at("to"));
  EXPECT_EQ(add({{"text", "sale"}, {"from", "2026-01-02"}}).body.at("to"), "2026-01-02");
  EXPECT_EQ(add({{"text", "x"}, {"from", "2026-01-02"}, {"to", "2026-01-05"}}).body.at("to"),
            "2026-01-05");
}

TEST_F(AnnotationTest, AnArticleShowsItsOwnAndThoseOfTheSite) {
  house_.add_article("/a");
  house_.add_article("/b");
  add({{"text", "site"}, {"from", "2026-01-02"}});
  add({{"text", "mine"}, {"from", "2026-01-03"}, {"article", "/a"}});
  add({{"text", "other"}, {"from", "2026-01-03"}, {"article", "/b"}});
  EXPECT_THAT(texts("?from=2026-01-01&to=2026-01-31"), ElementsAre("site", "mine", "other"));
  EXPECT_THAT(texts("?from=2026-01-01&to=2026-01-31&article=/a"), ElementsAre("site", "mine"));
  EXPECT_THAT(texts("?from=2026-01-03&to=2026-01-31&article=/a"), ElementsAre("mine"));
  EXPECT_EQ(get("/api/v1/annotations?article=/nowhere").status, 404);
}

TEST_F(AnnotationTest, SaysWhichMemberIsAtFault) {
  const auto field = [&](const json& body) { return add(body).body.value("field", ""); };
  EXPECT_EQ(field({{"text", ""}}), "text");
  EXPECT_EQ(field({{"text", std::string(501, 'x')}}), "text");
  EXPECT_EQ(field({{"text", "x"}, {"from", "2026-02-30"}}), "from");
  EXPECT_EQ(field({{"text", "x"}, {"from", "2026-02-03"}, {"to", "2026-02-02"}}), "to");
  EXPECT_EQ(field({{"text", "x"}, {"article", "/nowhere"}}), "article");
  EXPECT_EQ(field({{"text", "x"}, {"colour", "red"}}), "colour");
}

TEST_F(AnnotationTest, IsEditedAndRemovedByWhoSawItAsItIs) {
  const std::string one =
      "/api/v1/annotations/" +
      add({{"text", "sale"}, {"from", "2026-01-02"}}).body.at("id").get<std::string>();
  const std::string session = this->session();
  const json change{{"text", "sale over"}};
  EXPECT_EQ(browser("PATCH", one, change.dump(), session).status, 428);
  const Asked changed = owner("PATCH", one, change.dump());
  EXPECT_EQ(changed.body.at("text"), "sale over");
  EXPECT_EQ(changed.body.at("from"), "2026-01-02");
  EXPECT_EQ(changed.header("ETag"), "\"2\"");
  http::Request stale = request_for("DELETE", one);
  stale.headers = {
      {"Sec-Fetch-Site", "same-origin"}, {"X-Candor", csrf_token(session)}, {"If-Match", "\"1\""}};
  EXPECT_EQ(ask(stale, {.local = false, .session_token = session}).status, 412);
  EXPECT_EQ(owner("DELETE", one).status, 200);
  EXPECT_EQ(owner("DELETE", one).status, 404);
  EXPECT_EQ(owner("PATCH", "/api/v1/annotations/x", change.dump()).status, 404);
}

}  // namespace
}  // namespace candor::api
