// Who may ask what: every route, from every door.
#include <sodium.h>

#include <sstream>

#include "api/api_house.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

class AccessTest : public ApiTest {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  static std::string target_of(const Route& route) {
    std::string target(route.pattern);
    for (auto at = target.find('{'); at != std::string::npos; at = target.find('{'))
      target.replace(at, target.find('}') - at + 1, "kettle");
    return target;
  }
  static bool is_refused(int status) { return status == 401 || status == 403; }
};

/// What each kind of access is meant to be, said once more and apart from the code.
struct Meant {
  const char* roles;   ///< initials of viewer, editor, owner
  const char* scopes;  ///< read pages links revenue admin shared
};

Meant meant_for(Access access) {
  switch (access) {
    case Access::Public:
      return {"veo", "read pages links revenue admin shared"};
    case Access::Neighbour:
    case Access::Read:
      return {"veo", "read admin"};
    case Access::Self:
      return {"veo", ""};
    case Access::ReadLinks:
      return {"veo", "read links admin"};
    case Access::ListLinks:
      return {"veo", "read pages links admin"};
    case Access::ReadReport:
      return {"veo", "read pages revenue admin"};
    case Access::ReadRevenue:
      return {"veo", "read revenue admin"};
    case Access::Pages:
      return {"eo", "pages admin"};
    case Access::Links:
      return {"eo", "links admin"};
    case Access::Revenue:
      return {"eo", "revenue admin"};
    case Access::Owner:
      return {"o", "admin"};
    case Access::People:
      return {"o", ""};
    case Access::Shared:
      return {"", "shared"};
    case Access::Postback:
      return {"", "postback"};
  }
  return {"", ""};
}

std::string name_of_route(const Route& route) {
  return std::string(route.method) + " " + std::string(route.pattern);
}

