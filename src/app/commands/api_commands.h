#pragma once
// The commands for programs: the API's description, webhooks, and an assistant's door.
namespace CLI {
class App;
}

namespace candor::app {

struct Cli;

void add_api_commands(CLI::App& app, Cli& cli);
void add_webhook_commands(CLI::App& app, Cli& cli);
void add_reference_command(CLI::App& app, Cli& cli);
void add_mcp_command(CLI::App& app, Cli& cli);

}  // namespace candor::app
