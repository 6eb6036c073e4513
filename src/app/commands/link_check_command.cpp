// candor link check: looks where links lead, now.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

const Columns kColumns{"slug", "state", "status", "url", "failing_since", "detail"};

/// One link, or all of them, one after the other.
int check_links(const Cli& cli, const std::string& slug) {
  ApiClient client(require_config(cli.config));
  std::vector<std::string> slugs{slug};
  if (slug.empty()) {
    slugs.clear();
    const json links = json::parse(client.call("GET", "/api/v1/links").body);
    for (const json& link : links.at("data")) slugs.push_back(link.at("slug").get<std::string>());
  }
  json data = json::array();
  bool dead = false;
  for (const std::string& each : slugs) {
    const auto response = client.call("POST", "/api/v1/links/" + percent_encode(each) + "/check");
    data.push_back(json::parse(response.body));
    dead = dead || data.back().at("state") == "dead";
  }
  print_list(cli.chosen_format(),
             json({{"schema", "candor.link.check.list/1"}, {"data", std::move(data)}}).dump(),
             kColumns);
  return dead ? kNeedsAttention : kDone;
}

}  // namespace

void add_link_check_command(CLI::App& link, Cli& cli) {
  auto slug = std::make_shared<std::string>();
  CLI::App* command =
      link.add_subcommand("check", "Look whether the page a link leads to is still there");
  command->add_option("SLUG", *slug, "Which; left out: all, one after the other");
  command->footer(
      "Networks' own links are never asked, since that would be a click; the shop's page is, where "
      "the\nlink names it. Exit codes: 0 none is dead, 3 one is.\nExample:\n  candor link check "
      "kettle");
  command->fallthrough();
  command->callback([&cli, slug] { cli.run = [&cli, slug] { return check_links(cli, *slug); }; });
}

}  // namespace candor::app
