// candor click reclassify, candor click test: verdicts made again, and clicks that count for
// nothing.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"

namespace candor::app {
namespace {

using nlohmann::json;

const Columns kChangeColumns{"was", "is", "clicks"};

struct ReclassifyOptions {
  std::string from;
  std::string to;
  bool dry_run = false;
};

/// All parts of the range added up, as one answer.
json reclassify_all(ApiClient& client, const ReclassifyOptions& options) {
  json request = {{"from", options.from}, {"to", options.to}, {"dry_run", options.dry_run}};
  json total = json::object();
  std::map<std::pair<std::string, std::string>, std::uint64_t> changes;
  while (true) {
    const json part =
        json::parse(client.call("POST", "/api/v1/clicks/reclassify", request.dump()).body);
    for (const json& change : part.at("changes"))
      changes[{change.at("was"), change.at("is")}] += change.at("clicks").get<std::uint64_t>();
    const auto add = [&](const char* count) {
      return total.value(count, std::uint64_t{0}) + part.at(count).get<std::uint64_t>();
    };
    total = {{"schema", part.at("schema")},
             {"dry_run", options.dry_run},
             {"looked_at", add("looked_at")},
             {"changed", add("changed")}};
    if (part.at("next").is_null()) break;
    request["after"] = part.at("next");
  }
  total["data"] = json::array();
  for (const auto& [verdicts, clicks] : changes)
    total["data"].push_back({{"was", verdicts.first}, {"is", verdicts.second}, {"clicks", clicks}});
  return total;
}

int reclassify(const Cli& cli, const ReclassifyOptions& options) {
  ApiClient client(require_config(cli.config));
  const json total = reclassify_all(client, options);
  print_list(cli.chosen_format(), total.dump(), kChangeColumns);
  const bool humans = std::ranges::any_of(
      total.at("data"), [](const json& change) { return change.at("is") == "human"; });
  if (humans)
    fmt::print(
        stderr,
        "Not looked at: whether a click that {} human repeats another or is part of a flood. "
        "That is only judged when a click comes.\n",
        options.dry_run ? "would be" : "became");
  if (cli.chosen_format() == "table")
    fmt::print("{} of {} clicks {} another verdict.\n", total.at("changed").get<std::uint64_t>(),
               total.at("looked_at").get<std::uint64_t>(), options.dry_run ? "would get" : "got");
  return kDone;
}

int test_click(const Cli& cli, const std::string& slug) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("POST", "/api/v1/clicks/test", json({{"link", slug}}).dump());
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
  } else {
    const json body = json::parse(response.body);
    fmt::print("{}\n", body.at("url").get<std::string>());
    fmt::print(stderr, "Open it within {} minutes: the click is recorded and counts for nothing.\n",
               body.at("valid_s").get<int>() / 60);
  }
  return kDone;
}

}  // namespace

void add_verdict_commands(CLI::App& click, Cli& cli) {
  auto options = std::make_shared<ReclassifyOptions>();
  CLI::App* again = click.add_subcommand(
      "reclassify", "Judge past clicks by today's rules, as far as the user agent decides");
  again->add_option("--from", options->from, "First day")->type_name("DAY");
  again->add_option("--to", options->to, "Last day")->type_name("DAY");
  again->add_flag("--dry-run", options->dry_run, "Only say what would change");
  again->footer(
      "What each click was judged at first is kept: candor click explain.\n"
      "Repeats, floods, prefetches and networks of servers are judged when a click comes and stay "
      "as\n"
      "they were; whether a bot that becomes human repeats a click or is part of a flood is not\n"
      "looked at.\n"
      "Example:\n  candor click reclassify --from 2026-01-01 --dry-run");
  again->callback(
      [&cli, options] { cli.run = [&cli, options] { return reclassify(cli, *options); }; });

  auto slug = std::make_shared<std::string>();
  CLI::App* test =
      click.add_subcommand("test", "Make a signed URL of a link whose click counts for nothing");
  test->add_option("SLUG", *slug, "The link")->required();
  test->footer("Example:\n  curl -sI \"$(candor click test kettle)\"");
  test->callback([&cli, slug] { cli.run = [&cli, slug] { return test_click(cli, *slug); }; });
  for (CLI::App* each : {again, test}) each->fallthrough();
}

}  // namespace candor::app
