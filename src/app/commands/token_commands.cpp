// candor token: what lets a program of the owner's ask a part of the API over the network.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct TokenOptions {
  std::string name;
  std::vector<std::string> scopes;
  std::int64_t days = 0;
};

int add_token(const Cli& cli, const TokenOptions& options) {
  json body{{"name", options.name}, {"scope", fmt::format("{}", fmt::join(options.scopes, " "))}};
  if (options.days > 0) body["days"] = options.days;
  const auto response =
      ApiClient(require_config(cli.config)).call("POST", "/api/v1/tokens", body.dump());
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  fmt::print("{}\n", json::parse(response.body).at("token").get<std::string>());
  fmt::print(stderr, "Keep it: it is not shown again. End it: candor token revoke {}\n",
             options.name);
  return kDone;
}

int list_tokens(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/tokens");
  print_list(cli.chosen_format(), response.body,
             {"name", "scope", "created_at", "used_at", "expires_at"});
  return kDone;
}

int revoke_token(const Cli& cli, const TokenOptions& options) {
  const auto response =
      ApiClient(require_config(cli.config)).call("DELETE", "/api/v1/tokens/" + options.name);
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

}  // namespace

void add_token_commands(CLI::App& app, Cli& cli) {
  CLI::App* token = app.add_subcommand("token", "Tokens with which programs ask a part of the API");
  token->require_subcommand(1);
  token->fallthrough();
  auto options = std::make_shared<TokenOptions>();

  CLI::App* add = token->add_subcommand("add", "Make a token and print it, once");
  add->add_option("name", options->name, "Your word for the program")->required();
  add->add_option("--scope", options->scopes,
                  "What it is good for, one or more of:\n"
                  "pages: disclose and audit pages, list links, read the article report\n"
                  "read: all that the dashboard shows\n"
                  "links: read and change links\n"
                  "revenue: import reports, read money\n"
                  "admin: all but users, sessions, tokens and share links\n"
                  "postback: tell of commissions; alone (candor revenue postback makes one)")
      ->required()
      ->check(CLI::IsMember({"read", "pages", "links", "revenue", "admin", "postback"}));
  add->add_option("--days", options->days, "It ends after so many days; without: when revoked")
      ->check(CLI::Range(1, 3650));
  add->footer(
      "Examples:\n  candor token add wordpress --scope pages\n"
      "  candor token add sheet --scope read --scope revenue --days 365");
  add->fallthrough();
  add->callback(
      [&cli, options] { cli.run = [&cli, options] { return add_token(cli, *options); }; });

  CLI::App* list = token->add_subcommand("list", "List tokens, and when each was last used");
  list->footer("Example:\n  candor token list");
  list->fallthrough();
  list->callback([&cli] { cli.run = [&cli] { return list_tokens(cli); }; });

  CLI::App* revoke = token->add_subcommand("revoke", "End a token at once");
  revoke->add_option("name", options->name, "Its name")->required();
  revoke->footer("Example:\n  candor token revoke wordpress");
  revoke->fallthrough();
  revoke->callback(
      [&cli, options] { cli.run = [&cli, options] { return revoke_token(cli, *options); }; });
}

}  // namespace candor::app
