#include "app/cli.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>

#include "app/api_client.h"
#include "app/commands/api_commands.h"
#include "app/config.h"
#include "app/output.h"
#include "app/suggest.h"
#include "candor_version.h"
#include "store/errors.h"

namespace candor::app {
namespace {

constexpr const char* kFooter = R"(Examples:
  candor init --name "My Site" --url https://example.com
  candor serve
  candor link add kettle 'https://www.awin1.com/cread.php?awinmid=7052&awinaffid=189999'
  candor inject public/
  candor report articles --from 2026-11-01

Configuration: --config, else $CANDOR_CONFIG, else ./candor.toml, else /etc/candor/candor.toml
Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 done but needs attention, 75 busy (try again))";

/// The command that parsing had reached when it stopped.
CLI::App* deepest(CLI::App* app) {
  for (const auto parsed = app->get_subcommands(); !parsed.empty();) return deepest(parsed.front());
  return app;
}

std::vector<std::string> words_of(CLI::App* app) {
  std::vector<std::string> words;
  for (const CLI::App* sub : app->get_subcommands([](CLI::App*) { return true; }))
    words.push_back(sub->get_name());
  for (const CLI::Option* option : app->get_options())
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  if (app->get_parent())
    for (const CLI::Option* option : app->get_parent()->get_options())
      for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  return words;
}

std::string full_name(const CLI::App* app) {
  return app->get_parent() ? full_name(app->get_parent()) + " " + app->get_name() : "candor";
}

int usage_error(CLI::App& app, const CLI::ParseError& error) {
  CLI::App* at = deepest(&app);
  const auto extras = at->remaining(false).empty() ? app.remaining(true) : at->remaining(false);
  if (extras.empty() && at->get_subcommands([](CLI::App*) { return true; }).size() > 0) {
    fmt::print(stderr, "{}", at->help(at->get_parent() ? full_name(at->get_parent()) : ""));
    return kUsage;
  }
  if (!extras.empty()) {
    const std::string near = nearest(extras.front(), words_of(at));
    fmt::print(stderr, "{}: unknown {} \"{}\"{}\n", full_name(at),
               extras.front().starts_with('-') ? "option" : "word", extras.front(),
               near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near));
  } else {
    fmt::print(stderr, "{}: {}\n", full_name(at), error.what());
  }
  fmt::print(stderr, "Help: {} --help\n", full_name(at));
  return kUsage;
}

int run_guarded(const Cli& cli) {
  try {
    const int code = cli.run();
    // A full disk or a closed pipe behind stdout must not look like success.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      throw std::runtime_error("the output could not be written");
    return code;
  } catch (const ConfigError& error) {
    fmt::print(stderr, "candor: {}\n", error.what());
    return kUsage;
  } catch (const store::Busy& error) {
    fmt::print(stderr, "candor: {}\n", error.what());
    return kBusy;
  } catch (const ApiError& error) {
    fmt::print(stderr, "candor: {}\n", safe_text(error.what()));
    return error.status == 503 ? kBusy : kFailed;
  } catch (const std::exception& error) {
    fmt::print(stderr, "candor: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace

int run_cli(int argc, char** argv) {
  CLI::App app{"Candor: affiliate links that count, pages that disclose, revenue per article.",
               "candor"};
  Cli cli;
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string(kVersion));
  app.add_option("--config", cli.config, "Configuration file")->type_name("FILE");
  app.add_option("--format", cli.format, "table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}));
  app.add_flag("--json", cli.json, "Same as --format json");
  add_init_command(app, cli);
  add_serve_command(app, cli);
  add_link_commands(app, cli);
  add_link_check_command(*app.get_subcommand("link"), cli);
  add_click_commands(app, cli);
  add_inject_command(app, cli);
  add_audit_command(app, cli);
  add_disclosure_command(app, cli);
  add_rules_command(app, cli);
  add_revenue_commands(app, cli);
  add_ledger_commands(*app.get_subcommand("revenue"), cli);
  add_attribute_command(*app.get_subcommand("revenue"), cli);
  add_revenue_rule_commands(*app.get_subcommand("revenue"), cli);
  add_explain_commands(*app.get_subcommand("revenue"), cli);
  add_tag_commands(*app.get_subcommand("revenue"), cli);
  add_rates_commands(app, cli);
  add_report_commands(app, cli);
  add_nightly_command(app, cli);
  add_mail_commands(app, cli);
  add_doctor_command(app, cli);
  add_user_commands(app, cli);
  add_token_commands(app, cli);
  add_share_commands(app, cli);
  add_api_commands(app, cli);
  add_webhook_commands(app, cli);
  add_mcp_command(app, cli);
  add_reference_command(app, cli);
  add_bots_commands(app, cli);
  add_retention_command(app, cli);
  add_privacy_command(app, cli);
  add_version_command(app, cli);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& error) {
    return app.exit(error);
  } catch (const CLI::CallForAllHelp& error) {
    return app.exit(error);
  } catch (const CLI::CallForVersion& error) {
    return app.exit(error);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error);
  }
  return run_guarded(cli);
}

}  // namespace candor::app
