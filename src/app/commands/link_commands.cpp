// candor link ...: the owner's links. Also check-url, which needs no site.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::app {
namespace {

using nlohmann::json;

const Columns kColumns{"slug", "destination", "network", "merchant", "title", "state", "url"};
const Columns kAllMembers{"slug",     "url",   "destination", "match_url",  "network",
                          "merchant", "title", "state",       "created_at", "updated_at"};

/// Members of a link that options can set; what was not given stays as it is.
struct LinkOptions {
  std::string slug;
  std::optional<std::string> destination, match_url, network, merchant, title, new_slug, state;

  void add_to(CLI::App* command) {
    command->add_option("--match-url", match_url, "URL in pages that this link stands for")
        ->type_name("URL");
    command->add_option("--network", network,
                        "Network that pays (found from the URL when left out)");
    command->add_option("--merchant", merchant, "Merchant's name");
    command->add_option("--title", title, "What the link is, for reports");
  }
  json body() const {
    json out = json::object();
    const auto put = [&](const char* name, const std::optional<std::string>& value) {
      if (value) out[name] = *value;
    };
    put("destination", destination);
    put("match_url", match_url);
    put("network", network);
    put("merchant", merchant);
    put("title", title);
    put("state", state);
    put("slug", new_slug);
    return out;
  }
};

std::string target_of(const std::string& slug) { return "/api/v1/links/" + percent_encode(slug); }

/// Programme rules that a redirect would break; the owner decides, but knows.
void warn_of_direct(const std::string& body) {
  const std::string network = json::parse(body).value("network", "");
  if (networks::stays_direct(network))
    fmt::print(
        stderr,
        "warning: {} does not allow its links to be redirected; candor inject keeps them direct.\n",
        networks::display_name(network));
}

void add_add(CLI::App* link, Cli& cli) {
  auto options = std::make_shared<LinkOptions>();
  CLI::App* command = link->add_subcommand("add", "Add a link");
  command->add_option("SLUG", options->slug, "Name in the URL: a-z 0-9 . _ -")->required();
  command->add_option("URL", options->destination, "Where it leads")->required();
  options->add_to(command);
  command->footer(
      "Example:\n  candor link add kettle "
      "'https://www.awin1.com/cread.php?awinmid=7052&awinaffid=1' --merchant Kettles");
  command->callback([&cli, options] {
    cli.run = [&cli, options] {
      json body = options->body();
      body["slug"] = options->slug;
      const auto response =
          ApiClient(require_config(cli.config)).call("POST", "/api/v1/links", body.dump());
      warn_of_direct(response.body);
      print_object(cli.chosen_format(), response.body, kAllMembers);
      return kDone;
    };
  });
}

void add_list(CLI::App* link, Cli& cli) {
  auto all = std::make_shared<bool>(false);
  CLI::App* command = link->add_subcommand("list", "List links");
  command->add_flag("--all", *all, "Disabled ones too");
  command->footer("Example:\n  candor link list --format csv");
  command->callback([&cli, all] {
    cli.run = [&cli, all] {
      const auto response = ApiClient(require_config(cli.config))
                                .call("GET", *all ? "/api/v1/links?all=1" : "/api/v1/links");
      print_list(cli.chosen_format(), response.body, kColumns);
      return kDone;
    };
  });
}

void add_show(CLI::App* link, Cli& cli) {
  auto slug = std::make_shared<std::string>();
  CLI::App* command = link->add_subcommand("show", "Show a link");
  command->add_option("SLUG", *slug)->required();
  command->footer("Example:\n  candor link show kettle --json");
  command->callback([&cli, slug] {
    cli.run = [&cli, slug] {
      const auto response = ApiClient(require_config(cli.config)).call("GET", target_of(*slug));
      print_object(cli.chosen_format(), response.body, kAllMembers);
      return kDone;
    };
  });
}

void add_edit(CLI::App* link, Cli& cli) {
  auto options = std::make_shared<LinkOptions>();
  CLI::App* command = link->add_subcommand("edit", "Change a link; what is not given stays");
  command->add_option("SLUG", options->slug)->required();
  command->add_option("--destination", options->destination, "Where it leads")->type_name("URL");
  command->add_option("--slug", options->new_slug, "New name in the URL");
  command->add_option("--state", options->state, "active or disabled")
      ->check(CLI::IsMember({"active", "disabled"}));
  options->add_to(command);
  command->footer(
      "Example:\n  candor link edit kettle --destination https://shop.example/kettle-2");
  command->callback([&cli, options] {
    cli.run = [&cli, options] {
      const auto response = ApiClient(require_config(cli.config))
                                .call("PATCH", target_of(options->slug), options->body().dump());
      warn_of_direct(response.body);
      print_object(cli.chosen_format(), response.body, kAllMembers);
      return kDone;
    };
  });
}

void add_rm(CLI::App* link, Cli& cli) {
  auto slug = std::make_shared<std::string>();
  CLI::App* command =
      link->add_subcommand("rm", "Remove a link; its clicks and money stay in the reports");
  command->add_option("SLUG", *slug)->required();
  command->footer("Example:\n  candor link rm kettle");
  command->callback([&cli, slug] {
    cli.run = [&cli, slug] {
      const auto response = ApiClient(require_config(cli.config)).call("DELETE", target_of(*slug));
      if (cli.chosen_format() == "json") {
        fmt::print("{}\n", response.body);
      } else {
        fmt::print(stderr, "Removed {}. To have it back: candor link add {} '{}'\n", *slug, *slug,
                   json::parse(response.body).value("destination", ""));
      }
      return kDone;
    };
  });
}

void add_export(CLI::App* link, Cli& cli) {
  auto server = std::make_shared<std::string>();
  CLI::App* command = link->add_subcommand(
      "export", "Print all links as a web server in front reads them, for when Candor is stopped");
  command->add_option("--for", *server, "nginx or caddy")
      ->required()
      ->check(CLI::IsMember({"nginx", "caddy"}));
  command->footer(
      "candor serve keeps the same files in its export folder.\n"
      "Example:\n  candor link export --for nginx > nginx-map.conf");
  command->callback([&cli, server] {
    cli.run = [&cli, server] {
      const auto response =
          ApiClient(require_config(cli.config)).call("GET", "/api/v1/exports/" + *server);
      std::fwrite(response.body.data(), 1, response.body.size(), stdout);
      return kDone;
    };
  });
}

int check_urls() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto url = parse_url(line);
    if (url) {
      fmt::print("ok\t{}\n", url->href);
    } else {
      fmt::print("bad\t{}\n", name_of(url.error()));
    }
  }
  return kDone;
}

}  // namespace

void add_link_commands(CLI::App& app, Cli& cli) {
  CLI::App* link = app.add_subcommand("link", "Links: slugs and where they lead");
  link->require_subcommand(1);
  link->fallthrough();
  add_add(link, cli);
  add_list(link, cli);
  add_show(link, cli);
  add_edit(link, cli);
  add_rm(link, cli);
  add_export(link, cli);
  CLI::App* check =
      link->add_subcommand("check-url", "Read URLs on stdin, say which can be destinations");
  check->footer("Example:\n  echo 'https://shop.example/a b' | candor link check-url");
  check->callback([&cli] { cli.run = check_urls; });
  for (CLI::App* each : link->get_subcommands([](CLI::App*) { return true; })) each->fallthrough();
}

}  // namespace candor::app
