#pragma once
// candor revenue map, a part of `candor revenue`.
namespace CLI {
class App;
}

namespace candor::app {

struct Cli;

void add_map_command(CLI::App& revenue, Cli& cli);

}  // namespace candor::app
