// Users: invited, given roles, removed; and the log of what they did.
#include <sodium.h>

#include "api/api_house.h"

namespace candor::api {
namespace {

using testing::HasSubstr;
using testing::Not;

class UserRoutesTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }
  json log(const std::string& query = {}) { return get("/api/v1/log" + query).body; }
};

TEST_F(UserRoutesTest, AnInvitationMakesAViewerUnlessItSaysMore) {
  const std::string token = session({{"name", "Anna@Example.com"}});
  const json session = browser("GET", "/api/v1/session", {}, token).body;
  EXPECT_EQ(session.at("user").at("name"), "anna@example.com");
  EXPECT_EQ(session.at("user").at("role"), "viewer");
  EXPECT_EQ(session.at("asks_name"), true);
  EXPECT_EQ(session.at("password_set"), false);
  const json users = get("/api/v1/users").body.at("data");
  ASSERT_EQ(users.size(), 2u);
  EXPECT_EQ(users[0].at("name"), "anna@example.com");
  EXPECT_NE(users[0].at("seen_at"), nullptr);
  EXPECT_EQ(users[1].at("name"), "owner");
  EXPECT_EQ(users[1].at("seen_at"), nullptr);
}

TEST_F(UserRoutesTest, AnInvitationOfAUserLetsThemInAnew) {
  session({{"name", "anna"}, {"role", "editor"}});
  EXPECT_EQ(sign_in({{"once", invite({{"name", "anna"}})}}).status, 204);
  const Asked other_role =
      owner("POST", "/api/v1/account/invite", R"({"name":"anna","role":"owner"})");
  EXPECT_EQ(other_role.status, 409);
  EXPECT_EQ(other_role.body.at("field"), "role");
}

TEST_F(UserRoutesTest, NamesAndRolesThatAreNoneAreRefused) {
  for (const std::string& name :
       {std::string("a b"), std::string("<b>"), std::string("a\n"), std::string("a\0b", 3),
        std::string(129, 'a'), std::string("ä")}) {
    const Asked asked =
        owner("POST", "/api/v1/account/invite",
              json({{"name", name + "x"}}).dump(-1, ' ', true, json::error_handler_t::replace));
    EXPECT_EQ(asked.status, 422) << name;
    EXPECT_EQ(asked.body.at("field"), "name");
  }
  EXPECT_EQ(owner("POST", "/api/v1/account/invite", R"({"name":"a","role":"king"})").status, 422);
  EXPECT_EQ(owner("PATCH", "/api/v1/users/owner", R"({"role":"king"})").status, 422);
  EXPECT_EQ(owner("PATCH", "/api/v1/users/nobody", R"({"role":"viewer"})").status, 404);
}

TEST_F(UserRoutesTest, TheOnlyOwnerStaysOne) {
  EXPECT_EQ(owner("PATCH", "/api/v1/users/owner", R"({"role":"viewer"})").status, 409);
  EXPECT_EQ(owner("DELETE", "/api/v1/users/owner").status, 409);
  session({{"name", "anna"}, {"role", "owner"}});
  EXPECT_EQ(owner("DELETE", "/api/v1/users/owner").status, 200);
  EXPECT_EQ(owner("POST", "/api/v1/account/invite").body.at("name"), "anna")
      << "the terminal is the first owner there is";
}

TEST_F(UserRoutesTest, TheLogTellsWhoChangedWhatFromWhere) {
  const std::string token = session({{"name", "anna"}, {"role", "editor"}});
  http::Request request =
      request_for("POST", "/api/v1/links",
                  json({{"slug", "kettle"}, {"destination", "https://shop.example/"}}).dump());
  request.headers = {{"X-Candor", csrf_token(token)}, {"X-Forwarded-For", "6.6.6.6, 192.0.2.7"}};
  request.peer = "127.0.0.1";
  ASSERT_EQ(ask(request, {.local = false, .session_token = token}).status, 201);
  request.method = "PATCH";
  request.target = request.path = "/api/v1/links/kettle";
  request.body = json({{"title", "=cmd|'<script>"}}).dump();
  request.headers.emplace_back("If-Match", "*");
  ASSERT_EQ(ask(request, {.local = false, .session_token = token}).status, 200);

  const json entries = log().at("data");
  EXPECT_EQ(entries[0].at("who"), "anna");
  EXPECT_EQ(entries[0].at("address"), "192.0.2.7");
  EXPECT_EQ(entries[0].at("action"), "PATCH /api/v1/links/{slug}");
  EXPECT_EQ(entries[0].at("what"), "Edit a link");
  EXPECT_EQ(entries[0].at("subject"), "kettle");
  EXPECT_EQ(entries[0].at("changes").at("title").at("from"), "");
  EXPECT_EQ(entries[0].at("changes").at("title").at("to"), "=cmd|'<script>");
  EXPECT_EQ(entries[0].at("changes").size(), 1u);
  EXPECT_EQ(entries[1].at("what"), "Add a link");
  EXPECT_EQ(entries[2].at("action"), "sign in by link");
  EXPECT_EQ(entries[3].at("who"), "terminal");
  EXPECT_EQ(entries[3].at("subject"), "anna");
}

TEST_F(UserRoutesTest, TheLogIsReadInPagesAndKeepsNoSecret) {
  const std::string password = "correct horse battery";
  owner("PUT", "/api/v1/account/password", json({{"password", password}}).dump());
  const Asked made =
      owner("POST", "/api/v1/tokens", json({{"name", "sheet"}, {"scope", "read"}}).dump());
  sign_in({{"password", "wrong " + password}});
  get("/api/v1/links");
  EXPECT_EQ(owner("POST", "/api/v1/links", "{}").status, 422) << "not a change";
  const Asked all = get("/api/v1/log");
  EXPECT_EQ(all.body.at("data").size(), 3u);
  EXPECT_EQ(all.body.at("data")[0].at("action"), "sign in refused");
  EXPECT_EQ(all.body.at("next"), nullptr);
  EXPECT_THAT(all.response.body, Not(HasSubstr(password)));
  EXPECT_THAT(all.response.body, Not(HasSubstr(made.body.at("token").get<std::string>())));
  const json first = log("?limit=2");
  ASSERT_EQ(first.at("data").size(), 2u);
  const json second = log("?limit=2&before=" + first.at("next").dump());
  ASSERT_EQ(second.at("data").size(), 1u);
  EXPECT_EQ(second.at("data")[0], all.body.at("data")[2]);
}

}  // namespace
}  // namespace candor::api
