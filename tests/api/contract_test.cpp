// The document of the API: every route is in it, and lists come in pieces and as CSV.
#include <set>

#include "api/api_house.h"
#include "api/contract.h"
#include "api/openapi.h"
#include "api/router.h"

namespace candor::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ContractTest : public ApiTest {
 protected:
  void add_links(int count) {
    for (int n = 0; n < count; ++n) house_.add_link("link-" + std::to_string(n));
  }
  static std::vector<std::string> members(const json& rows, const char* name) {
    std::vector<std::string> all;
    for (const json& row : rows) all.push_back(row.at(name));
    return all;
  }
};

TEST_F(ContractTest, EveryRouteHasAContractAndEveryContractARoute) {
  std::set<std::string> spoken_of;
  for (const Route& route : routes()) {
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    EXPECT_NE(find_contract(route), nullptr)
        << name << ": say in src/api/contract/ what it takes and answers";
    spoken_of.insert(name);
  }
  for (const std::string& name : contract_names())
    EXPECT_TRUE(spoken_of.contains(name)) << name << " is no route";
}

/// Every reference in the value leads somewhere.
void check_references(const nlohmann::ordered_json& value, const nlohmann::ordered_json& root) {
  if (value.is_object() && value.contains("$ref")) {
    const auto at =
        nlohmann::ordered_json::json_pointer(value.at("$ref").get<std::string>().substr(1));
    EXPECT_TRUE(root.contains(at)) << value.dump();
  }
  if (value.is_structured())
    for (const auto& each : value) check_references(each, root);
}

TEST_F(ContractTest, TheDocumentHasEveryOperationOnceAndNoLooseEnds) {
  const auto document = openapi_document("https://admin.example");
  std::set<std::string> ids;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items())
      EXPECT_TRUE(ids.insert(operation.at("operationId")).second) << method << " " << path;
  EXPECT_EQ(ids.size(), routes().size());
  check_references(document, document);
}

TEST_F(ContractTest, LinesOfAContractAreSchemas) {
  EXPECT_EQ(schema_of("text").dump(), R"({"type":"string"})");
  EXPECT_EQ(schema_of("integer?: how many").dump(),
            R"({"type":["integer","null"],"description":"how many"})");
  EXPECT_EQ(schema_of("Click[]").dump(),
            R"({"type":"array","items":{"$ref":"#/components/schemas/Click"}})");
  EXPECT_EQ(schema_of("Click?").dump(),
            R"({"anyOf":[{"$ref":"#/components/schemas/Click"},{"type":"null"}]})");
  EXPECT_EQ(
      schema_of("text[]{}").dump(),
      R"({"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}})");
  EXPECT_EQ(schema_of("one of 301|302").dump(), R"({"type":"integer","enum":[301,302]})");
  EXPECT_EQ(
      schema_of(nlohmann::ordered_json{{"a", "flag"}, {"b?", "day"}}).dump(),
      R"({"type":"object","properties":{"a":{"type":"boolean"},"b":{"type":"string","format":"date"}},"required":["a"]})");
}

TEST_F(ContractTest, APageOfTheDocumentNamesEveryRoute) {
  const Asked asked = browser("GET", "/api/v1/docs");
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.header("Content-Type"), "text/html; charset=utf-8");
  for (const Route& route : routes())
    EXPECT_THAT(asked.response.body,
                HasSubstr("<code>" + std::string(route.method) + " " + std::string(route.pattern)));
  EXPECT_THAT(asked.response.body, Not(HasSubstr("<script")));
}

TEST_F(ContractTest, LinksComeInPieces) {
  add_links(5);
  const Asked first = get("/api/v1/links?limit=2&search=link");
  EXPECT_THAT(members(first.body["data"], "slug"), ElementsAre("link-0", "link-1"));
  EXPECT_EQ(first.header("Link"), "</api/v1/links?limit=2&search=link&after=link-1>; rel=\"next\"");
  const Asked second = get("/api/v1/links?limit=2&after=link-1");
  EXPECT_THAT(members(second.body["data"], "slug"), ElementsAre("link-2", "link-3"));
  const Asked last = get("/api/v1/links?limit=2&after=link-3");
  EXPECT_THAT(members(last.body["data"], "slug"), ElementsAre("link-4"));
  EXPECT_EQ(last.body["next"], nullptr);
  EXPECT_EQ(last.header("Link"), "");
  EXPECT_EQ(get("/api/v1/links?limit=5").body["next"], nullptr) << "none left is none left";
}

TEST_F(ContractTest, JobsAndUsersComeInPieces) {
  for (int n = 0; n < 3; ++n)
    house_.site.store.start_job("nightly", "step-" + std::to_string(n), 1);
  const Asked jobs = get("/api/v1/jobs?limit=2");
  EXPECT_THAT(members(jobs.body["data"], "step"), ElementsAre("step-2", "step-1"));
  const std::string next = jobs.body["next"];
  EXPECT_THAT(members(get("/api/v1/jobs?limit=2&before=" + next).body["data"], "step"),
              ElementsAre("step-0"));
  for (const char* name : {"zoe", "anna"}) invite({{"name", name}, {"role", "viewer"}});
  EXPECT_THAT(members(get("/api/v1/users?limit=2").body["data"], "name"),
              ElementsAre("anna", "owner"));
  EXPECT_THAT(members(get("/api/v1/users?limit=2&after=owner").body["data"], "name"),
              ElementsAre("zoe"));
}

TEST_F(ContractTest, ListsGoOutAsCsvWithoutFormulas) {
  EXPECT_EQ(owner("POST", "/api/v1/links",
                  R"({"slug":"sum","destination":"https://shop.example/","title":"=1+1, \"x\""})")
                .status,
            201);
  const Asked asked = get("/api/v1/links?format=csv");
  EXPECT_EQ(asked.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(asked.header("Content-Disposition"), "attachment; filename=\"links.csv\"");
  EXPECT_THAT(asked.response.body, HasSubstr("id,slug,title,destination,"));
  EXPECT_THAT(asked.response.body, HasSubstr(",sum,\"'=1+1, \"\"x\"\"\",https://shop.example/,"));
  http::Request request = request_for("GET", "/api/v1/links");
  const auto type_for = [&](const char* accept) {
    request.headers = {{"Accept", accept}};
    return ask(request, {.local = true, .session_token = {}}).header("Content-Type");
  };
  EXPECT_EQ(type_for("text/csv"), "text/csv; charset=utf-8");
  EXPECT_EQ(type_for("application/json, text/csv"), "application/json");
  EXPECT_EQ(type_for("*/*"), "application/json");
  const Asked refused = get("/api/v1/links?format=pdf");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.body["field"], "format");
}

TEST_F(ContractTest, ReportsGoOutAsCsvWhereAcceptSaysSo) {
  http::Request request = request_for("GET", "/api/v1/reports/articles");
  request.headers = {{"Accept", "text/csv"}};
  EXPECT_EQ(ask(request, {.local = true, .session_token = {}}).header("Content-Type"),
            "text/csv; charset=utf-8");
}

}  // namespace
}  // namespace candor::api
