// candor revenue ..., candor report ....
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/commands/map_command.h"
#include "app/commands/network_commands.h"
#include "app/commands/report_command.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct ImportOptions {
  std::string file, network, currency, account, from, to;
  bool dry_run = false;
};

std::string read_whole_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in || std::filesystem::is_directory(name))
    throw std::runtime_error(
        name + ": cannot be read; give the report file as the network's download gave it");
  return {std::istreambuf_iterator<char>(in), {}};
}

void print_preview(const Cli& cli, const std::string& answer, const Columns& columns) {
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", answer);
    return;
  }
  const json body = json::parse(answer);
  const json& layout = body.at("layout");
  if (cli.chosen_format() == "table") {
    print_object("table", body.at("import").dump(), columns);
    fmt::print("\n");
  }
  print_list(cli.chosen_format(), json({{"data", body.at("totals")}}).dump(),
             {"currency", "status", "row_count", "commission_micro", "sale_micro"});
  fmt::print(stderr, "Read as {} {}, a layout that is {}. Nothing was imported.\n",
             safe_text(layout.value("network", "")), safe_text(layout.value("report", "")),
             layout.at("mapping").is_string()
                 ? "mapped by you as " + safe_text(layout.value("mapping", ""))
                 : layout.value("certainty", ""));
}

int import_file(const Cli& cli, const ImportOptions& options) {
  const std::string name = std::filesystem::path(options.file).filename().string();
  std::string target = "/api/v1/revenue/imports?file_name=" + percent_encode(name);
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) target += fmt::format("&{}={}", key, percent_encode(value));
  };
  add("network", options.network);
  add("currency", options.currency);
  add("account", options.account);
  add("from", options.from);
  add("to", options.to);
  add("dry_run", options.dry_run ? "true" : "");
  const std::string bytes = read_whole_file(options.file);
  const auto response = ApiClient(require_config(cli.config)).call("POST", target, bytes);
  const json body = json::parse(response.body);
  const json& import = body.at("import");
  const Columns columns{"network",         "report",          "file_name",
                        "row_count",       "new_count",       "changed_count",
                        "unchanged_count", "withdrawn_count", "bad_count"};
  if (options.dry_run) {
    print_preview(cli, response.body, columns);
  } else if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
  } else {
    print_object(cli.chosen_format(), import.dump(), columns);
  }
  if (body.at("repeated").get<bool>())
    fmt::print(stderr, "This file was imported before; nothing changed.\n");
  if (!body.value("balanced", true))
    fmt::print(stderr,
               "DOES NOT BALANCE: candor revenue check says where attributed + unattributed differ "
               "from what was imported.\n");
  for (const json& error : body.at("errors"))
    fmt::print(stderr, "{}:{}: {}: {} (\"{}\")\n", safe_text(name), error.value("row", 0),
               safe_text(error.value("column", "")), safe_text(error.value("reason", "")),
               safe_text(error.value("text", "")));
  return import.value("bad_count", 0) > 0 || !body.value("balanced", true) ? kNeedsAttention
                                                                           : kDone;
}

int articles(const Cli& cli, const std::string& from, const std::string& to,
             const std::string& as_of) {
  std::string target = "/api/v1/reports/articles?format=" + cli.chosen_format();
  if (!from.empty()) target += "&from=" + percent_encode(from);
  if (!to.empty()) target += "&to=" + percent_encode(to);
  if (!as_of.empty()) target += "&as_of=" + percent_encode(as_of);
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  fmt::print("{}", response.body);
  if (!response.body.ends_with('\n')) fmt::print("\n");
  return kDone;
}

}  // namespace

void add_revenue_commands(CLI::App& app, Cli& cli) {
  CLI::App* revenue = app.add_subcommand("revenue", "Revenue: what networks report");
  revenue->require_subcommand(1);
  revenue->fallthrough();
  auto options = std::make_shared<ImportOptions>();
  CLI::App* import = revenue->add_subcommand("import", "Import a network's report file");
  import->add_option("FILE", options->file, "As downloaded from the network")->required();
  import->add_option("--network", options->network,
                     "amazon, awin, cj, ...; else found from the file's layout");
  import->add_option("--currency", options->currency, "For files that name none (Awin's CSV)")
      ->type_name("ISO4217");
  import->add_option("--account", options->account, "Your account or store at the network");
  import->add_option("--from", options->from, "First day, for reports that name none")
      ->type_name("YYYY-MM-DD");
  import->add_option("--to", options->to, "Last day")->type_name("YYYY-MM-DD");
  import->add_flag("--dry-run", options->dry_run, "Say what it would do, and keep nothing");
  import->footer(
      "Examples:\n  candor revenue import Fee-Earnings.csv\n"
      "  candor revenue import transactions.csv --network awin --currency GBP");
  import->fallthrough();
  import->callback(
      [&cli, options] { cli.run = [&cli, options] { return import_file(cli, *options); }; });
  add_map_command(*revenue, cli);
  add_network_commands(*revenue, cli);
}

void add_report_commands(CLI::App& app, Cli& cli) {
  CLI::App* report = app.add_subcommand("report", "Reports: what earned what");
  report->require_subcommand(1);
  report->fallthrough();
  add_report_by_command(*report, cli);
  struct Range {
    std::string from, to, as_of;
  };
  auto range = std::make_shared<Range>();
  CLI::App* articles_command = report->add_subcommand("articles", "Clicks and revenue per article");
  articles_command->add_option("--from", range->from, "First day; default 27 days before --to")
      ->type_name("YYYY-MM-DD");
  articles_command->add_option("--to", range->to, "Last day; default today")
      ->type_name("YYYY-MM-DD");
  articles_command
      ->add_option("--as-of", range->as_of, "Money as the ledger knew it at the end of that day")
      ->type_name("YYYY-MM-DD");
  articles_command->footer(
      "Examples:\n  candor report articles\n  candor report articles --from 2026-11-01 --format "
      "csv");
  articles_command->fallthrough();
  articles_command->callback([&cli, range] {
    cli.run = [&cli, range] { return articles(cli, range->from, range->to, range->as_of); };
  });
  add_slice_command(*report, cli);
}

}  // namespace candor::app