/// Which access each route is meant to take: a route that is not here, or not so, was not meant.
TEST_F(AccessTest, EachRouteTakesTheAccessItIsMeantTo) {
  const std::map<std::string, Access> meant{
      {"POST /api/v1/account/invite", Access::People},
      {"PUT /api/v1/account/password", Access::Self},
      {"POST /api/v1/account/reset", Access::Public},
      {"DELETE /api/v1/account/sessions", Access::Self},
      {"GET /api/v1/account/sessions", Access::Self},
      {"DELETE /api/v1/account/sessions/{id}", Access::Self},
      {"POST /api/v1/account/totp", Access::Self},
      {"POST /api/v1/account/totp/confirm", Access::Self},
      {"POST /api/v1/account/totp/end", Access::Self},
      {"GET /api/v1/annotations", Access::Read},
      {"POST /api/v1/annotations", Access::Links},
      {"PATCH /api/v1/annotations/{id}", Access::Links},
      {"DELETE /api/v1/annotations/{id}", Access::Links},
      {"GET /api/v1/articles/detail", Access::Read},
      {"GET /api/v1/articles/places", Access::Read},
      {"GET /api/v1/disclosure", Access::Read},
      {"GET /api/v1/disclosure/texts", Access::Read},
      {"POST /api/v1/disclosure/texts", Access::Read},
      {"POST /api/v1/pages/fix", Access::Owner},
      {"POST /api/v1/pages/fix/undo", Access::Owner},
      {"GET /api/v1/pages/review", Access::Read},
      {"GET /api/v1/setup", Access::Read},
      {"POST /api/v1/audit", Access::Pages},
      {"GET /api/v1/clicks", Access::Read},
      {"POST /api/v1/clicks/reclassify", Access::Owner},
      {"POST /api/v1/clicks/test", Access::ReadLinks},
      {"GET /api/v1/clicks/{id}", Access::Read},
      {"GET /api/v1/docs", Access::Public},
      {"GET /api/v1/openapi.json", Access::Public},
      {"GET /api/v1/exports/{server}", Access::ReadLinks},
      {"POST /api/v1/inject", Access::Pages},
      {"GET /api/v1/clicks/slices", Access::Read},
      {"GET /api/v1/jobs/nightly", Access::Read},
      {"POST /api/v1/jobs/retention", Access::Owner},
      {"GET /api/v1/rates", Access::ReadRevenue},
      {"POST /api/v1/rates", Access::Revenue},
      {"GET /api/v1/revenue/check", Access::ReadRevenue},
      {"GET /api/v1/revenue/commissions/{id}", Access::ReadRevenue},
      {"GET /api/v1/revenue/imports/{id}", Access::ReadRevenue},
      {"GET /api/v1/revenue/commissions/{id}/explain", Access::ReadRevenue},
      {"GET /api/v1/revenue/rules", Access::ReadRevenue},
      {"POST /api/v1/revenue/rules", Access::Revenue},
      {"DELETE /api/v1/revenue/rules/{id}", Access::Revenue},
      {"GET /api/v1/revenue/unattributed", Access::ReadRevenue},
      {"GET /api/v1/revenue/tags", Access::ReadRevenue},
      {"POST /api/v1/revenue/tags", Access::Revenue},
      {"DELETE /api/v1/revenue/tags/{tag}", Access::Revenue},
      {"POST /api/v1/revenue/imports/{id}/undo", Access::Revenue},
      {"GET /api/v1/revenue/mappings", Access::ReadRevenue},
      {"POST /api/v1/revenue/mappings/guess", Access::Revenue},
      {"GET /api/v1/revenue/mappings/{name}", Access::ReadRevenue},
      {"PUT /api/v1/revenue/mappings/{name}", Access::Revenue},
      {"DELETE /api/v1/revenue/mappings/{name}", Access::Revenue},
      {"POST /api/v1/revenue/pull", Access::Revenue},
      {"POST /api/v1/revenue/reconcile", Access::Revenue},
      {"GET /api/v1/jobs", Access::Read},
      {"POST /api/v1/jobs/backup", Access::Owner},
      {"POST /api/v1/jobs/nightly", Access::Owner},
      {"GET /api/v1/networks", Access::ReadRevenue},
      {"GET /api/v1/settings", Access::Owner},
      {"PATCH /api/v1/settings", Access::Owner},
      {"PATCH /api/v1/links", Access::Links},
      {"GET /api/v1/links/{slug}/history", Access::ReadLinks},
      {"GET /api/v1/links/{slug}/qr", Access::ReadLinks},
      {"GET /api/v1/links", Access::ListLinks},
      {"POST /api/v1/links", Access::Links},
      {"GET /api/v1/links/{slug}", Access::ReadLinks},
      {"PATCH /api/v1/links/{slug}", Access::Links},
      {"DELETE /api/v1/links/{slug}", Access::Links},
      {"POST /api/v1/links/{slug}/check", Access::Links},
      {"POST /api/v1/links/{slug}/test", Access::ReadLinks},
      {"GET /api/v1/log", Access::People},
      {"GET /api/v1/mails", Access::Owner},
      {"POST /api/v1/mails/test", Access::Owner},
      {"DELETE /api/v1/mails/{id}", Access::Owner},
      {"GET /api/v1/overview", Access::Read},
      {"GET /api/v1/pages/fallback", Access::Pages},
      {"GET /api/v1/privacy", Access::Read},
      {"POST /api/v1/probes", Access::Owner},
      {"GET /api/v1/probes/{key}", Access::Owner},
      {"GET /api/v1/reports", Access::ReadRevenue},
      {"GET /api/v1/reports/articles", Access::ReadReport},
      {"GET /api/v1/reports/models", Access::ReadRevenue},
      {"GET /api/v1/reports/revisions", Access::ReadRevenue},
      {"GET /api/v1/reports/risk", Access::ReadRevenue},
      {"GET /api/v1/revenue/imports", Access::ReadRevenue},
      {"POST /api/v1/revenue/imports", Access::Revenue},
      {"GET /api/v1/session", Access::Public},
      {"POST /api/v1/session", Access::Public},
      {"DELETE /api/v1/session", Access::Public},
      {"GET /api/v1/shared", Access::Shared},
      {"GET /api/v1/shares", Access::People},
      {"POST /api/v1/shares", Access::People},
      {"DELETE /api/v1/shares/{name}", Access::People},
      {"GET /api/v1/status", Access::Read},
      {"GET /api/v1/tokens", Access::People},
      {"POST /api/v1/tokens", Access::People},
      {"DELETE /api/v1/tokens/{name}", Access::People},
      {"GET /api/v1/users", Access::People},
      {"PATCH /api/v1/users/{name}", Access::People},
      {"DELETE /api/v1/users/{name}", Access::People},
      {"DELETE /api/v1/users/{name}/totp", Access::People},
      {"GET /api/v1/webhooks", Access::Owner},
      {"POST /api/v1/webhooks", Access::Owner},
      {"GET /api/v1/webhooks/{id}", Access::Owner},
      {"PATCH /api/v1/webhooks/{id}", Access::Owner},
      {"DELETE /api/v1/webhooks/{id}", Access::Owner},
      {"GET /api/v1/webhooks/{id}/deliveries", Access::Owner},
      {"POST /api/v1/webhooks/{id}/deliveries/{delivery}/redeliver", Access::Owner},
      {"POST /api/v1/webhooks/{id}/test", Access::Owner},
      {"GET /healthz", Access::Public},
      {"GET /metrics", Access::Neighbour},
      {"GET /postback/{network}", Access::Postback},
      {"POST /postback/{network}", Access::Postback},
      {"GET /readyz", Access::Public},
  };
  for (const Route& route : routes()) {
    const auto found = meant.find(name_of_route(route));
    ASSERT_NE(found, meant.end()) << name_of_route(route) << ": say who may ask it";
    EXPECT_EQ(found->second, route.access) << name_of_route(route);
  }
  EXPECT_EQ(meant.size(), routes().size());
}

