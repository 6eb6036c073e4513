// candor api: the HTTP API as this program has it, to read and for programs. It needs no site.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "api/contract.h"
#include "api/openapi.h"
#include "api/router.h"
#include "app/cli.h"
#include "app/commands/api_commands.h"
#include "app/output.h"
#include "base/ascii.h"

namespace candor::app {
namespace {

using nlohmann::json;

std::string role_of(const api::Route& route) {
  if (route.access == api::Access::Public) return "all";
  const auto least = api::least_role(route.access);
  return least ? std::string(api::name_of(*least)) : std::string{};
}

std::string scopes_of(const api::Route& route) {
  if (route.access == api::Access::Public) return "all";
  api::Scopes scopes;
  for (const auto scope : {api::Scope::Read, api::Scope::Pages, api::Scope::Links,
                           api::Scope::Revenue, api::Scope::Admin})
    if (api::opens(api::Scopes{scope}, route.access)) scopes.add(scope);
  return api::format_scopes(scopes);
}

int list_routes(const Cli& cli, const std::string& word) {
  const std::string wanted = ascii::to_lower(word);
  json data = json::array();
  for (const api::Route& route : api::routes()) {
    const std::string path(route.pattern);
    const std::string summary(route.summary);
    if (path.find(wanted) == std::string::npos &&
        ascii::to_lower(summary).find(wanted) == std::string::npos)
      continue;
    std::string query;
    if (const api::Contract* contract = api::find_contract(route))
      for (const std::string& name : contract->query) query += (query.empty() ? "" : " ") + name;
    data.push_back({{"method", route.method},
                    {"path", path},
                    {"role", role_of(route)},
                    {"scopes", scopes_of(route)},
                    {"query", query},
                    {"summary", summary}});
  }
  if (data.empty()) {
    fmt::print(stderr, "candor: no route has \"{}\" in its path or summary\n", safe_text(word));
    return kFailed;
  }
  const json list{{"schema", "candor.api.list/1"}, {"data", std::move(data)}};
  const bool table = cli.chosen_format() == "table";
  print_list(cli.chosen_format(), list.dump(),
             table ? Columns{"method", "path", "role", "summary"}
                   : Columns{"method", "path", "role", "scopes", "query", "summary"});
  return kDone;
}

}  // namespace

void add_api_commands(CLI::App& app, Cli& cli) {
  CLI::App* api = app.add_subcommand("api", "The HTTP API: its routes, and their description");
  api->require_subcommand(1);
  api->fallthrough();

  auto word = std::make_shared<std::string>();
  CLI::App* list = api->add_subcommand("list", "List the routes, and the role each takes");
  list->add_option("word", *word, "Only routes with this in their path or summary");
  list->footer("Examples:\n  candor api list\n  candor api list links\n  candor api list --json");
  list->fallthrough();
  list->callback([&cli, word] { cli.run = [&cli, word] { return list_routes(cli, *word); }; });

  CLI::App* document = api->add_subcommand("document", "Print the API as an OpenAPI 3.1 document");
  document->footer("Example:\n  candor api document > candor.openapi.json");
  document->fallthrough();
  document->callback([&cli] {
    cli.run = [] {
      fmt::print("{}\n", candor::api::openapi_document({}).dump(1));
      return kDone;
    };
  });
}

}  // namespace candor::app
