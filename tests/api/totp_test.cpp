// Codes of authenticator apps: RFC 6238's own values, and what a sign-in makes of them.
#include "api/totp.h"

#include <sodium.h>

#include "api/api_house.h"

namespace candor::api {
namespace {

using std::chrono::seconds;
constexpr std::string_view kPassword = "correct horse battery";

TEST(Totp, CodesAreTheOnesOfRfc6238AppendixB) {
  constexpr std::string_view kKey = "12345678901234567890";
  // Its table has eight digits; six are their end.
  EXPECT_EQ(totp_code(kKey, 59 / 30), "287082");
  EXPECT_EQ(totp_code(kKey, 1111111109 / 30), "081804");
  EXPECT_EQ(totp_code(kKey, 1111111111 / 30), "050471");
  EXPECT_EQ(totp_code(kKey, 1234567890 / 30), "005924");
  EXPECT_EQ(totp_code(kKey, 2000000000 / 30), "279037");
  EXPECT_EQ(totp_code(kKey, 20000000000 / 30), "353130");
}

TEST(Totp, Base32IsRfc4648s) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(encode_base32(bytes), text);
    EXPECT_EQ(decode_base32(text), bytes);
  }
  EXPECT_EQ(decode_base32("mzxw6"), "foo");
  EXPECT_FALSE(decode_base32("MZXW1"));
}

TEST(Totp, ACodeHoldsForItsStepAndTheOnesBesideIt) {
  constexpr std::string_view kKey = "12345678901234567890";
  const std::string code = totp_code(kKey, 100);
  for (const std::int64_t step : {99, 100, 101})
    EXPECT_EQ(find_totp_step(kKey, code, step * kTotpStepMs), 100) << step;
  for (const std::int64_t step : {98, 102})
    EXPECT_FALSE(find_totp_step(kKey, code, step * kTotpStepMs)) << step;
  EXPECT_FALSE(find_totp_step(kKey, code + "0", 100 * kTotpStepMs));
  EXPECT_FALSE(find_totp_step(kKey, "", 100 * kTotpStepMs));
}

class TotpTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  void SetUp() override {
    owner("PUT", "/api/v1/account/password", json({{"password", kPassword}}).dump());
    token_ = session();
  }
  Asked post(const std::string& what, const json& body) {
    return browser("POST", "/api/v1/account/totp" + what, body.dump(), token_);
  }
  std::string code() const {
    return totp_code(decode_base32(secret_).value(), to_ms(house_.clock.now()) / kTotpStepMs);
  }
  /// The recovery codes.
  json enrol() {
    const Asked begun = post("", {{"password", kPassword}});
    EXPECT_EQ(begun.status, 200) << begun.response.body;
    secret_ = begun.body.at("secret");
    const Asked confirmed = post("/confirm", {{"code", code()}});
    EXPECT_EQ(confirmed.status, 200) << confirmed.response.body;
    house_.clock.advance(seconds(30));
    return confirmed.body.at("recovery_codes");
  }
  Asked sign_in_with(const std::string& code) {
    return sign_in({{"password", kPassword}, {"code", code}});
  }

  std::string token_;
  std::string secret_;
};

TEST_F(TotpTest, EnrollingTakesThePasswordAndAFirstCode) {
  EXPECT_EQ(post("", json::object()).body.at("field"), "password");
  EXPECT_EQ(post("", {{"password", "wrong password"}}).status, 403);
  EXPECT_EQ(post("/confirm", {{"code", "123456"}}).status, 409) << "no key was shown";
  const Asked begun = post("", {{"password", kPassword}});
  EXPECT_THAT(
      begun.body.at("uri").get<std::string>(),
      testing::AllOf(testing::StartsWith("otpauth://totp/Candor%20Test%20site:owner?secret="),
                     testing::HasSubstr(begun.body.at("secret").get<std::string>())));
  EXPECT_EQ(begun.body.at("secret").get<std::string>().size(), 32u) << "160 bits";
  EXPECT_EQ(begun.header("Cache-Control"), "no-store");
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 204) << "not confirmed";
  EXPECT_EQ(post("/confirm", {{"code", "abcdef"}}).status, 403);
}

TEST_F(TotpTest, SigningInTakesACodeAndEachCodeOnce) {
  enrol();
  const Asked without = sign_in({{"password", kPassword}});
  EXPECT_EQ(without.status, 403);
  EXPECT_EQ(without.body.at("field"), "code");
  EXPECT_EQ(sign_in_with("000000").body.at("field"), "code");
  const std::string now = code();
  EXPECT_EQ(sign_in({{"password", "wrong password"}, {"code", now}}).body.at("field"), "password");
  EXPECT_EQ(sign_in_with(now).status, 204);
  EXPECT_EQ(sign_in_with(now).status, 403) << "used";
  house_.clock.advance(seconds(30));
  EXPECT_EQ(sign_in_with(now).status, 403) << "used, and not the newest";
  const std::string next = code();
  EXPECT_EQ(sign_in_with(next.substr(0, 3) + " " + next.substr(3)).status, 204);
}

TEST_F(TotpTest, TheCodeThatConfirmsSignsNobodyIn) {
  const Asked begun = post("", {{"password", kPassword}});
  secret_ = begun.body.at("secret");
  const std::string first = code();
  ASSERT_EQ(post("/confirm", {{"code", first}}).status, 200);
  EXPECT_EQ(sign_in_with(first).status, 403);
}

TEST_F(TotpTest, WrongCodesCloseTheDoor) {
  enrol();
  for (int n = 0; n < 10; ++n) EXPECT_EQ(sign_in_with("000000").status, 403);
  EXPECT_EQ(sign_in_with(code()).status, 429);
}

TEST_F(TotpTest, ARecoveryCodeStandsInOnce) {
  const json codes = enrol();
  ASSERT_EQ(codes.size(), 10u);
  const std::string one = codes[3];
  EXPECT_EQ(one.size(), 19u) << "80 bits";
  EXPECT_EQ(sign_in_with(one).status, 204);
  EXPECT_EQ(sign_in_with(one).status, 403);
  EXPECT_EQ(browser("GET", "/api/v1/session", {}, token_).body.at("user").at("recovery_codes"), 9);
}

TEST_F(TotpTest, ALinkFromTheTerminalNeedsNoCodeAndOneFromTheDashboardDoes) {
  enrol();
  EXPECT_EQ(sign_in({{"once", invite()}}).status, 204);
  const std::string url = browser("POST", "/api/v1/account/invite", {}, token_).body.at("url");
  const std::string once = url.substr(url.find("once=") + 5);
  EXPECT_EQ(sign_in({{"once", once}}).body.at("field"), "code");
  EXPECT_EQ(sign_in({{"once", once}, {"code", code()}}).status, 204) << "the link was not spent";
}

TEST_F(TotpTest, EndingTakesThePasswordAndAnOwnerTakesALostOneOff) {
  enrol();
  EXPECT_EQ(post("", {{"password", kPassword}}).status, 409) << "there is one";
  EXPECT_EQ(post("/end", {{"password", "wrong password"}}).status, 403);
  EXPECT_EQ(post("/end", {{"password", kPassword}}).status, 204);
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 204);
  enrol();
  EXPECT_EQ(owner("DELETE", "/api/v1/users/owner/totp").status, 204);
  EXPECT_EQ(sign_in({{"password", kPassword}}).status, 204);
}

}  // namespace
}  // namespace candor::api
