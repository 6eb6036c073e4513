// candor link ...: the owner's links. Also check-url, which needs no site.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/commands/link_print_commands.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

const Columns kColumns{"slug", "destination", "network", "merchant", "title", "state", "url"};
const Columns kAllMembers{"slug",       "url",        "destination", "match_url", "network",
                          "merchant",   "title",      "state",       "code",      "starts_at",
                          "expires_at", "click_cap",  "fallback",    "rules",     "pass_query",
                          "utm",        "created_at", "updated_at"};
const Columns kTestColumns{"slug", "step", "check", "held", "why"};

/// CLI11's own check names its limits to the last of 300 digits.
std::string check_count(const std::string& text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc{} && end == text.data() + text.size() && count >= 0) return {};
  return "\"" + text + "\" is no whole number from 0 on";
}

/// The rules themselves, or the file that holds them ("-": stdin).
json read_rules(const std::string& given) {
  std::string text = given;
  const std::size_t first = given.find_first_not_of(" \n\t");
  const bool is_json = first != std::string::npos && (given[first] == '[' || given[first] == '{');
  if (given == "-") {
    text = {std::istreambuf_iterator<char>(std::cin), {}};
  } else if (!is_json) {
    std::ifstream in(given, std::ios::binary);
    if (!in || std::filesystem::is_directory(given))
      throw std::runtime_error(given + ": cannot be read; give a file of rules, or JSON");
    text = {std::istreambuf_iterator<char>(in), {}};
  }
  constexpr int kLevels = 64;  // copies go level by level on the stack
  const auto look = [](int depth, json::parse_event_t, const json&) {
    if (depth > kLevels) throw std::runtime_error("the rules' JSON is nested too deeply");
    return true;
  };
  json rules = json::parse(text, look, false);
  if (rules.is_object() && rules.contains("rules")) rules = json(rules["rules"]);
  if (!rules.is_array())
    throw std::runtime_error("the rules are no JSON list: give [{...}, ...], or [] for none");
  return rules;
}

/// "source=blog" and the like as an object.
json read_pairs(const std::vector<std::string>& pairs) {
  json out = json::object();
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos)
      throw std::runtime_error("\"" + pair + "\" is no name=value, like source=blog");
    out[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return out;
}

bool is_nothing(const std::vector<std::string>& values) {
  return values.empty() || (values.size() == 1 && values.front().empty());
}

/// Members of a link that options can set; what was not given stays as it is.
struct LinkOptions {
  std::string slug;
  std::optional<std::string> destination, match_url, network, merchant, title, new_slug, state;
  std::optional<std::string> starts_at, expires_at, fallback, rules;
  std::optional<std::int64_t> code, click_cap;
  std::optional<std::vector<std::string>> pass_query, utm;

  void add_to(CLI::App* command) {
    command->add_option("--match-url", match_url, "URL in pages that this link stands for")
        ->type_name("URL");
    command->add_option("--network", network,
                        "Network that pays (found from the URL when left out)");
    command->add_option("--merchant", merchant, "Merchant's name");
    command->add_option("--title", title, "What the link is, for reports");
    command->add_option("--code", code, "302 (default), 301, 307 or 308")
        ->check(CLI::IsMember({301, 302, 307, 308}));
    command->add_option("--starts", starts_at, "First moment, on the site's clocks; \"\": at once")
        ->type_name("TIME");
    command->add_option("--expires", expires_at, "First moment without the link; \"\": never")
        ->type_name("TIME");
    command->add_option("--cap", click_cap, "Human clicks after which it ends; 0: no end")
        ->check(check_count)
        ->type_name("COUNT");
    command->add_option("--fallback", fallback, "Where readers go when it does not serve")
        ->type_name("URL|SLUG");
    command->add_option("--rules", rules, "Rules as JSON, or a file of them; []: none")
        ->type_name("FILE|JSON");
    command->add_option("--pass-query", pass_query, "Parameters to hand on; \"\": none")
        ->type_name("NAME")
        ->delimiter(',');
    command->add_option("--utm", utm, "source=, medium=, campaign=, term=, content=; \"\": none")
        ->type_name("NAME=VALUE")
        ->delimiter(',');
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
    put("starts_at", starts_at);
    put("expires_at", expires_at);
    put("fallback", fallback);
    if (code) out["code"] = *code;
    if (click_cap) out["click_cap"] = *click_cap == 0 ? json() : json(*click_cap);
    if (rules) out["rules"] = read_rules(*rules);
    if (pass_query) out["pass_query"] = is_nothing(*pass_query) ? json::array() : json(*pass_query);
    if (utm) out["utm"] = is_nothing(*utm) ? json::object() : read_pairs(*utm);
    return out;
  }
};

