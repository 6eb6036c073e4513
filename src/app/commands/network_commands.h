#pragma once
// candor revenue pull and postback, parts of `candor revenue`.
namespace CLI {
class App;
}

namespace candor::app {

struct Cli;

void add_network_commands(CLI::App& revenue, Cli& cli);

}  // namespace candor::app
