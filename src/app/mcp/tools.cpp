#include "app/mcp/tools.h"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "api/contract.h"
#include "api/router.h"
#include "base/ascii.h"
#include "link/url.h"

namespace candor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Tool {
  std::string_view name;
  std::string_view title;
  std::string_view description;
  std::string_view method;
  std::string_view pattern;
};

constexpr auto kTools = std::to_array<Tool>({
    {"overview", "Overview",
     "What needs doing on the site (undisclosed pages, failed jobs, lost clicks), clicks and "
     "revenue of some days, and the newest clicks.",
     "GET", "/api/v1/overview"},
    {"report", "Report by a dimension",
     "Clicks, views and revenue by article, link, merchant, network, programme, placement, "
     "country, "
     "device, day, week or month, compared with earlier days if asked, with definitions.",
     "GET", "/api/v1/reports"},
    {"articles_report", "Revenue per article",
     "Clicks and revenue per article, with what nothing could be attributed to beside.", "GET",
     "/api/v1/reports/articles"},
    {"article", "One article", "One article's paid links, disclosure findings, and clicks by day.",
     "GET", "/api/v1/articles/detail"},
    {"count_clicks", "Count clicks",
     "Clicks counted by up to five dimensions at once, filtered by any.", "GET",
     "/api/v1/clicks/slices"},
    {"list_links", "List links", "Links: slugs, where they lead, and which are at fault.", "GET",
     "/api/v1/links"},
    {"show_link", "One link", "One link with its rules and warnings.", "GET",
     "/api/v1/links/{slug}"},
    {"test_link", "Test a link",
     "Where a link would send a reader of some country, device or time, and why. Nothing is "
     "counted.",
     "POST", "/api/v1/links/{slug}/test"},
    {"explain_click", "Explain a click", "Why one click counts or not, and what it earned.", "GET",
     "/api/v1/clicks/{id}"},
    {"audit_page", "Audit a page",
     "Whether a page discloses its paid links as the rules of its jurisdictions ask, with "
     "findings, "
     "their sources and fixes. Give html, or the path of an HTML file on this machine. A pass "
     "means automated checks passed; it is no legal advice.",
     "POST", "/api/v1/audit"},
    {"check_ledger", "Check the ledger",
     "Whether attributed and unattributed money are exactly what was imported.", "GET",
     "/api/v1/revenue/check"},
});

constexpr std::uintmax_t kMostFileBytes = std::uintmax_t{8} << 20;

class ArgumentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

const api::Route& route_of(const Tool& tool) {
  constexpr api::Scopes kScopes{api::Scope::Read, api::Scope::Pages};
  for (const api::Route& route : api::routes()) {
    if (route.method != tool.method || route.pattern != tool.pattern) continue;
    if (!api::opens(kScopes, route.access))
      throw std::logic_error(std::string(tool.name) + " takes more than reading");
    return route;
  }
  throw std::logic_error("no route for the tool " + std::string(tool.name));
}

const Json& contract_of(const Tool& tool) {
  const api::Contract* const contract = api::find_contract(route_of(tool));
  if (contract == nullptr) throw std::logic_error("no contract for " + std::string(tool.name));
  return contract->says;
}

bool is_audit(const Tool& tool) { return tool.name == "audit_page"; }

/// "{slug}" of the pattern; empty: none.
std::string path_name(const Tool& tool) {
  const auto begin = tool.pattern.find('{');
  if (begin == std::string_view::npos) return {};
  return std::string(tool.pattern.substr(begin + 1, tool.pattern.find('}') - begin - 1));
}

/// Names of query parameters that are arguments.
std::vector<std::string> query_names(const Tool& tool) {
  if (is_audit(tool)) return {"path", "jurisdiction", "language"};
  std::vector<std::string> names;
  const Json query = contract_of(tool).value("query", Json::object());
  for (const auto& [name, said] : query.items())
    if (name != "format") names.push_back(name);
  return names;
}

/// The schema of what its body takes; null: nothing.
Json body_schema(const Tool& tool) {
  const Json& says = contract_of(tool);
  if (is_audit(tool) || !says.contains("body")) return nullptr;
  return api::contract_schemas().at(says.at("body").get<std::string>());
}

/// References lead into $defs from here on; which, is noted.
void point_inside(Json& schema, std::set<std::string>& wanted) {
  constexpr std::string_view kFrom = "#/components/schemas/";
  if (schema.is_object() && schema.contains("$ref")) {
    const std::string name = schema.at("$ref").get<std::string>().substr(kFrom.size());
    wanted.insert(name);
    schema["$ref"] = "#/$defs/" + name;
  }
  if (schema.is_structured())
    for (auto& each : schema) point_inside(each, wanted);
}

/// With all that it refers to inside.
Json self_contained(Json schema) {
  const Json& schemas = api::contract_schemas();
  std::set<std::string> wanted;
  point_inside(schema, wanted);
  Json inside = Json::object();
  while (!wanted.empty()) {
    const std::string name = wanted.extract(wanted.begin()).value();
    if (inside.contains(name)) continue;
    inside[name] = schemas.at(name);
    std::set<std::string> more;
    point_inside(inside[name], more);
    wanted.merge(more);
  }
  if (!inside.empty()) schema["$defs"] = std::move(inside);
  return schema;
}

