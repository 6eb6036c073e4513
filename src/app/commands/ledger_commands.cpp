// candor revenue imports, undo, show, check, reconcile; candor rates ...
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

std::string read_whole_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in || std::filesystem::is_directory(name))
    throw std::runtime_error(safe_text(name) + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

void tell_errors(const std::string& file, const json& errors) {
  for (const json& error : errors)
    fmt::print(stderr, "{}:{}: {}: {} (\"{}\")\n", safe_text(file), error.value("row", 0),
               safe_text(error.value("column", "")), safe_text(error.value("reason", "")),
               safe_text(error.value("text", "")));
}

int imports(const Cli& cli) {
  const auto response =
      ApiClient(require_config(cli.config)).call("GET", "/api/v1/revenue/imports");
  print_list(cli.chosen_format(), response.body,
             {"id", "imported_at", "network", "report", "account", "file_name", "row_count",
              "new_count", "changed_count", "withdrawn_count", "bad_count", "undone_at"});
  return kDone;
}

int undo(const Cli& cli, std::int64_t id) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("POST", fmt::format("/api/v1/revenue/imports/{}/undo", id));
  if (cli.chosen_format() == "json")
    fmt::print("{}\n", response.body);
  else
    print_object(cli.chosen_format(), json::parse(response.body).at("import").dump(),
                 {"id", "network", "report", "file_name", "imported_at", "undone_at"});
  return kDone;
}

int show(const Cli& cli, std::int64_t id) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("GET", fmt::format("/api/v1/revenue/commissions/{}", id));
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  const json body = json::parse(response.body);
  if (cli.chosen_format() == "table") {
    print_object("table", body.at("commission").dump(),
                 {"id", "network", "identity", "event_at", "status", "currency", "commission_micro",
                  "sale_micro", "tier", "reason"});
    fmt::print("\n");
  }
  print_list(cli.chosen_format(), json({{"data", body.at("history")}}).dump(),
             {"recorded_at", "kind", "effective", "import", "file_name", "undone", "status",
              "event_at", "currency", "commission_micro", "sale_micro", "quantity"});
  if (cli.chosen_format() == "table") {
    fmt::print("\n");
    print_list("table", json({{"data", body.at("allocations")}}).dump(),
               {"path", "currency", "commission_micro", "sale_micro"});
  }
  return kDone;
}

int check(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/revenue/check");
  print_list(cli.chosen_format(), response.body,
             {"network", "account", "currency", "status", "period", "imported_micro",
              "attributed_micro", "unattributed_micro", "difference_micro"});
  const bool balanced = json::parse(response.body).at("balanced").get<bool>();
  if (!balanced)
    fmt::print(stderr,
               "DOES NOT BALANCE: attributed + unattributed differ from what was imported.\n");
  return balanced ? kDone : kFailed;
}

int reconcile(const Cli& cli, const std::string& file) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("POST", "/api/v1/revenue/reconcile", read_whole_file(file));
  const json body = json::parse(response.body);
  print_list(cli.chosen_format(), response.body,
             {"network", "account", "currency", "period", "statement_micro", "ledger_micro",
              "difference_micro"});
  tell_errors(std::filesystem::path(file).filename().string(), body.at("errors"));
  return body.at("agrees").get<bool>() && body.at("errors").empty() ? kDone : kNeedsAttention;
}

int import_rates(const Cli& cli, const std::string& file) {
  const auto response =
      ApiClient(require_config(cli.config)).call("POST", "/api/v1/rates", read_whole_file(file));
  const json body = json::parse(response.body);
  if (cli.chosen_format() == "json")
    fmt::print("{}\n", response.body);
  else
    print_object(cli.chosen_format(), response.body, {"rate_count", "new_count"});
  tell_errors(std::filesystem::path(file).filename().string(), body.at("errors"));
  return body.at("errors").empty() ? kDone : kNeedsAttention;
}

int list_rates(const Cli& cli, const std::string& day) {
  const auto response =
      ApiClient(require_config(cli.config)).call("GET", "/api/v1/rates?day=" + percent_encode(day));
  print_list(cli.chosen_format(), response.body, {"id", "day", "currency", "per_euro_micro"});
  return kDone;
}

CLI::App* add_plain(CLI::App& parent, const char* name, const char* what) {
  CLI::App* command = parent.add_subcommand(name, what);
  command->fallthrough();
  return command;
}

}  // namespace

void add_ledger_commands(CLI::App& revenue, Cli& cli) {
  add_plain(revenue, "imports", "List imported report files, also those taken back")
      ->callback([&cli] { cli.run = [&cli] { return imports(cli); }; });

  auto import = std::make_shared<std::int64_t>(0);
  CLI::App* undo_command = add_plain(
      revenue, "undo", "Take an import back: everything is as if it had never been imported");
  undo_command->add_option("IMPORT", *import, "Its id, as candor revenue imports lists it")
      ->required();
  undo_command->callback(
      [&cli, import] { cli.run = [&cli, import] { return undo(cli, *import); }; });

  auto commission = std::make_shared<std::int64_t>(0);
  CLI::App* show_command =
      add_plain(revenue, "show", "One commission: what was heard of it and when, who earned it");
  show_command->add_option("COMMISSION", *commission, "Its id")->required();
  show_command->callback(
      [&cli, commission] { cli.run = [&cli, commission] { return show(cli, *commission); }; });

  add_plain(revenue, "check",
            "Check attributed + unattributed = imported, by network, account, currency, status "
            "and month; exit 1 when not")
      ->callback([&cli] { cli.run = [&cli] { return check(cli); }; });

  auto statement = std::make_shared<std::string>();
  CLI::App* reconcile_command = add_plain(
      revenue, "reconcile",
      "Compare a network's payments with approved and paid commissions; exit 3 when they differ");
  reconcile_command
      ->add_option("STATEMENT", *statement, "CSV: network,account,currency,amount,period")
      ->required();
  reconcile_command->footer(
      "The period is the month of the sale, like 2026-03; the amount has a decimal point; an empty "
      "account means all of the network's.\nExample:\n  candor revenue reconcile awin-march.csv");
  reconcile_command->callback(
      [&cli, statement] { cli.run = [&cli, statement] { return reconcile(cli, *statement); }; });
}

void add_rates_commands(CLI::App& app, Cli& cli) {
  CLI::App* rates = app.add_subcommand("rates", "Exchange rates, kept with their days");
  rates->require_subcommand(1);
  rates->fallthrough();
  auto file = std::make_shared<std::string>();
  CLI::App* import =
      add_plain(*rates, "import", "Import the European Central Bank's reference rates");
  import->add_option("FILE", *file, "eurofxref-hist.csv or eurofxref.csv, unzipped")->required();
  import->callback([&cli, file] { cli.run = [&cli, file] { return import_rates(cli, *file); }; });

  auto day = std::make_shared<std::string>();
  CLI::App* list = add_plain(*rates, "list", "List the rates of a day, per euro");
  list->add_option("DAY", *day, "Like 2026-03-02")->required();
  list->callback([&cli, day] { cli.run = [&cli, day] { return list_rates(cli, *day); }; });
}

}  // namespace candor::app
