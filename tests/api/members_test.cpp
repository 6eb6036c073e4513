#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "api/router.h"
#include "support/site_house.h"

namespace candor::api {
namespace {

using nlohmann::json;

class MembersTest : public testing::Test {
 protected:
  MembersTest() { house_.add_link("kettle"); }

  std::pair<int, json> ask(const Route& route, const std::string& body) {
    http::Request request;
    request.method = route.method;
    request.path = std::string(route.pattern);
    if (const auto at = request.path.find("{slug}"); at != std::string::npos)
      request.path.replace(at, 6, "kettle");
    request.target = request.path;
    request.body = body;
    const http::Response response =
        handle(house_.site, request, {.local = true, .session_token = {}});
    return {response.status, json::parse(response.body, nullptr, false)};
  }
  /// Routes that are given JSON, or nothing.
  static std::vector<Route> routes_with_members() {
    std::vector<Route> found;
    for (const Route& route : routes()) {
      const bool takes_bytes =
          route.pattern.ends_with("/audit") || route.pattern.ends_with("/inject") ||
          route.pattern.ends_with("/imports") || route.pattern.ends_with("/rates") ||
          route.pattern.ends_with("/reconcile") || route.pattern.ends_with("/guess") ||
          route.pattern.starts_with("/postback/");
      if (route.method != "GET" && route.method != "DELETE" && !takes_bytes) found.push_back(route);
    }
    return found;
  }

  SiteHouse house_;
};

TEST_F(MembersTest, MemberThatARouteDoesNotKnowIsNamed) {
  EXPECT_EQ(routes_with_members().size(), 37u);
  for (const Route& route : routes_with_members()) {
    const auto [status, body] = ask(route, R"({"dry-run": true})");
    EXPECT_EQ(status, 422) << route.pattern;
    EXPECT_EQ(body.value("field", ""), "dry-run") << route.pattern;
  }
  EXPECT_TRUE(house_.store->list_jobs(1).empty()) << "nothing ran";
}

TEST_F(MembersTest, MemberOfTheWrongKindIsNamed) {
  const std::vector<std::pair<std::string, std::vector<const char*>>> members{
      {"/api/v1/account/password", {"password"}},
      {"/api/v1/clicks/reclassify", {"from", "to", "after", "dry_run"}},
      {"/api/v1/clicks/test", {"link"}},
      {"/api/v1/links",
       {"slug", "destination", "match_url", "network", "merchant", "title", "state", "code",
        "starts_at", "expires_at", "click_cap", "fallback", "utm"}},
      {"/api/v1/links/{slug}", {"destination", "code", "click_cap", "starts_at", "state"}},
      {"/api/v1/links/{slug}/test",
       {"country", "device", "os", "language", "at", "visitor", "query", "clicks", "article",
        "placement"}},
      {"/api/v1/session", {"once", "password"}}};
  for (const auto& [pattern, names] : members)
    for (const Route& route : routes_with_members()) {
      const bool of_many = route.pattern == "/api/v1/links" && route.method == "PATCH";
      if (route.pattern != pattern || of_many) continue;
      for (const char* name : names) {
        json given{{name, json::array({true})}};
        if (pattern == "/api/v1/links") {
          given.emplace("slug", "pan");
          given.emplace("destination", "https://shop.example/");
        }
        const auto [status, body] = ask(route, given.dump());
        EXPECT_EQ(status, 422) << pattern << " " << name << body;
        EXPECT_EQ(body.value("field", ""), name) << pattern;
      }
    }
}

TEST_F(MembersTest, BodyThatIsNoObjectIsRefused) {
  for (const Route& route : routes_with_members())
    for (const char* body : {"[1]", "1", "{", "\"text\"", "null"})
      EXPECT_EQ(ask(route, body).first, 400) << route.pattern << " " << body;
}

}  // namespace
}  // namespace candor::api