Json input_schema(const Tool& tool) {
  const Json& says = contract_of(tool);
  Json properties = Json::object();
  Json required = Json::array();
  if (const std::string name = path_name(tool); !name.empty()) {
    properties[name] = api::schema_of(says.value("path", Json::object()).value(name, Json("text")));
    required.push_back(name);
  }
  for (const std::string& name : query_names(tool)) {
    const Json& said = says.at("query").at(name);
    properties[name] = api::schema_of(said);
    const std::string line = said.get<std::string>();
    if (line.substr(0, line.find(": ")).ends_with('!')) required.push_back(name);
  }
  if (const Json body = body_schema(tool); !body.is_null()) {
    properties.update(body.at("properties"));
    for (const Json& name : body.value("required", Json::array())) required.push_back(name);
  }
  if (is_audit(tool)) {
    properties["html"] = {{"type", "string"}, {"description", "the page's HTML"}};
    properties["file"] = {{"type", "string"}, {"description", "path of an .html or .htm file"}};
  }
  Json schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return self_contained(std::move(schema));
}

Json output_schema(const Tool& tool) {
  return self_contained(
      api::contract_schemas().at(contract_of(tool).at("answer").get<std::string>()));
}

Json tool_json(const Tool& tool) {
  return {{"name", tool.name},
          {"title", tool.title},
          {"description", tool.description},
          {"inputSchema", input_schema(tool)},
          {"outputSchema", output_schema(tool)},
          {"annotations",
           {{"title", tool.title},
            {"readOnlyHint", true},
            {"idempotentHint", true},
            {"openWorldHint", false}}}};
}

/// As it stands in a path or query.
std::string text_of(const std::string& name, const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  if (value.is_boolean()) return value.get<bool>() ? "1" : "0";
  throw ArgumentError(name + " must be text or a whole number.");
}

std::string read_html_file(const std::string& name) {
  namespace fs = std::filesystem;
  const fs::path path(name);
  const std::string extension = ascii::to_lower(path.extension().string());
  if (extension != ".html" && extension != ".htm" && extension != ".xhtml")
    throw ArgumentError("file: \"" + name + "\" is no .html, .htm or .xhtml file.");
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw ArgumentError("file: there is no \"" + name + "\".");
  if (fs::file_size(path, error) > kMostFileBytes)
    throw ArgumentError("file: \"" + name + "\" is larger than a page may be.");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw ArgumentError("file: \"" + name + "\" cannot be read.");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string page_of(const Json& arguments) {
  const bool html = arguments.contains("html");
  if (html == arguments.contains("file"))
    throw ArgumentError("Give either html, the page itself, or file, the path of one.");
  const char* const name = html ? "html" : "file";
  const std::string text = text_of(name, arguments.at(name));
  return html ? text : read_html_file(text);
}

void check_arguments(const Json& schema, const Json& arguments) {
  for (const auto& [name, value] : arguments.items())
    if (!schema.at("properties").contains(name))
      throw ArgumentError("There is no argument \"" + name + "\".");
  for (const Json& name : schema.value("required", Json::array()))
    if (!arguments.contains(name.get<std::string>()))
      throw ArgumentError(name.get<std::string>() + " is missing.");
}

std::string target_of(const Tool& tool, const Json& arguments) {
  std::string target(tool.pattern);
  if (const std::string name = path_name(tool); !name.empty()) {
    const std::string value = text_of(name, arguments.at(name));
    if (value.empty()) throw ArgumentError(name + " is empty.");
    target.replace(target.find('{'), name.size() + 2, percent_encode(value));
  }
  char sign = '?';
  for (const std::string& name : query_names(tool)) {
    if (!arguments.contains(name) || arguments.at(name).is_null()) continue;
    target += sign + percent_encode(name) + "=" + percent_encode(text_of(name, arguments.at(name)));
    sign = '&';
  }
  return target;
}

http::Response ask_tool(const Tool& tool, const AskApi& ask, const Json& arguments) {
  check_arguments(input_schema(tool), arguments);
  const std::string target = target_of(tool, arguments);
  const std::string method(tool.method);
  if (is_audit(tool)) return ask(method, target, page_of(arguments), "text/html");
  const Json taken = body_schema(tool);
  if (taken.is_null()) return ask(method, target, {}, {});
  Json body = Json::object();
  for (const auto& [name, value] : arguments.items())
    if (taken.at("properties").contains(name)) body[name] = value;
  return ask(method, target, body.dump(-1, ' ', false, Json::error_handler_t::replace),
             "application/json");
}

}  // namespace

McpTools make_mcp_tools(AskApi ask) {
  McpTools tools{.list = Json::array(), .call = nullptr};
  for (const Tool& tool : kTools) tools.list.push_back(tool_json(tool));
  tools.call = [ask = std::move(ask)](const std::string& name,
                                      const Json& arguments) -> std::optional<ToolAnswer> {
    const auto* const tool = std::ranges::find(kTools, std::string_view(name), &Tool::name);
    if (tool == kTools.end()) return std::nullopt;
    try {
      route_of(*tool);
      return ToolAnswer{.content = Json::parse(ask_tool(*tool, ask, arguments).body)};
    } catch (const std::exception& error) {
      return ToolAnswer{.content = nullptr, .error = error.what()};
    }
  };
  return tools;
}

}  // namespace candor::app
