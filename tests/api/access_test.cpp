// Who may ask what: every route, from every door.
#include "api/api_house.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

class AccessTest : public ApiTest {
 protected:
  static std::string target_of(const Route& route) {
    std::string target(route.pattern);
    if (const auto at = target.find('{'); at != std::string::npos)
      target.replace(at, target.find('}') - at + 1, "kettle");
    return target;
  }
  static bool is_refused(int status) { return status == 401 || status == 403; }
};

TEST_F(AccessTest, OwnersRoutesAre401WithoutASessionAndPublicOnesAreNot) {
  for (const Route& route : routes()) {
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    const int status = browser(route.method, target_of(route)).status;
    EXPECT_EQ(status == 401, route.access != Access::Public) << name << " gave " << status;
    const int guessed = browser(route.method, target_of(route), {}, "guessed").status;
    EXPECT_EQ(guessed == 401, route.access != Access::Public) << name << " gave " << guessed;
  }
}

TEST_F(AccessTest, SessionAndUnixSocketOpenEveryRoute) {
  for (const Route& route : routes()) {
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    const std::string token = session();
    const Asked signed_in = browser(route.method, target_of(route), {}, token);
    EXPECT_FALSE(is_refused(signed_in.status)) << name << " gave " << signed_in.status;
    EXPECT_NE(signed_in.status, 500) << name << ": " << signed_in.response.body;
    const Asked local = owner(route.method, target_of(route));
    EXPECT_FALSE(is_refused(local.status)) << name << " gave " << local.status;
  }
}

TEST_F(AccessTest, OnlySessionAndProbesArePublic) {
  std::vector<std::string> open;
  for (const Route& route : routes())
    if (route.access == Access::Public)
      open.push_back(std::string(route.method) + " " + std::string(route.pattern));
  EXPECT_THAT(
      open, testing::UnorderedElementsAre("GET /api/v1/session", "POST /api/v1/session",
                                          "DELETE /api/v1/session", "GET /healthz", "GET /readyz"));
}

TEST_F(AccessTest, ChangesAskedByForeignPagesAreRefused) {
  const std::string token = session();
  for (const Route& route : routes()) {
    if (route.method == "GET") continue;
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    http::Request request = request_for(route.method, target_of(route), "{}");
    EXPECT_EQ(ask(request, {.local = false, .session_token = token}).status, 403) << name;
    for (const char* site : {"cross-site", "same-site"}) {
      request.headers = {{"X-Candor", "1"}, {"Sec-Fetch-Site", site}};
      EXPECT_EQ(ask(request, {.local = false, .session_token = token}).status, 403)
          << name << " from " << site;
    }
  }
  EXPECT_EQ(browser("GET", "/api/v1/links", {}, token).status, 200) << "the session lives";
}

TEST_F(AccessTest, RoutesAreSortedAndNamedOnce) {
  for (std::size_t i = 1; i < routes().size(); ++i) {
    EXPECT_LE(routes()[i - 1].pattern, routes()[i].pattern);
    EXPECT_FALSE(routes()[i - 1].pattern == routes()[i].pattern &&
                 routes()[i - 1].method == routes()[i].method);
  }
}

