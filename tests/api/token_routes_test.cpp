// Tokens of programs: what they open, and that nothing but a hash of them is kept.
#include <sodium.h>

#include "api/api_house.h"
#include "api/routes.h"

namespace candor::api {
namespace {

using std::chrono::minutes;

class TokenRoutesTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  std::string make(const std::string& name) {
    const Asked asked =
        owner("POST", "/api/v1/tokens", json({{"name", name}, {"scope", "pages"}}).dump());
    EXPECT_EQ(asked.status, 201) << asked.response.body;
    return asked.body.value("token", "");
  }
  /// As a program of another machine asks.
  Asked with(const std::string& authorization, std::string_view method, const std::string& target,
             const std::string& session = {}) {
    http::Request request = request_for(method, target);
    request.headers = {{"Authorization", authorization}};
    return ask(request, {.local = false, .session_token = session});
  }
};

TEST_F(TokenRoutesTest, ATokenOpensTheRoutesForPagesAndNoOthers) {
  const std::string token = make("wordpress");
  EXPECT_TRUE(token.starts_with("cnd_"));
  EXPECT_EQ(token.size(), 4u + 43u) << "256 bits";
  std::vector<std::string> open;
  for (const Route& route : routes()) {
    if (route.access == Access::Public) continue;
    std::string target(route.pattern);
    if (const auto at = target.find('{'); at != std::string::npos)
      target.replace(at, target.find('}') - at + 1, "kettle");
    const Asked asked = with("Bearer " + token, route.method, target);
    if (asked.status == 403) continue;
    EXPECT_LT(asked.status, 400) << route.method << " " << target << asked.response.body;
    open.push_back(std::string(route.method) + " " + target);
  }
  EXPECT_THAT(open,
              testing::ElementsAre("POST /api/v1/audit", "POST /api/v1/inject", "GET /api/v1/links",
                                   "GET /api/v1/pages/fallback", "GET /api/v1/reports/articles"));
}

TEST_F(TokenRoutesTest, AWrongOrRevokedTokenIsRefusedEvenBesideASession) {
  const std::string token = make("wordpress");
  const std::string signed_in = session();
  for (const std::string& wrong : {std::string("cnd_wrong"), std::string(), token.substr(4),
                                   token.substr(0, token.size() - 1), token + "a"})
    EXPECT_EQ(with("Bearer " + wrong, "GET", "/api/v1/links", signed_in).status, 401) << wrong;
  EXPECT_EQ(with("bearer " + token, "GET", "/api/v1/links").status, 200);
  EXPECT_EQ(with("Basic b3duZXI6eA==", "GET", "/api/v1/links", signed_in).status, 200)
      << "a proxy's own sign-in";
  EXPECT_EQ(owner("DELETE", "/api/v1/tokens/wordpress").status, 200);
  EXPECT_EQ(with("Bearer " + token, "GET", "/api/v1/links").status, 401);
  EXPECT_EQ(owner("DELETE", "/api/v1/tokens/wordpress").status, 404);
}

TEST_F(TokenRoutesTest, TheListShowsUseAndNeverTheToken) {
  const std::string token = make("wordpress");
  EXPECT_EQ(get("/api/v1/tokens").body.at("data")[0].at("used_at"), nullptr);
  house_.clock.advance(minutes(5));
  with("Bearer " + token, "GET", "/api/v1/links");
  const Asked listed = get("/api/v1/tokens");
  EXPECT_NE(listed.body.at("data")[0].at("used_at"), nullptr);
  EXPECT_THAT(listed.response.body, testing::Not(testing::HasSubstr(token.substr(4))));
  EXPECT_EQ(house_.site.store.list_api_tokens().at(0).token_hash.find(token.substr(4)),
            std::string::npos);
}

TEST_F(TokenRoutesTest, NamesAreTakenOnceAndAreWords) {
  make("wordpress");
  const auto status = [&](const json& body) {
    return owner("POST", "/api/v1/tokens", body.dump()).status;
  };
  EXPECT_EQ(status({{"name", "wordpress"}, {"scope", "pages"}}), 409);
  EXPECT_EQ(status({{"name", "a b"}, {"scope", "pages"}}), 422);
  EXPECT_EQ(status({{"name", ""}, {"scope", "pages"}}), 422);
  EXPECT_EQ(status({{"name", std::string(65, 'a')}, {"scope", "pages"}}), 422);
  EXPECT_EQ(status({{"name", "other"}, {"scope", "everything"}}), 422);
  EXPECT_EQ(status({{"name", "other"}, {"scope", "shared"}}), 422);
  EXPECT_EQ(status({{"name", "other"}, {"scope", "read"}, {"days", 0}}), 422);
  EXPECT_EQ(status({{"name", "other"}}), 422);
}

TEST_F(TokenRoutesTest, ATokenHasSeveralScopesAndAnEnd) {
  const Asked made =
      owner("POST", "/api/v1/tokens",
            json({{"name", "sheet"}, {"scope", "revenue,  links"}, {"days", 2}}).dump());
  ASSERT_EQ(made.status, 201) << made.response.body;
  EXPECT_EQ(made.body.at("scope"), "links revenue");
  const std::string token = made.body.at("token");
  EXPECT_EQ(program(token, "GET", "/api/v1/revenue/imports").status, 200);
  EXPECT_EQ(program(token, "GET", "/api/v1/links").status, 200);
  EXPECT_EQ(program(token, "GET", "/api/v1/clicks").status, 403);
  house_.clock.advance(std::chrono::hours(48));
  EXPECT_EQ(program(token, "GET", "/api/v1/links").status, 401);
}

TEST_F(TokenRoutesTest, NoTokenMakesAnother) {
  const std::string token =
      owner("POST", "/api/v1/tokens", json({{"name", "all"}, {"scope", "admin"}}).dump())
          .body.at("token");
  EXPECT_EQ(program(token, "POST", "/api/v1/tokens", R"({"name":"x","scope":"read"})").status, 403);
  EXPECT_EQ(program(token, "POST", "/api/v1/account/invite").status, 403);
}

TEST_F(TokenRoutesTest, LinksAreSearchedByWhatPeopleKnowOfThem) {
  for (const char* slug : {"kettle", "pan", "tin-kettle"})
    owner("POST", "/api/v1/links",
          json({{"slug", slug}, {"destination", "https://shop.example/" + std::string(slug)}})
              .dump());
  EXPECT_EQ(get("/api/v1/links?search=KETTLE").body.at("data").size(), 2u);
  EXPECT_EQ(get("/api/v1/links?search=KETTLE&limit=1").body.at("data").size(), 1u);
  EXPECT_EQ(get("/api/v1/links?search=shop.example/pan").body.at("data").size(), 1u);
  EXPECT_EQ(get("/api/v1/links?search=spoon").body.at("data").size(), 0u);
}

}  // namespace
}  // namespace candor::api
