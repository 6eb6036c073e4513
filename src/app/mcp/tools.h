#pragma once
// What an assistant may ask of a site: reports and explanations, and the audit of a page. Each tool
// is a route of the API that a token of the scopes read and pages would open, and no other; its
// arguments and answers are as the route's contract says.
#include <functional>
#include <string>

#include "app/mcp/json_rpc.h"
#include "http/message.h"

namespace candor::app {

/// Asks the API; throws what ApiClient throws.
using AskApi = std::function<http::Response(const std::string& method, const std::string& target,
                                            const std::string& body, const std::string& media)>;

/// Throws logic_error when a tool's route takes more than these scopes. A tool whose call fails
/// says so to the assistant, in the API's words.
McpTools make_mcp_tools(AskApi ask);

}  // namespace candor::app