TEST_F(AccessTest, UnknownPathsAre404AndUnknownMethods405WithTheOnesThatWork) {
  for (const char* target :
       {"/api/v1/nothing", "/api/v1/links/", "/api/v1/links/a/b", "/api/v1/", "/api/", "/healthz/"})
    EXPECT_EQ(get(target).status, 404) << target;
  const Asked wrong = owner("PUT", "/api/v1/links");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, POST");
  EXPECT_EQ(wrong.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(owner("HEAD", "/api/v1/links").status, 200);
}

TEST_F(AccessTest, ProbesAnswer) {
  EXPECT_EQ(browser("GET", "/healthz").response.body, "ok\n");
  EXPECT_EQ(browser("GET", "/readyz").status, 200);
  store::Run run;
  run.accepted = 9;
  run.recorded = 6;
  run.unrecorded = 2;
  run.shed = 1;
  house_.site.front = [run] { return std::optional(run); };
  FrontFigures figures;
  figures.connections = 3;
  figures.throttled = 4;
  figures.journal_fails = true;
  figures.absorb_lag_ms = 1500;
  figures.by_verdict[static_cast<std::size_t>(Verdict::Bot)] = 8;
  house_.site.figures = [figures] { return std::optional(figures); };
  const std::string text = owner("GET", "/metrics").response.body;
  for (const char* line :
       {"candor_clicks_accepted_total 9\n", "candor_clicks_recorded_total 6\n",
        "candor_clicks_unrecorded_total 2\n", "candor_clicks_shed_total 1\n",
        "# TYPE candor_connections gauge\ncandor_connections 3\n",
        "candor_requests_throttled_total 4\n", "candor_journal_failing 1\n",
        "candor_absorb_lag_seconds 1.5\n", "candor_clicks_by_verdict_total{verdict=\"bot\"} 8\n"})
    EXPECT_THAT(text, testing::HasSubstr(line));
  EXPECT_EQ(browser("GET", "/readyz").status, 200) << "the front says when to send clicks again";
  figures.can_write = false;
  house_.site.figures = [figures] { return std::optional(figures); };
  EXPECT_EQ(browser("GET", "/readyz").status, 503);
}

TEST_F(AccessTest, MetricsAreForProgramsOnThisMachine) {
  http::Request request = request_for("GET", "/metrics");
  const auto status_from = [&](const char* peer) {
    request.peer = peer;
    return ask(request, {.local = false, .session_token = {}}).status;
  };
  EXPECT_EQ(status_from("127.0.0.1"), 200);
  EXPECT_EQ(status_from("::1"), 200);
  EXPECT_EQ(status_from("192.0.2.1"), 401);
  EXPECT_EQ(status_from(""), 401);
  for (const char* header : {"X-Forwarded-For", "Forwarded", "x-real-ip", "Via"}) {
    request.headers = {{header, "198.51.100.1"}};
    EXPECT_EQ(status_from("127.0.0.1"), 401) << header;
  }
  for (const auto& [host, status] : std::map<std::string, int>{{"127.0.0.1:8081", 200},
                                                               {"localhost", 200},
                                                               {"[::1]:8081", 200},
                                                               {"evil.example", 401},
                                                               {"127.0.0.1.evil.example", 401}}) {
    request.headers = {{"Host", host}};
    EXPECT_EQ(status_from("127.0.0.1"), status) << host;
  }
}

TEST_F(AccessTest, OptionsTellWhatIsAllowed) {
  const Asked asked = browser("OPTIONS", "/api/v1/links");
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.header("Allow"), "GET, POST, OPTIONS");
  EXPECT_EQ(browser("OPTIONS", "/api/v1/nothing").status, 404);
}

TEST_F(AccessTest, StatusTellsWhatEarlierRunsLost) {
  EXPECT_EQ(get("/api/v1/status").body["earlier"]["unrecorded"], 0);
  const std::int64_t now = to_ms(house_.clock.now());
  const auto add_run = [&](std::int64_t at_ms, std::uint64_t unrecorded, std::uint64_t shed) {
    store::Run run;
    run.id = house_.site.store.start_run(at_ms);
    run.started_at_ms = run.seen_at_ms = at_ms;
    run.accepted = unrecorded + shed;
    run.unrecorded = unrecorded;
    run.shed = shed;
    house_.site.store.save_run(run);
    return run;
  };
  add_run(now - std::int64_t{31} * 86'400'000, 100, 100);
  add_run(now - 86'400'000, 5, 2);
  const store::Run current = add_run(now, 9, 0);
  house_.site.front = [current] { return std::optional(current); };
  const json earlier = get("/api/v1/status").body["earlier"];
  EXPECT_EQ(earlier["unrecorded"], 5);
  EXPECT_EQ(earlier["shed"], 2);
  EXPECT_EQ(earlier["last_at"], format_rfc3339(now - 86'400'000));
}

}  // namespace
}  // namespace candor::api
