#include <sodium.h>

#include "api/api_house.h"

namespace candor::api {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
constexpr std::string_view kPassword = "correct horse battery";

class SessionTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  void set_password() {
    ASSERT_EQ(
        owner("PUT", "/api/v1/account/password", json({{"password", kPassword}}).dump()).status,
        204);
  }
  int with_session(const std::string& token) {
    return browser("GET", "/api/v1/links", {}, token).status;
  }
};

TEST_F(SessionTest, OneTimeLinkWorksOnce) {
  const std::string secret = invite();
  const Asked first = sign_in({{"once", secret}});
  EXPECT_EQ(first.status, 204);
  EXPECT_THAT(first.header("Set-Cookie"), testing::HasSubstr("HttpOnly; SameSite=Strict"));
  EXPECT_THAT(first.header("Set-Cookie"), testing::Not(testing::HasSubstr("Secure")));
  EXPECT_EQ(first.header("Cache-Control"), "no-store");
  const Asked second = sign_in({{"once", secret}});
  EXPECT_EQ(second.status, 403);
  EXPECT_EQ(second.body.at("field"), "once");
  EXPECT_EQ(second.header("Set-Cookie"), "");
}

TEST_F(SessionTest, OneTimeLinkExpiresAfterAnHour) {
  const std::string early = invite();
  const std::string late = invite();
  house_.clock.advance(minutes(59));
  EXPECT_EQ(sign_in({{"once", early}}).status, 204);
  house_.clock.advance(minutes(2));
  EXPECT_EQ(sign_in({{"once", late}}).status, 403);
}

TEST_F(SessionTest, CookieIsSecureBehindHttps) {
  house_.site.admin_url = "https://admin.example";
  const std::string cookie = sign_in({{"once", invite()}}).header("Set-Cookie");
  EXPECT_THAT(cookie, testing::StartsWith("__Host-candor_session="));
  EXPECT_THAT(cookie, testing::HasSubstr("; Path=/;"));
  EXPECT_THAT(cookie, testing::HasSubstr("; Secure"));
  EXPECT_THAT(cookie, testing::Not(testing::HasSubstr("Domain")));
}

TEST_F(SessionTest, NoLinkIsMadeWhileNoDashboardRuns) {
  house_.site.admin_url.clear();
  EXPECT_EQ(owner("POST", "/api/v1/account/invite").status, 409);
}

TEST_F(SessionTest, PasswordSignsInAndTenWrongOnesCloseTheDoorForAWhile) {
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 403) << "none is set";
  set_password();
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 204);
  for (int n = 0; n < 9; ++n) {
    house_.clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(sign_in({{"password", "wrong password"}}).status, 403);
  }
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 429) << "also the right one";
  EXPECT_EQ(sign_in({{"once", invite()}}).status, 204) << "the owner still has the terminal";
  house_.clock.advance(minutes(10));
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 204);
}

TEST_F(SessionTest, AClosedDoorSaysWhenItOpens) {
  set_password();
  for (int n = 0; n < 10; ++n) sign_in({{"password", "wrong password"}});
  house_.clock.advance(minutes(9));
  EXPECT_EQ(sign_in({{"password", kPassword}}).header("Retry-After"), "60");
}

TEST_F(SessionTest, ThirtyWrongTriesFromOneAddressCloseItForEveryName) {
  set_password();
  const auto from = [&](const char* peer, const json& with) {
    http::Request request = request_for("POST", "/api/v1/session", with.dump());
    request.headers = {{"X-Candor", "1"}};
    request.peer = peer;
    return ask(request, {}).status;
  };
  for (int n = 0; n < 30; ++n)
    EXPECT_EQ(from("192.0.2.1", {{"name", "nobody" + std::to_string(n)}, {"password", "wrong"}}),
              403);
  EXPECT_EQ(from("192.0.2.1", {{"password", kPassword}}), 429);
  EXPECT_EQ(from("192.0.2.2", {{"password", kPassword}}), 204);
}

TEST_F(SessionTest, AUnknownNameIsRefusedAsAWrongPasswordIs) {
  set_password();
  const Asked known = sign_in({{"name", "owner"}, {"password", "wrong password"}});
  const Asked unknown = sign_in({{"name", "nobody"}, {"password", "wrong password"}});
  EXPECT_EQ(known.response.body, unknown.response.body);
  EXPECT_EQ(sign_in({{"name", " Owner"}, {"password", kPassword}}).status, 204);
}

TEST_F(SessionTest, SigningInEndsTheSessionTheBrowserHad) {
  const std::string before = session();
  const Asked again = browser("POST", "/api/v1/session", json({{"once", invite()}}).dump(), before);
  ASSERT_EQ(again.status, 204);
  EXPECT_NE(token_of(again), before);
  EXPECT_EQ(with_session(before), 401);
  EXPECT_EQ(with_session(token_of(again)), 200);
}

