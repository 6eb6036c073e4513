// candor revenue attribute: the attribution models on plain files, without any site.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <tuple>
#include <variant>

#include "app/cli.h"
#include "app/output.h"
#include "app/suggest.h"
#include "app/touch_files.h"
#include "attribution/markov.h"
#include "attribution/touches.h"

namespace candor::app {
namespace {

using attribution::Attribution;
using nlohmann::ordered_json;

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kMostDays = 36'500;

struct AttributeOptions {
  std::string touches, conversions;
  std::vector<std::string> models;
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
  const std::string near = nearest(name, known);
  fmt::print(stderr, "candor revenue attribute: unknown model \"{}\"{}; choose one of {}\n",
             safe_text(name), near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near),
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

struct ModelAnswer {
  std::string model;
  Attribution result;
};

/// Rows for people and spreadsheets; `part` tells an article from what none of them earned. One
/// model's amounts stand under "amount", those of several under their names.
ordered_json rows_of(const std::vector<ModelAnswer>& answers) {
  using Key = std::tuple<bool, Currency, std::string>;
  std::vector<Key> order;
  std::map<Key, ordered_json> rows;
  const auto add = [&](const ModelAnswer& answer, bool rest, const std::string& article,
                       const Money& amount) {
    const Key key{rest, amount.currency, article};
    const auto [row, is_new] = rows.try_emplace(
        key, ordered_json{{"part", rest ? "unattributed" : "article"}, {"article", article}});
    if (is_new) {
      order.push_back(key);
      for (const ModelAnswer& each : answers)
        row->second[answers.size() == 1 ? "amount" : each.model] =
            format_amount(0, amount.currency);
      row->second["currency"] = amount.currency.text();
    }
    row->second[answers.size() == 1 ? "amount" : answer.model] =
        format_amount(amount.micro_units, amount.currency);
  };
  for (const ModelAnswer& answer : answers)
    for (const auto& [article, amount] : answer.result.articles)
      add(answer, false, article, amount);
  for (const ModelAnswer& answer : answers)
    for (const Money& amount : answer.result.unattributed) add(answer, true, "", amount);
  ordered_json data = ordered_json::array();
  for (const Key& key : order) data.push_back(rows.at(key));
  return {{"data", std::move(data)}};
}

void print_answers(const std::string& format, const std::vector<ModelAnswer>& answers) {
  Columns columns{"part", "article"};
  ordered_json documents = ordered_json::array();
  for (const auto& [model, result] : answers) {
    columns.push_back(answers.size() == 1 ? "amount" : model);
    documents.push_back(document_of(result, model));
  }
  columns.emplace_back("currency");
  if (format != "json")
    print_list(format, rows_of(answers).dump(), columns);
  else
    print_list(format, (answers.size() == 1 ? documents.front() : documents).dump(), columns);
}

std::string reason_of(const attribution::AttributionError& error) {
  if (const auto* sum = std::get_if<attribution::SumTooLarge>(&error))
    return fmt::format("the amounts in {} add up to more than can be counted in 64 bits",
                       sum->currency.text());
  return fmt::format("markov: more than {} articles are on ways to conversions",
                     attribution::kMostMarkovArticles);
}

int attribute_files(const Cli& cli, const AttributeOptions& options) {
  std::vector<attribution::Model> models;
  for (const std::string& name : options.models) {
    const auto model = attribution::find_model(name);
    if (!model) return refuse_model(name);
    if (std::ranges::find(models, *model) == models.end()) models.push_back(*model);
  }
  const auto touches = read_touches(options.touches, read_whole_file(options.touches));
  const auto conversions =
      read_conversions(options.conversions, read_whole_file(options.conversions));
  tell_errors(options.touches, touches.errors);
  tell_errors(options.conversions, conversions.errors);
  std::vector<ModelAnswer> answers;
  for (const attribution::Model model : models) {
    auto result = attribute(touches.rows, conversions.rows,
                            {model, options.window_days * kDayUs, options.half_life_days * kDayUs});
    if (!result) throw std::runtime_error(reason_of(result.error()));
    answers.push_back({std::string(name_of(model)), *std::move(result)});
  }
  print_answers(cli.chosen_format(), answers);
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
  command
      ->add_option("--model", options->models,
                   "first, last, linear, position, time-decay, markov or shapley; several with "
                   "commas stand beside each other")
      ->delimiter(',')
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
      "time-decay --half-life-days 14 --json\n"
      "  candor revenue attribute --touches touches.csv --conversions orders.csv --model "
      "last,linear,markov,shapley");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return attribute_files(cli, *options); }; });
}

}  // namespace candor::app
