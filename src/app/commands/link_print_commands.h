#pragma once
// candor link qr and history, parts of `candor link`.
namespace CLI {
class App;
}

namespace candor::app {

struct Cli;

void add_link_print_commands(CLI::App& link, Cli& cli);

}  // namespace candor::app
