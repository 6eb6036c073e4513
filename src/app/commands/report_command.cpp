#include "app/commands/report_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/filter_option.h"
#include "link/url.h"

namespace candor::app {
namespace {

struct ByOptions {
  std::string by, from, to, compare = "none", as_of, currency, format;
  std::vector<std::string> filters;
};

struct RiskOptions {
  std::string from, to;
  std::int64_t clicks = 50;
};

int report_risk(const Cli& cli, const RiskOptions& options) {
  std::string target =
      fmt::format("/api/v1/reports/risk?format={}&clicks={}", cli.chosen_format(), options.clicks);
  if (!options.from.empty()) target += "&from=" + percent_encode(options.from);
  if (!options.to.empty()) target += "&to=" + percent_encode(options.to);
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  fmt::print("{}", response.body);
  if (!response.body.ends_with('\n')) fmt::print("\n");
  return kDone;
}

void add_risk(CLI::App& report, Cli& cli) {
  auto options = std::make_shared<RiskOptions>();
  CLI::App* risk = report.add_subcommand(
      "risk", "Articles that are clicked and earn nothing, or whose links lead nowhere");
  risk->add_option("--from", options->from, "First day; default 27 days before --to")
      ->type_name("YYYY-MM-DD");
  risk->add_option("--to", options->to, "Last day; default today")->type_name("YYYY-MM-DD");
  risk->add_option("--clicks", options->clicks, "From how many clicks on no revenue is a risk")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))
      ->capture_default_str();
  risk->footer("Example:\n  candor report risk --from 2026-11-01 --clicks 20");
  risk->fallthrough();
  risk->callback(
      [&cli, options] { cli.run = [&cli, options] { return report_risk(cli, *options); }; });
}

struct ModelOptions {
  std::string from, to;
  std::vector<std::string> models;
};

int report_models(const Cli& cli, const ModelOptions& options) {
  std::string target = "/api/v1/reports/models?format=" + cli.chosen_format();
  if (!options.models.empty())
    target += "&model=" + percent_encode(fmt::format("{}", fmt::join(options.models, ",")));
  if (!options.from.empty()) target += "&from=" + percent_encode(options.from);
  if (!options.to.empty()) target += "&to=" + percent_encode(options.to);
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  fmt::print("{}", response.body);
  if (!response.body.ends_with('\n')) fmt::print("\n");
  return kDone;
}

void add_models(CLI::App& report, Cli& cli) {
  auto options = std::make_shared<ModelOptions>();
  CLI::App* models = report.add_subcommand(
      "models", "What each article earned by each of several attribution models, side by side");
  models
      ->add_option("--model", options->models,
                   "first, last, linear, position, time-decay, markov, shapley; several with "
                   "commas between; default the first five")
      ->delimiter(',')
      ->type_name("NAME,...");
  models->add_option("--from", options->from, "First day; default 27 days before --to")
      ->type_name("YYYY-MM-DD");
  models->add_option("--to", options->to, "Last day; default today")->type_name("YYYY-MM-DD");
  models->footer(
      "Only money that no token, label or tag decides differs; nothing is booked.\n"
      "Example:\n  candor report models --model last,linear,markov --from 2026-11-01");
  models->fallthrough();
  models->callback(
      [&cli, options] { cli.run = [&cli, options] { return report_models(cli, *options); }; });
}

struct RevisionOptions {
  std::string article;
  std::int64_t days = 14;
};

int report_revisions(const Cli& cli, const RevisionOptions& options) {
  const auto response =
      ApiClient(require_config(cli.config))
          .call("GET",
                fmt::format("/api/v1/reports/revisions?format={}&days={}&path={}",
                            cli.chosen_format(), options.days, percent_encode(options.article)));
  fmt::print("{}", response.body);
  if (!response.body.ends_with('\n')) fmt::print("\n");
  return kDone;
}

void add_revisions(CLI::App& report, Cli& cli) {
  auto options = std::make_shared<RevisionOptions>();
  CLI::App* revisions = report.add_subcommand(
      "revisions", "What an article earned per 1,000 views before and after each change");
  revisions->add_option("--article", options->article, "Its path")->required()->type_name("PATH");
  revisions->add_option("--days", options->days, "On each side of a change")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{366}))
      ->capture_default_str();
  revisions->footer("Example:\n  candor report revisions --article /best-kettles/ --days 28");
  revisions->fallthrough();
  revisions->callback(
      [&cli, options] { cli.run = [&cli, options] { return report_revisions(cli, *options); }; });
}

int report_by(const Cli& cli, const ByOptions& options) {
  const std::string format = options.format.empty() ? cli.chosen_format() : options.format;
  std::string target = "/api/v1/reports?format=" + format;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) target += fmt::format("&{}={}", key, percent_encode(value));
  };
  add("by", options.by);
  add("from", options.from);
  add("to", options.to);
  add("compare", options.compare);
  add("as_of", options.as_of);
  add("currency", options.currency);
  if (!add_filters(options.filters, target)) return kUsage;
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  fmt::print("{}", response.body);
  if (!response.body.ends_with('\n')) fmt::print("\n");
  return kDone;
}

}  // namespace

void add_report_by_command(CLI::App& report, Cli& cli) {
  add_models(report, cli);
  add_revisions(report, cli);
  add_risk(report, cli);
  auto options = std::make_shared<ByOptions>();
  CLI::App* by = report.add_subcommand("by", "Clicks and revenue by one dimension, compared");
  by->add_option("DIMENSION", options->by, "What a row is")
      ->required()
      ->check(CLI::IsMember({"article", "link", "merchant", "network", "programme", "placement",
                             "country", "device", "day", "week", "month"}));
  by->add_option("--from", options->from, "First day; default 27 days before --to")
      ->type_name("YYYY-MM-DD");
  by->add_option("--to", options->to, "Last day; default today")->type_name("YYYY-MM-DD");
  by->add_option("--compare", options->compare,
                 "With the weeks before or the same weekdays a year before")
      ->check(CLI::IsMember({"previous", "year", "none"}))
      ->capture_default_str();
  by->add_option("--as-of", options->as_of, "Money as the ledger knew it at the end of that day")
      ->type_name("YYYY-MM-DD");
  by->add_option("--currency", options->currency,
                 "Tell all money in it, by the imported rates of each commission's day")
      ->type_name("ISO4217");
  by->add_option("--format", options->format, "table, json, csv or html")
      ->check(CLI::IsMember({"table", "json", "csv", "html"}));
  by->add_option("--filter", options->filters,
                 "Only this article, link, merchant, network or programme; may be given again")
      ->type_name("NAME=VALUE");
  by->footer(
      "Examples:\n  candor report by network --compare previous\n"
      "  candor report by month --from 2026-01-01 --compare year\n"
      "  candor report by article --filter merchant=Blendworks\n"
      "  candor report by article --format html > report.html");
  by->fallthrough();
  by->callback([&cli, options] { cli.run = [&cli, options] { return report_by(cli, *options); }; });
}

}  // namespace candor::app
