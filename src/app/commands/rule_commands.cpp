// candor revenue rule ...: whose sub-id or tag it is.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct NewRule {
  std::string text, article, network, kind = "sub-id";
};

/// How many commissions a change moved.
std::string told(const json& rebooked) {
  if (rebooked.is_null())
    return "Candor is stopping: the next nightly run books past commissions anew.";
  const auto count = rebooked.get<std::int64_t>();
  return fmt::format("{} commission{} {} booked anew.", count, count == 1 ? "" : "s",
                     count == 1 ? "was" : "were");
}

int tell_change(const Cli& cli, const std::string& body, const std::string& what) {
  if (cli.chosen_format() == "json")
    fmt::print("{}\n", body);
  else
    fmt::print("{} {}\n", what, told(json::parse(body).at("rebooked")));
  return kDone;
}

int add_rule(const Cli& cli, const NewRule& rule) {
  const json asked{{"network", rule.network},
                   {"kind", rule.kind},
                   {"text", rule.text},
                   {"article", rule.article}};
  const auto response =
      ApiClient(require_config(cli.config)).call("POST", "/api/v1/revenue/rules", asked.dump());
  return tell_change(
      cli, response.body,
      fmt::format("Rule {} is made.", json::parse(response.body).at("id").get<std::int64_t>()));
}

int list_rules(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/revenue/rules");
  print_list(cli.chosen_format(), response.body,
             {"id", "source", "network", "kind", "text", "article", "page_tag", "added_at"});
  return kDone;
}

int remove_rule(const Cli& cli, std::int64_t id) {
  const auto response = ApiClient(require_config(cli.config))
                            .call("DELETE", fmt::format("/api/v1/revenue/rules/{}", id));
  return tell_change(cli, response.body, fmt::format("Rule {} is removed.", id));
}

}  // namespace

void add_revenue_rule_commands(CLI::App& revenue, Cli& cli) {
  CLI::App* rule =
      revenue.add_subcommand("rule", "Rules: this sub-id or tag belongs to that article");
  rule->require_subcommand(1);
  rule->fallthrough();

  auto made = std::make_shared<NewRule>();
  CLI::App* add = rule->add_subcommand("add", "Make a rule; commissions booked before follow it");
  add->add_option("TEXT", made->text, "The sub-id or tag as the network returns it")->required();
  add->add_option("ARTICLE", made->article, "The article's path: /best-kettles/")->required();
  add->add_option("--kind", made->kind, "What the text is")
      ->check(CLI::IsMember({"sub-id", "tag"}))
      ->capture_default_str();
  add->add_option("--network", made->network, "Of this network only; else of any");
  add->footer(
      "What was believed before stays in reports --as-of an earlier day.\n"
      "Examples:\n  candor revenue rule add newsletter-march /best-kettles/ --network awin\n"
      "  candor revenue rule add mysite-kettles-20 /best-kettles/ --kind tag --network amazon");
  add->callback([&cli, made] { cli.run = [&cli, made] { return add_rule(cli, *made); }; });

  CLI::App* list = rule->add_subcommand("list", "List rules, those of candor.toml too");
  list->callback([&cli] { cli.run = [&cli] { return list_rules(cli); }; });

  auto id = std::make_shared<std::int64_t>(0);
  CLI::App* remove =
      rule->add_subcommand("remove", "Remove a rule; its commissions are decided without it");
  remove->add_option("ID", *id, "As candor revenue rule list shows it")->required();
  remove->callback([&cli, id] { cli.run = [&cli, id] { return remove_rule(cli, *id); }; });
  for (CLI::App* each : {add, list, remove}) each->fallthrough();
}

}  // namespace candor::app
