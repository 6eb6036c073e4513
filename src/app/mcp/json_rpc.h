#pragma once
// The Model Context Protocol, revision 2025-06-18, over lines: JSON-RPC 2.0, one message a line.
// Source: https://modelcontextprotocol.io/specification/2025-06-18
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace candor::app {

/// A call of a tool that its caller got wrong or that failed: text for the assistant.
struct ToolAnswer {
  nlohmann::ordered_json content;  ///< an object; null with an error
  std::string error{};             ///< empty: none
};

/// What a server offers.
struct McpTools {
  nlohmann::ordered_json list;  ///< as tools/list answers
  /// Nothing when there is no such tool.
  std::function<std::optional<ToolAnswer>(const std::string& name,
                                          const nlohmann::ordered_json& arguments)>
      call;
};

/// The answer to one line, without its line end; nothing when it asks for none.
std::optional<std::string> answer_line(std::string_view line, const McpTools& tools);

}  // namespace candor::app
