// candor revenue map: tells Candor the columns of a report that it does not know.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/commands/map_command.h"
#include "app/commands/page_options.h"
#include "app/config.h"
#include "app/open_site.h"
#include "app/output.h"
#include "base/ascii.h"
#include "jobs/mapping_files.h"
#include "link/url.h"
#include "networks/report_layout.h"

namespace candor::app {
namespace {

using networks::ColumnRole;
using networks::Mapping;
using networks::MappingGuess;
using nlohmann::json;

struct MapOptions {
  std::string file, name, network, currency, zone, dates;
  std::vector<std::string> columns, statuses;
};

std::string read_whole_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in || std::filesystem::is_directory(name))
    throw std::runtime_error(name + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "commission=Payout", and "sale=" for none.
void set_column(Mapping& mapping, const std::string& given) {
  const std::size_t equals = given.find('=');
  const auto role = networks::find_column_role(given.substr(0, equals));
  if (equals == std::string::npos || !role) {
    std::string roles;
    for (int i = 0; i < networks::kColumnRoleCount; ++i)
      roles += (i > 0 ? ", " : "") + std::string(name_of(static_cast<ColumnRole>(i)));
    throw std::runtime_error('"' + given + "\" is not MEANING=COLUMN; meanings are " + roles);
  }
  const std::string column = networks::plain_column(given.substr(equals + 1));
  if (column.empty())
    mapping.columns.erase(*role);
  else
    mapping.columns[*role] = column;
}

void set_status(Mapping& mapping, const std::string& given) {
  const std::size_t equals = given.find('=');
  const auto status =
      equals == std::string::npos ? std::nullopt : find_commission_status(given.substr(equals + 1));
  if (!status)
    throw std::runtime_error('"' + given +
                             "\" is not WORD=STATUS, as in \"in review=pending\"; statuses are "
                             "pending, approved, reversed and paid");
  mapping.statuses[ascii::to_lower(given.substr(0, equals))] = *status;
}

void apply(const MapOptions& options, Mapping& mapping) {
  mapping.name = options.name;
  mapping.network = options.network.empty() ? options.name : options.network;
  if (!options.zone.empty()) mapping.zone = options.zone;
  if (!options.currency.empty()) {
    mapping.currency = find_currency(options.currency);
    if (!mapping.currency)
      throw std::runtime_error('"' + options.currency + "\" is no ISO 4217 currency code");
  }
  if (!options.dates.empty())
    mapping.day_order = options.dates == "day-first" ? networks::DayOrder::DayFirst
                                                     : networks::DayOrder::MonthFirst;
  for (const std::string& each : options.columns) set_column(mapping, each);
  for (const std::string& each : options.statuses) set_status(mapping, each);
}

std::string example_of(const MappingGuess& guess, const std::string& column) {
  for (std::size_t i = 0; i < guess.header.size(); ++i)
    if (guess.mapping.header[i] == column)
      for (const auto& row : guess.examples)
        if (!row[i].empty()) return row[i];
  return {};
}

json columns_json(const MappingGuess& guess, const Mapping& mapping) {
  json rows = json::array();
  for (int i = 0; i < networks::kColumnRoleCount; ++i) {
    const auto role = static_cast<ColumnRole>(i);
    const auto column = mapping.columns.find(role);
    const std::string name = column == mapping.columns.end() ? "" : column->second;
    rows.push_back(
        {{"meaning", name_of(role)}, {"column", name}, {"example", example_of(guess, name)}});
  }
  return rows;
}

/// Shows the guess on a terminal and takes corrections until an empty line.
void ask(const MappingGuess& guess, Mapping& mapping) {
  std::string columns;
  for (const std::string& name : guess.header) columns += (columns.empty() ? "" : ", ") + name;
  fmt::print(stderr, "Columns of the file: {}\n", safe_text(columns));
  while (true) {
    for (const json& row : columns_json(guess, mapping))
      fmt::print(stderr, "  {:<14} {:<28} {}\n", row.value("meaning", ""),
                 safe_text(row.value("column", "")), safe_text(row.value("example", "")));
    fmt::print(stderr, "Correct one (commission=Payout; sale= for none), or Enter when right: ");
    std::string line;
    if (!std::getline(std::cin, line)) throw std::runtime_error("nothing was saved");
    if (line.empty()) return;
    try {
      set_column(mapping, line);
    } catch (const std::runtime_error& error) {
      fmt::print(stderr, "{}\n", safe_text(error.what()));
    }
  }
}

void ask_for_name(MapOptions& options) {
  fmt::print(stderr, "A name for this layout (lower case letters, digits, '-'): ");
  if (!std::getline(std::cin, options.name)) throw std::runtime_error("nothing was saved");
}

int map_file(const Cli& cli, MapOptions options) {
  const Config config = require_config(cli.config);
  const std::string bytes = read_whole_file(options.file);
  if (const auto known = networks::read_report(bytes, {});
      known || known.error().kind == networks::ReportError::Kind::CurrencyNeeded ||
      known.error().kind == networks::ReportError::Kind::RangeNeeded)
    throw std::runtime_error("this layout is known: import the file");
  const auto guess = networks::guess_mapping(bytes);
  if (!guess) throw std::runtime_error(guess.error().message);
  const bool asks = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
  if (options.name.empty() && asks) ask_for_name(options);
  Mapping mapping = guess->mapping;
  apply(options, mapping);
  if (asks && options.columns.empty()) ask(*guess, mapping);
  if (options.name.empty()) throw std::runtime_error("say --name for the mapping");
  if (const auto faults = faults_of(mapping); !faults.empty())
    throw std::runtime_error(faults.front().message + (faults.front().field.starts_with("columns.")
                                                           ? "; say it as in --column date=Sold"
                                                           : ""));
  const auto file = networks::read_mapped(bytes, mapping, {});
  if (!file)
    throw std::runtime_error(file.error().message +
                             (mapping.currency ? "" : "; say --currency, as in --currency EUR"));
  const auto saved = jobs::save_mapping(config.data_dir / "mappings", mapping);
  const json answer{{"schema", "candor.revenue.mapping/1"},
                    {"name", mapping.name},
                    {"network", mapping.network},
                    {"file", saved.string()},
                    {"rows", file->rows.size()},
                    {"bad_rows", file->errors.size()},
                    {"data", columns_json(*guess, mapping)}};
  if (cli.chosen_format() == "json")
    fmt::print("{}\n", answer.dump());
  else
    print_list(cli.chosen_format(), answer.dump(), {"meaning", "column", "example"});
  for (const RowError& error : file->errors)
    fmt::print(stderr, "{}:{}: {}: {} (\"{}\")\n", safe_text(options.file), error.row,
               safe_text(error.column), safe_text(error.reason), safe_text(error.text));
  fmt::print(stderr, "{} can be read. Saved as {}; now: candor revenue import {}\n",
             counted(file->rows.size(), "row", "rows"), saved.string(), safe_text(options.file));
  return file->errors.empty() ? kDone : kNeedsAttention;
}

int list_mappings(const Cli& cli) {
  const auto response =
      ApiClient(require_config(cli.config)).call("GET", "/api/v1/revenue/mappings");
  print_list(cli.chosen_format(), response.body, {"name", "network", "currency", "zone", "dates"});
  return kDone;
}

int remove_mapping(const Cli& cli, const std::string& name) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("DELETE", "/api/v1/revenue/mappings/" + percent_encode(name));
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

}  // namespace

void add_map_command(CLI::App& revenue, Cli& cli) {
  auto options = std::make_shared<MapOptions>();
  CLI::App* command = revenue.add_subcommand(
      "map", "Tell the columns of a report that Candor does not know, for all later imports");
  command->add_option("FILE", options->file, "A report with a header")->required();
  command->add_option("--name", options->name, "Of the mapping: lower case letters, digits, '-'");
  command->add_option("--network", options->network, "That its rows are booked under; else NAME");
  command->add_option("--column", options->columns, "What a column means, where the guess is wrong")
      ->type_name("MEANING=COLUMN");
  command->add_option("--status", options->statuses, "What a word in the status column means")
      ->type_name("WORD=STATUS");
  command->add_option("--currency", options->currency, "For files that name none")
      ->type_name("ISO4217");
  command->add_option("--zone", options->zone, "Time zone of its times; else UTC")
      ->type_name("Area/City");
  command->add_option("--dates", options->dates, "Order of dates such as 03/04/2026")
      ->check(CLI::IsMember({"day-first", "month-first"}));
  command->footer(
      "Example:\n  candor revenue map acme.csv --name acme --currency EUR --column sub_id=Ref");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return map_file(cli, *options); }; });

  auto removed = std::make_shared<std::string>();
  CLI::App* mappings = revenue.add_subcommand("mappings", "List the mappings that were saved");
  mappings->add_option("--remove", *removed, "Remove this one instead")->type_name("NAME");
  mappings->fallthrough();
  mappings->callback([&cli, removed] {
    cli.run = [&cli, removed] {
      return removed->empty() ? list_mappings(cli) : remove_mapping(cli, *removed);
    };
  });
}

}  // namespace candor::app
