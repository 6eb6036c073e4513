#pragma once
// The commands for programs: the API's description, and an assistant's door.
namespace CLI {
class App;
}

namespace candor::app {

struct Cli;

void add_api_commands(CLI::App& app, Cli& cli);
void add_mcp_command(CLI::App& app, Cli& cli);

}  // namespace candor::app