std::string target_of(const std::string& slug) { return "/api/v1/links/" + percent_encode(slug); }

/// What the owner may not expect of the link: they decide, but know.
void print_warnings(const std::string& body) {
  for (const json& warning : json::parse(body).value("warnings", json::array()))
    fmt::print(stderr, "warning: {}\n", safe_text(warning.get<std::string>()));
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
      print_warnings(response.body);
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
      print_warnings(response.body);
      print_object(cli.chosen_format(), response.body, kAllMembers);
      return kDone;
    };
  });
}

/// The reader of a test as options give them.
struct TestOptions {
  std::string slug;
  std::optional<std::string> country, device, os, language, at, article;
  std::optional<std::int64_t> visitor, clicks, placement;
  std::vector<std::string> query;

  void add_to(CLI::App* command) {
    command->add_option("--country", country, "Two letters: DE")->type_name("CODE");
    command->add_option("--device", device, "desktop, mobile, tablet or tv");
    command->add_option("--os", os, "windows, macos, linux, chromeos, android, ios or other");
    command->add_option("--language", language, "de, en, ...");
    command->add_option("--at", at, "When, on the site's clocks: 2026-12-24T18:00 (default: now)")
        ->type_name("TIME");
    command->add_option("--visitor", visitor, "Which reader, for splits (default: 1)")
        ->type_name("N");
    command->add_option("--query", query, "Parameter of the request")->type_name("NAME=VALUE");
    command->add_option("--clicks", clicks, "Human clicks so far (default: as counted)");
    command->add_option("--article", article, "Path of the article the reader comes from");
    command->add_option("--placement", placement, "Which of the article's paid links");
  }
  json body() const {
    json out = json::object();
    const auto put = [&](const char* name, const auto& value) {
      if (value) out[name] = *value;
    };
    put("country", country);
    put("device", device);
    put("os", os);
    put("language", language);
    put("at", at);
    put("article", article);
    put("visitor", visitor);
    put("clicks", clicks);
    put("placement", placement);
    std::string all;
    for (const std::string& each : query) {
      const std::size_t equals = each.find('=');
      if (!all.empty()) all += '&';
      all += percent_encode(each.substr(0, equals));
      if (equals != std::string::npos) all += "=" + percent_encode(each.substr(equals + 1));
    }
    if (!all.empty()) out["query"] = all;
    return out;
  }
};

void add_test(CLI::App* link, Cli& cli) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command = link->add_subcommand("test", "Say where a link would send a reader, and why");
  command->add_option("SLUG", options->slug)->required();
  options->add_to(command);
  command->footer(
      "Example:\n  candor link test kettle --country DE --device mobile --at 2026-12-24T18:00");
  command->callback([&cli, options] {
    cli.run = [&cli, options] {
      const auto response =
          ApiClient(require_config(cli.config))
              .call("POST", target_of(options->slug) + "/test", options->body().dump());
      print_warnings(response.body);
      print_list(cli.chosen_format(), response.body, kTestColumns);
      if (cli.chosen_format() != "table") return kDone;
      const json body = json::parse(response.body);
      const json& location = body.at("location");
      fmt::print("\n{} {}\n", body.at("status").get<int>(),
                 location.is_null() ? "(no redirect)" : safe_text(location.get<std::string>()));
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
  add_test(link, cli);
  add_rm(link, cli);
  add_export(link, cli);
  add_link_print_commands(*link, cli);
  CLI::App* check =
      link->add_subcommand("check-url", "Read URLs on stdin, say which can be destinations");
  check->footer("Example:\n  echo 'https://shop.example/a b' | candor link check-url");
  check->callback([&cli] { cli.run = check_urls; });
  for (CLI::App* each : link->get_subcommands([](CLI::App*) { return true; })) each->fallthrough();
}

}  // namespace candor::app
