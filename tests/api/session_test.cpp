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
  EXPECT_THAT(sign_in({{"once", invite()}}).header("Set-Cookie"), testing::HasSubstr("; Secure"));
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
  EXPECT_THAT(house_.store->owner_password_hash().value(), testing::StartsWith("$argon2id$"));
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
