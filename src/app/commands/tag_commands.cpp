// candor revenue tags ...: Amazon's tracking IDs of single articles.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"
#include "revenue/money.h"

namespace candor::app {
namespace {

using nlohmann::json;

std::string amounts_of(const json& amounts) {
  std::string out;
  for (const json& each : amounts) {
    const std::string code = each.at("currency");
    out += (out.empty() ? "" : ", ") +
           format_amount(each.at("commission_micro").get<std::int64_t>(),
                         find_currency(code).value_or(Currency{})) +
           " " + code;
  }
  return out;
}

void print_counted(const json& body) {
  if (!body.at("tags").empty()) {
    fmt::print("\nClicks by Amazon's own reports, beside ours of the same days\n");
    print_list("table", json({{"data", body.at("tags")}}).dump(),
               {"tag", "from", "to", "amazon_clicks", "clicks", "article"});
  }
  if (!body.at("link_types").empty()) {
    fmt::print("\n");
    print_list("table", json({{"data", body.at("link_types")}}).dump(),
               {"kind", "from", "to", "amazon_clicks"});
  }
}

int plan(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/revenue/tags");
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  json body = json::parse(response.body);
  for (json& row : body.at("data")) {
    row["earned"] = amounts_of(row.at("amounts"));
    row["advice"] = !row.at("tag").is_null()             ? "has its own"
                    : row.at("deserves_tag").get<bool>() ? "create one at Amazon"
                                                         : "shares one";
  }
  print_list(cli.chosen_format(), body.dump(), {"article", "advice", "tag", "earned", "clicks"});
  if (cli.chosen_format() != "table") return kDone;
  print_counted(body);
  fmt::print(stderr,
             "\n{} of {} tracking IDs are known to be in use. Money and clicks are of the last {} "
             "days.\nOnce one exists at Amazon: candor revenue tags assign ARTICLE TAG\n",
             body.at("in_use").get<std::int64_t>(), body.at("limit").get<std::int64_t>(),
             body.at("days").get<std::int64_t>());
  return kDone;
}

int tell_change(const Cli& cli, const std::string& body, const std::string& what) {
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", body);
    return kDone;
  }
  const json rebooked = json::parse(body).at("rebooked");
  fmt::print("{} Commissions booked anew: {}\n", what,
             rebooked.is_null() ? "by the next nightly run"
                                : std::to_string(rebooked.get<std::int64_t>()));
  return kDone;
}

int assign(const Cli& cli, const std::string& article, const std::string& tag) {
  const json asked{{"article", article}, {"tag", tag}};
  const auto response =
      ApiClient(require_config(cli.config)).call("POST", "/api/v1/revenue/tags", asked.dump());
  return tell_change(
      cli, response.body,
      "Amazon's links on the article's pages carry it from their next injection on.");
}

int release(const Cli& cli, const std::string& tag) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("DELETE", "/api/v1/revenue/tags/" + percent_encode(tag));
  return tell_change(cli, response.body,
                     "Pages made from now on keep the tags they were written with.");
}

}  // namespace

void add_tag_commands(CLI::App& revenue, Cli& cli) {
  CLI::App* tags =
      revenue.add_subcommand("tags", "Amazon's tracking IDs: one article's money, told exactly");
  tags->require_subcommand(1);
  tags->fallthrough();
  CLI::App* plan_command = tags->add_subcommand(
      "plan", "Which articles deserve a tracking ID of their own, and what Amazon counted");
  plan_command->callback([&cli] { cli.run = [&cli] { return plan(cli); }; });

  struct Assigned {
    std::string article, tag;
  };
  auto assigned = std::make_shared<Assigned>();
  CLI::App* assign_command =
      tags->add_subcommand("assign", "Give an article a tracking ID that you have made at Amazon");
  assign_command->add_option("ARTICLE", assigned->article, "Its path: /best-kettles/")->required();
  assign_command->add_option("TAG", assigned->tag, "mysite-kettles-20")->required();
  assign_command->callback([&cli, assigned] {
    cli.run = [&cli, assigned] { return assign(cli, assigned->article, assigned->tag); };
  });

  auto released = std::make_shared<std::string>();
  CLI::App* release_command =
      tags->add_subcommand("release", "Take a tracking ID from its article");
  release_command->add_option("TAG", *released)->required();
  release_command->callback(
      [&cli, released] { cli.run = [&cli, released] { return release(cli, *released); }; });
  for (CLI::App* each : {plan_command, assign_command, release_command}) each->fallthrough();
}

}  // namespace candor::app
