#include "app/mcp/json_rpc.h"

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>

#include "candor_version.h"

namespace candor::app {
namespace {

using Json = nlohmann::ordered_json;

/// Newest first. Those that differ in nothing this server does.
constexpr std::array<std::string_view, 3> kRevisions{"2025-06-18", "2025-03-26", "2024-11-05"};

constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kInvalidParams = -32602;
constexpr int kInternalError = -32603;

struct RpcError {
  int code;
  std::string message;
};

std::string line_of(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string error_line(const Json& id, const RpcError& error) {
  return line_of({{"jsonrpc", "2.0"},
                  {"id", id},
                  {"error", {{"code", error.code}, {"message", error.message}}}});
}

Json initialize(const Json& params) {
  const Json asked = params.value("protocolVersion", Json());
  if (!asked.is_string()) throw RpcError{kInvalidParams, "protocolVersion is missing"};
  const auto known = std::ranges::find(kRevisions, asked.get<std::string>());
  const std::string revision(known == kRevisions.end() ? kRevisions.front() : *known);
  return {
      {"protocolVersion", revision},
      {"capabilities", {{"tools", {{"listChanged", false}}}}},
      {"serverInfo", {{"name", "candor"}, {"title", "Candor"}, {"version", std::string(kVersion)}}},
      {"instructions",
       "Reports of one content site's affiliate clicks and revenue, for reading only. Money is "
       "in micro-units (millionths of the currency's main unit) beside an ISO 4217 code; never "
       "add currencies up. Days are the site's own."}};
}

Json text_of(const std::string& text) { return Json::array({{{"type", "text"}, {"text", text}}}); }

Json call_tool(const Json& params, const McpTools& tools) {
  const Json name = params.value("name", Json());
  if (!name.is_string()) throw RpcError{kInvalidParams, "name is missing: which tool"};
  const Json arguments = params.value("arguments", Json::object());
  if (!arguments.is_object()) throw RpcError{kInvalidParams, "arguments is an object"};
  const auto answer = tools.call(name.get<std::string>(), arguments);
  if (!answer) throw RpcError{kInvalidParams, "Unknown tool: " + name.get<std::string>()};
  if (!answer->error.empty()) return {{"content", text_of(answer->error)}, {"isError", true}};
  // Clients that do not read what is structured get the same as text.
  return {{"content", text_of(line_of(answer->content))},
          {"structuredContent", answer->content},
          {"isError", false}};
}

Json result_of(const std::string& method, const Json& params, const McpTools& tools) {
  if (method == "initialize") return initialize(params);
  if (method == "ping") return Json::object();
  if (method == "tools/list") return {{"tools", tools.list}};
  if (method == "tools/call") return call_tool(params, tools);
  throw RpcError{kMethodNotFound, "Method not found: " + method};
}

bool is_id(const Json& id) { return id.is_string() || id.is_number_integer(); }

}  // namespace

std::optional<std::string> answer_line(std::string_view line, const McpTools& tools) {
  // Values are copied level by level on the stack: a message nested deeply enough would end us.
  constexpr int kLevels = 64;
  bool too_deep = false;
  const auto look = [&](int depth, Json::parse_event_t, const Json&) {
    too_deep = too_deep || depth > kLevels;
    return !too_deep;
  };
  const Json message = Json::parse(line, look, false);
  if (message.is_discarded() || too_deep)
    return error_line(nullptr, {kParseError, "Parse error: a line is one JSON message"});
  if (!message.is_object())
    return error_line(nullptr, {kInvalidRequest, "Invalid request: not an object"});
  const Json id = message.value("id", Json());
  const Json method = message.value("method", Json());
  if (message.value("jsonrpc", Json()) != "2.0" || (!method.is_string() && !message.contains("id")))
    return error_line(is_id(id) ? id : Json(), {kInvalidRequest, "Invalid request"});
  // An answer to something we never asked, or a notification.
  if (!method.is_string() || !message.contains("id")) return std::nullopt;
  if (!is_id(id)) return error_line(nullptr, {kInvalidRequest, "Invalid request: no such id"});
  try {
    const Json params = message.value("params", Json::object());
    if (!params.is_object()) throw RpcError{kInvalidParams, "params is an object"};
    return line_of({{"jsonrpc", "2.0"}, {"id", id}, {"result", result_of(method, params, tools)}});
  } catch (const RpcError& error) {
    return error_line(id, error);
  } catch (const std::exception& error) {
    return error_line(id, {kInternalError, error.what()});
  }
}

}  // namespace candor::app
