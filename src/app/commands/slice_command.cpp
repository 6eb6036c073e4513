// candor report clicks: clicks counted by any of their dimensions.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/filter_option.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct SliceOptions {
  std::vector<std::string> by;
  std::string from;
  std::string to;
  std::vector<std::string> filters;
  bool visitors = false;
  int limit = 1'000;
};

int slice(const Cli& cli, const SliceOptions& options) {
  std::string by;
  for (const std::string& name : options.by) by += (by.empty() ? "" : ",") + name;
  std::string target =
      fmt::format("/api/v1/clicks/slices?by={}&limit={}", percent_encode(by), options.limit);
  if (!options.from.empty()) target += "&from=" + percent_encode(options.from);
  if (!options.to.empty()) target += "&to=" + percent_encode(options.to);
  if (options.visitors) target += "&visitors=1";
  if (!add_filters(options.filters, target)) return kUsage;
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  Columns columns = options.by;
  columns.insert(columns.end(), {"clicks", "gross_clicks"});
  if (options.visitors) columns.emplace_back("visitor_days");
  print_list(cli.chosen_format(), response.body, columns);
  const json body = json::parse(response.body);
  const auto shown = body.at("data").size();
  if (shown < body.at("rows").get<std::size_t>())
    fmt::print(stderr, "{} of {} rows are shown; more: --limit\n", shown,
               body.at("rows").get<std::size_t>());
  if (cli.chosen_format() != "table") return kDone;
  fmt::print("{} to {}: {} clicks, {} gross.\n", body.value("from", ""), body.value("to", ""),
             body.at("total").at("clicks").get<std::int64_t>(),
             body.at("total").at("gross_clicks").get<std::int64_t>());
  for (const json& credit : body.at("credits"))
    fmt::print("{}\n", safe_text(credit.get<std::string>()));
  return kDone;
}

}  // namespace

void add_slice_command(CLI::App& report, Cli& cli) {
  auto options = std::make_shared<SliceOptions>();
  CLI::App* command = report.add_subcommand("clicks", "Clicks counted by what you name");
  command
      ->add_option("--by", options->by,
                   "Up to 5 of day, week, month, article, link, merchant, network, programme, "
                   "placement, country, device, os, language, verdict, kind")
      ->delimiter(',')
      ->required()
      ->type_name("NAME,...");
  command->add_option("--from", options->from, "First day; default 27 days before --to")
      ->type_name("YYYY-MM-DD");
  command->add_option("--to", options->to, "Last day; default today")->type_name("YYYY-MM-DD");
  command
      ->add_option("--filter", options->filters,
                   "Only clicks of this kind; may be repeated, the same name means either")
      ->type_name("NAME=VALUE");
  command->add_flag("--visitors", options->visitors,
                    "Readers of each day, too; added over days, so an estimate of people");
  command->add_option("--limit", options->limit, "How many rows")->check(CLI::Range(1, 100'000));
  command->footer(
      "Examples:\n  candor report clicks --by country,device --filter article=/best-kettles/\n"
      "  candor report clicks --by month,merchant --from 2026-01-01 --format csv");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return slice(cli, *options); }; });
}

}  // namespace candor::app
