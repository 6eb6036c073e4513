// candor revenue pull: asks networks' APIs. candor revenue postback: the address to paste at a
// network, so that it tells of commissions by itself.
#include "app/commands/network_commands.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"
#include "networks/postback.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct PostbackCommand {
  std::string network, account, token, base;
};

int pull(const Cli& cli, const std::string& network) {
  const auto response =
      ApiClient(require_config(cli.config))
          .call("POST", "/api/v1/revenue/pull" +
                            (network.empty() ? "" : "?network=" + percent_encode(network)));
  print_list(cli.chosen_format(), response.body,
             {"network", "account", "failed", "row_count", "request_count", "message"});
  const json body = json::parse(response.body);
  int code = kDone;
  for (const json& each : body.at("data")) {
    if (each.at("failed").get<bool>()) code = kFailed;
    for (const json& import : each.at("imports"))
      if (import.value("bad_count", 0) > 0 && code == kDone) code = kNeedsAttention;
  }
  return code;
}

/// Below the site's own address: the networks must reach it.
std::string base_of(const Config& config, const PostbackCommand& options) {
  std::string base = options.base.empty() ? config.site.url : options.base;
  while (base.ends_with('/')) base.pop_back();
  return base;
}

void tell_way(const Config& config, const networks::PostbackLayout& layout) {
  fmt::print(stderr, "Paste it at the network: {}.\n", layout.place);
  if (layout.certainty == networks::LayoutCertainty::Inferred)
    fmt::print(stderr,
               "What stands in braces is what the network calls each value: take its words.\n");
  fmt::print(stderr,
             "Networks reach it when your web server passes it on, and keeps the token out of its "
             "log:\n  location /postback/ {{ proxy_pass http://{}; access_log off; }}\n",
             config.admin_listen);
}

int postback(const Cli& cli, const PostbackCommand& options) {
  const Config config = require_config(cli.config);
  if (!networks::is_mapping_name(options.network))
    throw std::runtime_error("NETWORK is lower case letters, digits and '-': awin, impact, acme");
  const std::string name = options.token.empty() ? "postback-" + options.network : options.token;
  const auto response = ApiClient(config).call(
      "POST", "/api/v1/tokens", json({{"name", name}, {"scope", "postback"}}).dump());
  const std::string token = json::parse(response.body).at("token");
  const networks::PostbackLayout& layout = networks::postback_layout(options.network);
  std::string url =
      fmt::format("{}/postback/{}?token={}", base_of(config, options), options.network, token);
  if (!options.account.empty()) url += "&account=" + percent_encode(options.account);
  if (const std::string query = networks::postback_query(layout); !query.empty())
    url += "&" + query;
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", json({{"schema", "candor.postback.url/1"},
                             {"network", options.network},
                             {"token_name", name},
                             {"url", url}})
                           .dump());
    return kDone;
  }
  fmt::print("{}\n", url);
  tell_way(config, layout);
  fmt::print(stderr, "It is not shown again. End it: candor token revoke {}\n", name);
  return kDone;
}

}  // namespace

void add_network_commands(CLI::App& revenue, Cli& cli) {
  auto network = std::make_shared<std::string>();
  CLI::App* pull_command = revenue.add_subcommand(
      "pull", "Ask the networks' APIs for what is new; the nightly job does");
  pull_command->add_option("NETWORK", *network, "awin, cj or impact; without: all that are set up");
  pull_command->footer(
      "Set up in candor.toml:\n  [revenue.pull.awin]\n  account = \"12345\"\n  token_file = "
      "\"awin.token\"");
  pull_command->fallthrough();
  pull_command->callback(
      [&cli, network] { cli.run = [&cli, network] { return pull(cli, *network); }; });

  auto options = std::make_shared<PostbackCommand>();
  CLI::App* postback_command = revenue.add_subcommand(
      "postback", "Make the address at which a network tells of commissions, and print it once");
  postback_command
      ->add_option("NETWORK", options->network,
                   "awin, impact, partnerize, clickbank, or your word for another one")
      ->required();
  postback_command->add_option("--account", options->account,
                               "Your account there, as imports and pulls name it");
  postback_command->add_option("--name", options->token, "Of the token; else postback-NETWORK");
  postback_command
      ->add_option("--url", options->base, "Where the network reaches you; else the site's url")
      ->type_name("URL");
  postback_command->footer("Example:\n  candor revenue postback awin --account 12345");
  postback_command->fallthrough();
  postback_command->callback(
      [&cli, options] { cli.run = [&cli, options] { return postback(cli, *options); }; });
}

}  // namespace candor::app
