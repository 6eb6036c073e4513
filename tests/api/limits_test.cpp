// Rates, requests sent twice, and edits of what somebody else changed meanwhile.
#include <sodium.h>

#include <atomic>
#include <latch>
#include <thread>

#include "api/api_house.h"

namespace candor::api {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(PasswordDesk, TwoAreWorkedOnAtOnceAndNeverThree) {
  PasswordDesk desk;
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::latch two(2);
  std::vector<std::jthread> threads;
  for (int n = 0; n < 6; ++n)
    threads.emplace_back([&, n] {
      desk.in_turn([&] {
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        if (n < 2) two.arrive_and_wait();
        --inside;
      });
    });
  threads.clear();
  EXPECT_EQ(most, 2);
}

TEST(RateLimits, AWindowIsAMinuteOfTheKeysOwn) {
  RateLimits rates;
  EXPECT_EQ(rates.take("a", 2, 1'000).remaining, 1);
  const RateLimits::Left last = rates.take("a", 2, 31'000);
  EXPECT_TRUE(last.admitted);
  EXPECT_EQ(last.remaining, 0);
  EXPECT_EQ(last.reset_s, 30);
  EXPECT_FALSE(rates.take("a", 2, 60'999).admitted);
  EXPECT_EQ(rates.take("a", 2, 60'999).reset_s, 1);
  EXPECT_TRUE(rates.take("b", 2, 60'999).admitted);
  EXPECT_TRUE(rates.take("a", 2, 61'000).admitted);
  EXPECT_TRUE(rates.take("a", 2, 500).admitted) << "the clock went back";
}

class LimitsTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  std::string token(const std::string& scope) {
    return owner("POST", "/api/v1/tokens", json({{"name", scope}, {"scope", scope}}).dump())
        .body.at("token");
  }
  Asked post_link(const std::string& token, const std::string& slug, const std::string& key) {
    http::Request request =
        request_for("POST", "/api/v1/links",
                    json({{"slug", slug}, {"destination", "https://shop.example/"}}).dump());
    request.headers = {{"Authorization", "Bearer " + token}, {"Idempotency-Key", key}};
    return ask(request, {});
  }
  Asked edit(std::string_view method, const std::string& session, const std::string& version) {
    http::Request request = request_for(method, "/api/v1/links/kettle",
                                        method == "DELETE" ? "" : R"({"title":"Kettle"})");
    request.headers = {{"X-Candor", csrf_token(session)}};
    if (!version.empty()) request.headers.emplace_back("If-Match", version);
    return ask(request, {.local = false, .session_token = session});
  }
};

TEST_F(LimitsTest, AnswersTellWhatIsLeftAndTooManyAreRefused) {
  const std::string mine = session();
  const Asked first = browser("GET", "/api/v1/links", {}, mine);
  EXPECT_EQ(first.header("RateLimit-Limit"), "600");
  EXPECT_EQ(first.header("RateLimit-Remaining"), "599");
  EXPECT_EQ(first.header("RateLimit-Reset"), "60");
  for (int n = 1; n < 600; ++n) browser("GET", "/api/v1/jobs", {}, mine);
  house_.clock.advance(seconds(20));
  const Asked more = browser("GET", "/api/v1/links", {}, mine);
  EXPECT_EQ(more.status, 429);
  EXPECT_EQ(more.header("Retry-After"), "40");
  EXPECT_EQ(more.header("RateLimit-Remaining"), "0");
  EXPECT_EQ(browser("GET", "/api/v1/links", {}, session({{"name", "anna"}})).status, 200);
  EXPECT_EQ(get("/api/v1/links").header("RateLimit-Limit"), "") << "at the terminal";
  house_.clock.advance(seconds(40));
  EXPECT_EQ(browser("GET", "/api/v1/links", {}, mine).status, 200);
}

TEST_F(LimitsTest, WhoGuessesTokensIsStoppedByTheirAddress) {
  int status = 0;
  for (int n = 0; n <= 3000; ++n)
    status = program("cnd_" + std::to_string(n), "GET", "/api/v1/links").status;
  EXPECT_EQ(status, 429);
  EXPECT_EQ(browser("GET", "/healthz").status, 200);
}

TEST_F(LimitsTest, ARequestSentTwiceIsDoneOnce) {
  const std::string program = token("links");
  const Asked first = post_link(program, "kettle", "k1");
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(first.header("Idempotency-Replayed"), "");
  const Asked second = post_link(program, "kettle", "k1");
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.response.body, first.response.body);
  EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(post_link(program, "pan", "k1").status, 422) << "another request with the key";
  EXPECT_EQ(post_link(token("admin"), "pan", "k1").status, 201) << "another's key";
  EXPECT_EQ(post_link(program, "kettle", "k2").status, 409) << "the slug is taken";
  int added = 0;
  const json log = get("/api/v1/log").body;
  for (const json& entry : log.at("data")) added += entry.at("what") == "Add a link" ? 1 : 0;
  EXPECT_EQ(added, 2);
}

TEST_F(LimitsTest, AKeyLivesForADayAndARefusalKeepsNone) {
  const std::string program = token("links");
  EXPECT_EQ(post_link(program, "no slug", "k1").status, 422);
  ASSERT_EQ(post_link(program, "kettle", "k1").status, 201);
  house_.clock.advance(hours(24) - seconds(1));
  EXPECT_EQ(post_link(program, "kettle", "k1").status, 201);
  house_.clock.advance(seconds(1));
  EXPECT_EQ(post_link(program, "kettle", "k1").status, 409) << "done anew: the slug is taken";
  EXPECT_EQ(post_link(program, "pot", "").status, 400);
  EXPECT_EQ(post_link(program, "pot", std::string(256, 'k')).status, 400);
}

TEST_F(LimitsTest, AnAnswerThatIsASecretIsNotKept) {
  const std::string mine = session();
  http::Request request = request_for("POST", "/api/v1/tokens", R"({"name":"a","scope":"read"})");
  request.headers = {{"X-Candor", csrf_token(mine)}, {"Idempotency-Key", "k"}};
  const Asked first = ask(request, {.local = false, .session_token = mine});
  ASSERT_EQ(first.status, 201);
  const Asked second = ask(request, {.local = false, .session_token = mine});
  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(second.response.body,
              testing::Not(testing::HasSubstr(first.body.at("token").get<std::string>())));
  EXPECT_EQ(get("/api/v1/tokens").body.at("data").size(), 1u);
}

TEST_F(LimitsTest, AnEditSaysWhichVersionItSaw) {
  house_.add_link("kettle");
  const std::string mine = session();
  const std::string seen = browser("GET", "/api/v1/links/kettle", {}, mine).header("ETag");
  ASSERT_EQ(seen.size(), 18u);
  EXPECT_EQ(get("/api/v1/links").body.at("data")[0].at("version"), seen.substr(1, 16));
  for (const char* method : {"PATCH", "DELETE"}) {
    EXPECT_EQ(edit(method, mine, "").status, 428) << method;
    EXPECT_EQ(edit(method, mine, "\"0123456789abcdef\"").status, 412) << method;
  }
  const Asked edited = edit("PATCH", mine, seen);
  ASSERT_EQ(edited.status, 200);
  EXPECT_NE(edited.header("ETag"), seen);
  EXPECT_EQ(edit("PATCH", mine, seen).status, 412) << "somebody was quicker";
  EXPECT_EQ(edit("PATCH", mine, "\"x\", " + edited.header("ETag")).status, 200);
  EXPECT_EQ(edit("DELETE", mine, "*").status, 200);
}

}  // namespace
}  // namespace candor::api
