#pragma once
// What all commands share: the global options, and the one thing to run once the words have been
// parsed.
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace candor::app {

/// Exit codes, as `candor --help` lists them.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kNeedsAttention = 3;
inline constexpr int kBusy = 75;  // EX_TEMPFAIL of sysexits.h

struct Cli {
  std::string config;            ///< --config
  std::string format = "table";  ///< table, json or csv
  bool json = false;             ///< --json
  std::function<int()> run;      ///< set by the command that was named

  const std::string& chosen_format() const {
    static const std::string kJson = "json";
    return json ? kJson : format;
  }
};

/// Parses and runs; gives the exit code. Messages go to stderr, data to stdout.
int run_cli(int argc, char** argv);

// One per noun; each in its own file under commands/.
void add_init_command(CLI::App& app, Cli& cli);
void add_serve_command(CLI::App& app, Cli& cli);
void add_link_commands(CLI::App& app, Cli& cli);
void add_link_check_command(CLI::App& link, Cli& cli);
void add_click_commands(CLI::App& app, Cli& cli);
void add_verdict_commands(CLI::App& click, Cli& cli);
void add_inject_command(CLI::App& app, Cli& cli);
void add_audit_command(CLI::App& app, Cli& cli);
void add_disclosure_command(CLI::App& app, Cli& cli);
void add_rules_command(CLI::App& app, Cli& cli);
void add_revenue_commands(CLI::App& app, Cli& cli);
void add_ledger_commands(CLI::App& revenue, Cli& cli);
void add_rates_commands(CLI::App& app, Cli& cli);
void add_attribute_command(CLI::App& revenue, Cli& cli);
void add_revenue_rule_commands(CLI::App& revenue, Cli& cli);
void add_explain_commands(CLI::App& revenue, Cli& cli);
void add_tag_commands(CLI::App& revenue, Cli& cli);
void add_report_commands(CLI::App& app, Cli& cli);
void add_slice_command(CLI::App& report, Cli& cli);
void add_retention_command(CLI::App& app, Cli& cli);
void add_nightly_command(CLI::App& app, Cli& cli);
void add_mail_commands(CLI::App& app, Cli& cli);
void add_doctor_command(CLI::App& app, Cli& cli);
void add_user_commands(CLI::App& app, Cli& cli);
void add_token_commands(CLI::App& app, Cli& cli);
void add_share_commands(CLI::App& app, Cli& cli);
void add_bots_commands(CLI::App& app, Cli& cli);
void add_privacy_command(CLI::App& app, Cli& cli);
void add_version_command(CLI::App& app, Cli& cli);

}  // namespace candor::app
