#pragma once
// candor report by ...

namespace CLI {
class App;
}

namespace candor::app {

struct Cli;

/// Below `candor report`.
void add_report_by_command(CLI::App& report, Cli& cli);

}  // namespace candor::app