TEST_F(SessionTest, ChangingThePasswordTakesTheCurrentOne) {
  set_password();
  const std::string token = token_of(sign_in({{"password", kPassword}}));
  const std::string other = token_of(sign_in({{"password", kPassword}}));
  const auto change = [&](const json& body) {
    return browser("PUT", "/api/v1/account/password", body.dump(), token);
  };
  EXPECT_EQ(change({{"password", "another long one"}}).body.at("field"), "current");
  EXPECT_EQ(change({{"password", "another long one"}, {"current", "wrong"}}).status, 403);
  EXPECT_EQ(with_session(other), 200);
  EXPECT_EQ(change({{"password", "another long one"}, {"current", kPassword}}).status, 204);
  EXPECT_EQ(with_session(token), 200);
  EXPECT_EQ(with_session(other), 401) << "all others are signed out";
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 403);
}

TEST_F(SessionTest, WhoCameByALinkMaySetThePasswordAnewForAQuarterOfAnHour) {
  set_password();
  const std::string token = session();
  const std::string body = json({{"password", "another long one"}}).dump();
  house_.clock.advance(minutes(16));
  EXPECT_EQ(browser("PUT", "/api/v1/account/password", body, token).status, 422);
  EXPECT_EQ(browser("PUT", "/api/v1/account/password", body, session()).status, 204);
}

TEST_F(SessionTest, SessionsAreListedAndEndedOneByOneAndAllOthers) {
  const std::string mine = session();
  const std::string other = session();
  const std::string annas = session({{"name", "anna"}, {"role", "viewer"}});
  const json listed = browser("GET", "/api/v1/account/sessions", {}, mine).body.at("data");
  ASSERT_EQ(listed.size(), 2u) << "anna's are hers";
  EXPECT_EQ(browser("GET", "/api/v1/account/sessions?all=1", {}, mine).body.at("data").size(), 3u);
  const json hers = browser("GET", "/api/v1/account/sessions?all=1", {}, annas).body.at("data");
  ASSERT_EQ(hers.size(), 1u);
  EXPECT_EQ(hers[0].at("user"), "anna");
  EXPECT_EQ(hers[0].at("current"), true);
  const auto end = [&](const json& session, const std::string& by) {
    return browser("DELETE", "/api/v1/account/sessions/" + session.at("id").get<std::string>(), {},
                   by)
        .status;
  };
  EXPECT_EQ(end(listed[0], annas), 404);
  EXPECT_EQ(end(hers[0], mine), 200) << "the owner ends anybody's";
  EXPECT_EQ(with_session(annas), 401);
  EXPECT_EQ(browser("DELETE", "/api/v1/account/sessions", {}, mine).status, 204);
  EXPECT_EQ(with_session(mine), 200);
  EXPECT_EQ(with_session(other), 401);
  for (const json& session : listed)
    EXPECT_THAT(mine, testing::Not(testing::HasSubstr(session.at("id").get<std::string>())));
}

TEST_F(SessionTest, PasswordHasTenTo256Bytes) {
  for (const std::size_t length : {0u, 9u, 257u}) {
    const Asked asked = owner("PUT", "/api/v1/account/password",
                              json({{"password", std::string(length, 'x')}}).dump());
    EXPECT_EQ(asked.status, 422) << length;
    EXPECT_EQ(asked.body.at("field"), "password");
  }
  EXPECT_EQ(owner("PUT", "/api/v1/account/password", R"({"password":1234567890})").status, 422);
}

TEST_F(SessionTest, SecretsAreStoredAsHashesOnly) {
  set_password();
  EXPECT_THAT(house_.store->find_user("owner")->password_hash,
              testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  const std::string token = session();
  EXPECT_FALSE(house_.store->find_session(token));
  EXPECT_EQ(with_session(token), 200);
}

TEST_F(SessionTest, IdleSessionEndsAfterAWeek) {
  const std::string token = session();
  house_.clock.advance(hours(24 * 7 - 1));
  EXPECT_EQ(with_session(token), 200);
  house_.clock.advance(hours(24 * 7 - 1));
  EXPECT_EQ(with_session(token), 200) << "it was used in between";
  house_.clock.advance(hours(24 * 7 + 1));
  EXPECT_EQ(with_session(token), 401);
}

TEST_F(SessionTest, UsedSessionEndsAfterThirtyDays) {
  const std::string token = session();
  for (int day = 0; day < 30; ++day) {
    house_.clock.advance(hours(24));
    EXPECT_EQ(with_session(token), 200) << day;
  }
  house_.clock.advance(hours(1));
  EXPECT_EQ(with_session(token), 401);
}

TEST_F(SessionTest, SigningOutEndsTheSession) {
  const std::string token = session();
  EXPECT_EQ(browser("GET", "/api/v1/session", {}, token).body.at("signed_in"), true);
  const Asked out = browser("DELETE", "/api/v1/session", {}, token);
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(out.header("Set-Cookie"), testing::HasSubstr("Max-Age=0"));
  EXPECT_EQ(with_session(token), 401);
  EXPECT_EQ(browser("GET", "/api/v1/session", {}, token).body.at("signed_in"), false);
}

TEST_F(SessionTest, BodiesThatMakeNoSenseAreRefused) {
  for (const char* body : {"", "[]", "nonsense", "\"once\""})
    EXPECT_EQ(browser("POST", "/api/v1/session", body).status, 400) << body;
  for (const char* body : {"{}", R"({"once":5})", R"({"password":null})"})
    EXPECT_EQ(browser("POST", "/api/v1/session", body).status, 422) << body;
}

}  // namespace
}  // namespace candor::api
