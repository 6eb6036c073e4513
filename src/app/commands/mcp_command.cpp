// candor mcp: the site for an assistant, over stdin and stdout.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <string>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/commands/api_commands.h"
#include "app/mcp/json_rpc.h"
#include "app/mcp/tools.h"

namespace candor::app {
namespace {

/// Until stdin ends. Between calls the database is free: a daemon may start and end meanwhile.
int serve_assistant(const Cli& cli) {
  const Config config = require_config(cli.config);
  const McpTools tools =
      make_mcp_tools([&config](const std::string& method, const std::string& target,
                               const std::string& body, const std::string& media) {
        return ApiClient(config).call(method, target, body, media);
      });
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto answer = answer_line(line, tools);
    if (!answer) continue;
    fmt::print("{}\n", *answer);
    if (std::fflush(stdout) != 0) throw std::runtime_error("the assistant does not read any more");
  }
  return kDone;
}

}  // namespace

void add_mcp_command(CLI::App& app, Cli& cli) {
  CLI::App* command = app.add_subcommand(
      "mcp", "Reports, link tests and audits for an assistant (Model Context Protocol, stdio)");
  command->footer(
      "It only reads. An assistant starts it by itself; its configuration says so, for example:\n"
      "  {\"mcpServers\": {\"candor\": {\"command\": \"candor\",\n"
      "    \"args\": [\"mcp\", \"--config\", \"/etc/candor/candor.toml\"]}}}\n"
      "Example:\n  candor mcp");
  command->fallthrough();
  command->callback([&cli] { cli.run = [&cli] { return serve_assistant(cli); }; });
}

}  // namespace candor::app