TEST_F(AccessTest, WithoutASessionOnlyPublicRoutesAnswer) {
  for (const Route& route : routes()) {
    const int status = browser(route.method, target_of(route)).status;
    EXPECT_EQ(status == 401, route.access != Access::Public)
        << name_of_route(route) << " gave " << status;
    const int guessed = browser(route.method, target_of(route), {}, "guessed").status;
    EXPECT_EQ(guessed == 401, route.access != Access::Public)
        << name_of_route(route) << " gave " << guessed;
  }
}

TEST_F(AccessTest, EachRoleOpensWhatItIsMeantTo) {
  for (const char* role : {"viewer", "editor", "owner"}) {
    for (const Route& route : routes()) {
      const std::string token = session({{"name", std::string(role) + "-1"}, {"role", role}});
      const bool opens =
          std::string_view(meant_for(route.access).roles).find(role[0]) != std::string_view::npos;
      const Asked asked = browser(route.method, target_of(route), {}, token);
      EXPECT_EQ(asked.status != 403, opens) << role << ": " << name_of_route(route) << " gave "
                                            << asked.status << asked.response.body;
      EXPECT_NE(asked.status, 401) << role << ": " << name_of_route(route);
      EXPECT_NE(asked.status, 500) << name_of_route(route) << ": " << asked.response.body;
    }
  }
}

TEST_F(AccessTest, TheUnixSocketOpensEveryRouteButASharesOwn) {
  for (const Route& route : routes()) {
    const Asked asked = owner(route.method, target_of(route));
    EXPECT_EQ(is_refused(asked.status),
              route.access == Access::Shared || route.access == Access::Postback)
        << name_of_route(route) << " gave " << asked.status;
  }
}

TEST_F(AccessTest, EachScopeOpensWhatItIsMeantTo) {
  std::map<std::string, std::string> tokens;
  for (const char* scope : {"read", "pages", "links", "revenue", "admin", "postback"})
    tokens[scope] =
        owner("POST", "/api/v1/tokens", json({{"name", scope}, {"scope", scope}}).dump())
            .body.at("token");
  const std::string url =
      owner("POST", "/api/v1/shares", json({{"name", "press"}, {"report", "articles"}}).dump())
          .body.at("url");
  tokens["shared"] = url.substr(url.find("key=") + 4);
  for (const auto& [scope, token] : tokens) {
    for (const Route& route : routes()) {
      if (route.access == Access::Public) continue;  // it looks at no token
      std::istringstream words(meant_for(route.access).scopes);
      bool opens = false;
      for (std::string word; words >> word;) opens = opens || word == scope;
      const Asked asked = program(token, route.method, target_of(route));
      EXPECT_EQ(asked.status != 403, opens) << scope << ": " << name_of_route(route) << " gave "
                                            << asked.status << asked.response.body;
      EXPECT_NE(asked.status, 401) << scope << ": " << name_of_route(route);
    }
  }
}

