// candor revenue attribute: the attribution models on plain files, without any site.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/output.h"
#include "app/suggest.h"
#include "app/touch_files.h"
#include "attribution/touches.h"

namespace candor::app {
namespace {

using attribution::Attribution;
using nlohmann::ordered_json;

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kMostDays = 36'500;

struct AttributeOptions {
  std::string touches, conversions, model;
  std::int64_t window_days = 30;
  std::int64_t half_life_days = 7;
};

std::string read_whole_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in || std::filesystem::is_directory(name))
    throw std::runtime_error(safe_text(name) + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

int refuse_model(const std::string& name) {
  std::vector<std::string> known;
  for (attribution::Model model : attribution::kModels) known.emplace_back(name_of(model));
  const bool planned = name == "markov" || name == "shapley";
  const std::string near = planned ? std::string() : nearest(name, known);
  fmt::print(stderr, "candor revenue attribute: {} \"{}\"{}; choose one of {}\n",
             planned ? "there is not yet a model" : "unknown model", safe_text(name),
             near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near),
             fmt::join(known, ", "));
  return kUsage;
}

void tell_errors(const std::string& file, const std::vector<RowError>& errors) {
  for (const RowError& error : errors)
    fmt::print(stderr, "{}:{}:{} {} (\"{}\")\n", safe_text(file), error.row,
               error.column.empty() ? "" : error.column + ":", safe_text(error.reason),
               safe_text(error.text));
}

/// Null when the currencies differ: their sum would mean nothing.
ordered_json sum_of(const std::vector<Money>& amounts) {
  if (amounts.empty()) return 0;
  return amounts.size() == 1 ? ordered_json(amounts.front().micro_units) : ordered_json(nullptr);
}

ordered_json document_of(const Attribution& result, std::string_view model) {
  ordered_json articles = ordered_json::array();
  for (const auto& [article, amount] : result.articles)
    articles.push_back({{"article", article},
                        {"amount_micro", amount.micro_units},
                        {"currency", amount.currency.text()}});
  ordered_json unattributed = ordered_json::array();
  for (const Money& amount : result.unattributed)
    unattributed.push_back(
        {{"amount_micro", amount.micro_units}, {"currency", amount.currency.text()}});
  return {{"schema", "candor.attribution/1"},
          {"model", model},
          {"articles", std::move(articles)},
          {"unattributed", std::move(unattributed)},
          {"unattributed_micro", sum_of(result.unattributed)}};
}

/// Rows for people and spreadsheets; `part` tells an article from what none of them earned.
ordered_json rows_of(const Attribution& result) {
  ordered_json rows = ordered_json::array();
  const auto add = [&](const char* part, const std::string& article, const Money& amount) {
    rows.push_back({{"part", part},
                    {"article", article},
                    {"amount", format_amount(amount.micro_units, amount.currency)},
                    {"currency", amount.currency.text()}});
  };
  for (const auto& [article, amount] : result.articles) add("article", article, amount);
  for (const Money& amount : result.unattributed) add("unattributed", "", amount);
  return {{"data", std::move(rows)}};
}

int attribute_files(const Cli& cli, const AttributeOptions& options) {
  const auto model = attribution::find_model(options.model);
  if (!model) return refuse_model(options.model);
  const auto touches = read_touches(options.touches, read_whole_file(options.touches));
  const auto conversions =
      read_conversions(options.conversions, read_whole_file(options.conversions));
  tell_errors(options.touches, touches.errors);
  tell_errors(options.conversions, conversions.errors);
  const auto result =
      attribute(touches.rows, conversions.rows,
                {*model, options.window_days * kDayUs, options.half_life_days * kDayUs});
  if (!result)
    throw std::runtime_error(
        fmt::format("the amounts in {} add up to more than can be counted in 64 bits",
                    result.error().currency.text()));
  const bool as_json = cli.chosen_format() == "json";
  print_list(cli.chosen_format(),
             (as_json ? document_of(*result, name_of(*model)) : rows_of(*result)).dump(),
             {"part", "article", "amount", "currency"});
  return touches.errors.empty() && conversions.errors.empty() ? kDone : kNeedsAttention;
}

}  // namespace

void add_attribute_command(CLI::App& revenue, Cli& cli) {
  auto options = std::make_shared<AttributeOptions>();
  CLI::App* command = revenue.add_subcommand(
      "attribute", "Divide conversions over touches, from plain files; needs no site");
  command->add_option("--touches", options->touches, "CSV: id,visitor,article,at (RFC 3339)")
      ->required()
      ->type_name("FILE");
  command->add_option("--conversions", options->conversions, "CSV: id,visitor,at,amount,currency")
      ->required()
      ->type_name("FILE");
  command->add_option("--model", options->model, "first, last, linear, position or time-decay")
      ->required();
  command
      ->add_option("--window-days", options->window_days,
                   "How long before a conversion a touch counts")
      ->check(CLI::Range(std::int64_t{1}, kMostDays))
      ->capture_default_str();
  command
      ->add_option("--half-life-days", options->half_life_days,
                   "time-decay: a touch this much older counts half")
      ->check(CLI::Range(std::int64_t{1}, kMostDays))
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  candor revenue attribute --touches touches.csv --conversions orders.csv --model linear\n"
      "  candor revenue attribute --touches touches.csv --conversions orders.csv --model "
      "time-decay --half-life-days 14 --json");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return attribute_files(cli, *options); }; });
}

}  // namespace candor::app
