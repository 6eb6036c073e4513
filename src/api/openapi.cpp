#include "api/openapi.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "api/contract.h"
#include "api/router.h"
#include "candor_version.h"

namespace candor::api {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kAbout =
    "Everything the dashboard and the command line do. Programs of the owner's send a token "
    "(candor token add); the dashboard's session is for browsers, and what it changes it sends "
    "with X-Candor. Money is a whole number of millionths of the currency's main unit. What is "
    "refused says why as problem details (RFC 9457), with the member of the request at fault in "
    "`field`. A POST with a header Idempotency-Key is done once, however often it is sent in a "
    "day. GET answers have an ETag: asked with If-None-Match, what has not changed is 304.";

Json problem_schema() {
  return {
      {"type", "object"},
      {"description", "RFC 9457"},
      {"properties",
       {{"type", {{"type", "string"}}},
        {"title", {{"type", "string"}}},
        {"status", {{"type", "integer"}}},
        {"detail", {{"type", "string"}, {"description", "for people: what, where, what to do"}}},
        {"field", {{"type", "string"}, {"description", "the member of the request at fault"}}},
        {"kind", {{"type", "string"}, {"description", "what a program can tell it by"}}},
        {"next", {{"type", "string"}, {"description", "the route that helps"}}}}},
      {"required", {"type", "title", "status", "detail"}}};
}

Json parameter(const char* place, const std::string& name, const Json& said, bool required) {
  Json schema = schema_of(said);
  Json out{{"name", name}, {"in", place}};
  if (const auto about = schema.find("description"); about != schema.end()) {
    out["description"] = *about;
    schema.erase("description");
  }
  if (required) out["required"] = true;
  out["schema"] = std::move(schema);
  return out;
}

Json header_parameter(const char* name, const char* about) {
  return {
      {"name", name}, {"in", "header"}, {"description", about}, {"schema", {{"type", "string"}}}};
}

/// "/a/{b}/{c}": b and c.
std::vector<std::string> path_names(std::string_view pattern) {
  std::vector<std::string> names;
  for (std::size_t at = pattern.find('{'); at != std::string_view::npos;
       at = pattern.find('{', at + 1))
    names.emplace_back(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
  return names;
}

bool must_be_there(const Json& said) {
  const std::string line = said.get<std::string>();
  const std::size_t end = std::min(line.find(": "), line.size());
  return end > 0 && line[end - 1] == '!';
}

Json parameters_of(const Route& route, const Json& says) {
  Json out = Json::array();
  const Json path = says.value("path", Json::object());
  for (const std::string& name : path_names(route.pattern))
    out.push_back(parameter("path", name, path.value(name, Json("text")), true));
  const Json query = says.value("query", Json::object());
  for (const auto& [name, said] : query.items())
    out.push_back(parameter("query", name, said, must_be_there(said)));
  if (says.value("match", false))
    out.push_back(header_parameter("If-Match", "ETag of the version that was seen, or *"));
  if (route.method == "POST" && route.access != Access::Public)
    out.push_back(
        header_parameter("Idempotency-Key", "of the sender's own making, for one request"));
  return out;
}

Json content_of(const Json& said) {
  if (!said.is_object()) return {{"application/json", {{"schema", schema_of(said)}}}};
  Json content = Json::object();
  for (const auto& [media, each] : said.items()) content[media] = {{"schema", schema_of(each)}};
  return content;
}

Json answer_of(const Json& says) {
  Json answer{{"description", "Done"}};
  if (!says.contains("answer")) return answer;
  answer["content"] = content_of(says.at("answer"));
  Json also = says.value("also", Json::array());
  if (says.value("csv", false)) also.push_back("text/csv");
  for (const Json& media : also)
    answer["content"][media.get<std::string>()] = {{"schema", {{"type", "string"}}}};
  return answer;
}

Json responses_of(const Route& route, const Json& says) {
  Json out = Json::object();
  const Json status = says.value("status", Json(200));
  for (const Json& each : status.is_array() ? status : Json::array({status}))
    out[each.dump()] = answer_of(says);
  if (route.method == "GET") out["304"] = {{"description", "As If-None-Match says it is known"}};
  out["default"] = {{"$ref", "#/components/responses/Problem"}};
  return out;
}

/// Any one of what the list has opens it.
Json security_of(const Route& route) {
  if (route.access == Access::Public) return Json::array();
  Json all = Json::array();
  Json session{{"session", Json::array()}};
  if (route.method != "GET") session["csrf"] = Json::array();
  if (least_role(route.access)) all.push_back(std::move(session));
  Json scopes = Json::array();
  for (const Scope scope :
       {Scope::Read, Scope::Pages, Scope::Links, Scope::Revenue, Scope::Postback, Scope::Admin})
    if (opens(Scopes{scope}, route.access)) scopes.push_back(format_scopes({scope}));
  if (route.access == Access::Shared) scopes.push_back("shared");
  if (!scopes.empty()) all.push_back({{"token", std::move(scopes)}});
  return all;
}

/// "PATCH /api/v1/links/{slug}": patch_links_slug
std::string operation_id(const Route& route) {
  std::string id;
  for (const char c : route.method) id += static_cast<char>(c - 'A' + 'a');
  std::string_view path = route.pattern;
  if (path.starts_with("/api/v1")) path.remove_prefix(7);
  for (const char c : path) {
    if (c == '{' || c == '}') continue;
    id += c == '/' || c == '.' ? '_' : c;
  }
  return id;
}

/// "/api/v1/links/{slug}": links
std::string tag_of(std::string_view pattern) {
  constexpr std::string_view kPrefix = "/api/v1/";
  if (!pattern.starts_with(kPrefix)) return "machine";
  pattern.remove_prefix(kPrefix.size());
  return std::string(pattern.substr(0, pattern.find('/')));
}

Json operation_of(const Route& route) {
  const Contract* const contract = find_contract(route);
  const Json says = contract != nullptr ? contract->says : Json::object();
  Json out{{"operationId", operation_id(route)},
           {"tags", {tag_of(route.pattern)}},
           {"summary", route.summary}};
  if (const auto role = least_role(route.access); role && route.access != Access::Public)
    out["description"] = "For people: " + std::string(name_of(*role)) + " or more.";
  if (Json parameters = parameters_of(route, says); !parameters.empty())
    out["parameters"] = std::move(parameters);
  if (says.contains("body")) out["requestBody"] = {{"content", content_of(says.at("body"))}};
  out["responses"] = responses_of(route, says);
  out["security"] = security_of(route);
  return out;
}

Json security_schemes() {
  return {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-candor_session"}}},
          {"csrf",
           {{"type", "apiKey"},
            {"in", "header"},
            {"name", "X-Candor"},
            {"description", "csrf of GET /api/v1/session; without a session: 1"}}},
          {"token", {{"type", "http"}, {"scheme", "bearer"}}}};
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

}  // namespace

Json openapi_document(const std::string& server) {
  Json paths = Json::object();
  for (const Route& route : routes())
    paths[std::string(route.pattern)][lower(route.method)] = operation_of(route);
  Json schemas{{"Problem", problem_schema()}};
  for (const auto& [name, schema] : contract_schemas().items()) schemas[name] = schema;
  Json document{{"openapi", "3.1.0"},
                {"info", {{"title", "Candor"}, {"version", kVersion}, {"description", kAbout}}}};
  if (!server.empty()) document["servers"] = Json::array({{{"url", server}}});
  document["paths"] = std::move(paths);
  document["components"] = {{"schemas", std::move(schemas)},
                            {"responses",
                             {{"Problem",
                               {{"description", "Refused, or failed"},
                                {"content",
                                 {{"application/problem+json",
                                   {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}}},
                            {"securitySchemes", security_schemes()}};
  return document;
}

}  // namespace candor::api