TEST_F(AccessTest, AChangedRoleCountsAtOnceAndARemovedUserIsOut) {
  const std::string token = session({{"name", "anna"}, {"role", "editor"}});
  const auto add = [&](const char* slug) {
    return browser("POST", "/api/v1/links",
                   json({{"slug", slug}, {"destination", "https://shop.example/"}}).dump(), token)
        .status;
  };
  EXPECT_EQ(add("one"), 201);
  EXPECT_EQ(owner("PATCH", "/api/v1/users/anna", R"({"role":"viewer"})").status, 200);
  EXPECT_EQ(add("two"), 403);
  EXPECT_EQ(browser("GET", "/api/v1/links", {}, token).status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/users/anna").status, 200);
  EXPECT_EQ(browser("GET", "/api/v1/links", {}, token).status, 401);
}

TEST_F(AccessTest, OnlySessionsLostPasswordsProbesAndTheApisDescriptionArePublic) {
  std::vector<std::string> open;
  for (const Route& route : routes())
    if (route.access == Access::Public)
      open.push_back(std::string(route.method) + " " + std::string(route.pattern));
  EXPECT_THAT(open, testing::UnorderedElementsAre(
                        "POST /api/v1/account/reset", "GET /api/v1/session", "POST /api/v1/session",
                        "DELETE /api/v1/session", "GET /api/v1/docs", "GET /api/v1/openapi.json",
                        "GET /healthz", "GET /readyz"));
}

TEST_F(AccessTest, ChangesAskedByForeignPagesAreRefused) {
  const std::string token = session();
  const std::string csrf = csrf_token(token);
  const auto refused = [&](const Route& route, http::HeaderList headers) {
    http::Request request = request_for(route.method, target_of(route), "{}");
    request.headers = std::move(headers);
    return ask(request, {.local = false, .session_token = token}).status == 403;
  };
  for (const Route& route : routes()) {
    if (route.method == "GET") continue;
    const std::string name = name_of_route(route);
    EXPECT_TRUE(refused(route, {})) << name;
    EXPECT_TRUE(refused(route, {{"Sec-Fetch-Site", "same-origin"}})) << name;
    for (const char* site : {"cross-site", "same-site"})
      EXPECT_TRUE(refused(route, {{"X-Candor", csrf}, {"Sec-Fetch-Site", site}}))
          << name << " from " << site;
    for (const char* origin :
         {"https://evil.example", "null", "http://127.0.0.1:8081.evil.example"})
      EXPECT_TRUE(
          refused(route, {{"X-Candor", csrf}, {"Host", "127.0.0.1:8081"}, {"Origin", origin}}))
          << name << " from " << origin;
    if (route.access == Access::Public) continue;
    EXPECT_TRUE(refused(route, {{"X-Candor", "1"}, {"Sec-Fetch-Site", "same-origin"}}))
        << name << " with another's token";
  }
  EXPECT_EQ(browser("GET", "/api/v1/links", {}, token).status, 200) << "the session lives";
}

TEST_F(AccessTest, OwnPagesAreKnownByOriginWhereABrowserSaysNoMore) {
  const std::string token = session();
  http::Request request = request_for("DELETE", "/api/v1/account/sessions");
  const auto status_with = [&](http::HeaderList headers) {
    headers.emplace_back("X-Candor", csrf_token(token));
    request.headers = std::move(headers);
    return ask(request, {.local = false, .session_token = token}).status;
  };
  EXPECT_EQ(status_with({{"Host", "admin.lan:8081"}, {"Origin", "http://admin.lan:8081"}}), 204);
  EXPECT_EQ(status_with({{"Host", "inside"}, {"Origin", "http://127.0.0.1:8081"}}), 204)
      << "the dashboard's own address, behind a proxy";
  EXPECT_EQ(status_with({{"Host", "inside"}, {"Origin", "http://127.0.0.1:8082"}}), 403);
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
  EXPECT_EQ(wrong.header("Allow"), "GET, PATCH, POST");
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
  EXPECT_EQ(asked.header("Allow"), "GET, PATCH, POST, OPTIONS");
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
