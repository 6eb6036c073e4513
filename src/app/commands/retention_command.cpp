// candor retention run: clicks of older days into columns, as the nightly run does it.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"

namespace candor::app {
namespace {

using nlohmann::json;

int run_retention(const Cli& cli, bool dry_run) {
  const auto response =
      ApiClient(require_config(cli.config))
          .call("POST", "/api/v1/jobs/retention", json({{"dry_run", dry_run}}).dump());
  const json body = json::parse(response.body);
  print_object(cli.chosen_format(), response.body,
               {"dry_run", "closed_days", "packed_days", "packed_clicks", "bytes"});
  for (const json& refused : body.at("refused"))
    fmt::print(stderr, "candor retention: {}\n", safe_text(refused.get<std::string>()));
  return body.at("refused").empty() ? kDone : kNeedsAttention;
}

}  // namespace

void add_retention_command(CLI::App& app, Cli& cli) {
  CLI::App* retention =
      app.add_subcommand("retention", "Retention: what becomes of clicks of older days");
  retention->require_subcommand(1);
  retention->fallthrough();
  auto dry_run = std::make_shared<bool>(false);
  CLI::App* run = retention->add_subcommand(
      "run", "Move clicks of older days into columns; nothing but visitors' keys is lost");
  run->add_flag("--dry-run", *dry_run, "Only say what would be done");
  run->footer(
      "How many days stay as they came: [retention] raw_click_days in candor.toml.\n"
      "candor nightly does the same.\nExample:\n  candor retention run --dry-run");
  run->fallthrough();
  run->callback(
      [&cli, dry_run] { cli.run = [&cli, dry_run] { return run_retention(cli, *dry_run); }; });
}

}  // namespace candor::app
