// candor share: links that show one report to whoever has them.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct ShareOptions {
  std::string name;
  std::string report = "articles";
  std::string path;
  std::int64_t range_days = 28;
  std::int64_t days = 30;
};

int add_share(const Cli& cli, const ShareOptions& options) {
  const json body{{"name", options.name},
                  {"report", options.report},
                  {"path", options.path},
                  {"range_days", options.range_days},
                  {"days", options.days}};
  const auto response =
      ApiClient(require_config(cli.config)).call("POST", "/api/v1/shares", body.dump());
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  fmt::print("{}\n", json::parse(response.body).at("url").get<std::string>());
  fmt::print(stderr, "It is not shown again. End it: candor share revoke {}\n", options.name);
  return kDone;
}

int list_shares(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/shares");
  print_list(cli.chosen_format(), response.body,
             {"name", "report", "path", "range_days", "created_at", "expires_at", "used_at"});
  return kDone;
}

int revoke_share(const Cli& cli, const ShareOptions& options) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("DELETE", "/api/v1/shares/" + percent_encode(options.name));
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

}  // namespace

void add_share_commands(CLI::App& app, Cli& cli) {
  CLI::App* share = app.add_subcommand("share", "Links that show one report, and nothing else");
  share->require_subcommand(1);
  share->fallthrough();
  auto options = std::make_shared<ShareOptions>();

  CLI::App* add = share->add_subcommand("add", "Make a link and print it, once");
  add->add_option("name", options->name, "Your word for it")->required();
  add->add_option("--report", options->report, "articles: a table of them; article: one by day")
      ->capture_default_str()
      ->check(CLI::IsMember({"articles", "article"}));
  add->add_option("--path", options->path,
                  "Only articles whose path begins so; of report article: its path");
  add->add_option("--range-days", options->range_days, "The last so many days")
      ->capture_default_str()
      ->check(CLI::Range(1, 366));
  add->add_option("--days", options->days, "The link ends after so many days")
      ->capture_default_str()
      ->check(CLI::Range(1, 366));
  add->footer("Example:\n  candor share add writer --path /reviews/ --days 90");
  add->fallthrough();
  add->callback(
      [&cli, options] { cli.run = [&cli, options] { return add_share(cli, *options); }; });

  CLI::App* list = share->add_subcommand("list", "List links, and when each was last used");
  list->footer("Example:\n  candor share list");
  list->fallthrough();
  list->callback([&cli] { cli.run = [&cli] { return list_shares(cli); }; });

  CLI::App* revoke = share->add_subcommand("revoke", "End a link at once");
  revoke->add_option("name", options->name, "Its name")->required();
  revoke->footer("Example:\n  candor share revoke writer");
  revoke->fallthrough();
  revoke->callback(
      [&cli, options] { cli.run = [&cli, options] { return revoke_share(cli, *options); }; });
}

}  // namespace candor::app
