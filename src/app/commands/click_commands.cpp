// candor click ...: the click log.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

const Columns kColumns{"id",     "token",     "at",       "link",       "article", "verdict",
                       "reason", "placement", "referrer", "user_agent", "country", "device",
                       "os",     "language",  "network",  "kind",       "variant", "skew_ms"};
const Columns kShort{"at", "link", "article", "verdict", "country", "device", "reason"};

const Columns& columns_for(std::string_view format) {
  return format == "table" ? kShort : kColumns;
}

/// What the licences of databases of places ask for where their countries are shown.
void print_credits(const json& body) {
  for (const json& credit : body.value("credits", json::array()))
    fmt::print("{}\n", safe_text(credit.get<std::string>()));
}

struct ListOptions {
  bool all = false;
  bool gross = false;
  int limit = 50;
  std::string link;
  std::string article;
  std::string before;
  std::string verdict;
  std::string country;
  std::string device;

  std::string filters() const {
    std::string out = gross || all ? "&all=1" : "";
    if (!link.empty()) out += "&link=" + percent_encode(link);
    if (!article.empty()) out += "&article=" + percent_encode(article);
    if (!verdict.empty()) out += "&verdict=" + percent_encode(verdict);
    if (!country.empty()) out += "&country=" + percent_encode(country);
    if (!device.empty()) out += "&device=" + percent_encode(device);
    return out;
  }
};

/// Every click from the log's beginning, page by page, so that millions of them need no memory.
int list_every_click(const Cli& cli, const ListOptions& options) {
  ApiClient client(require_config(cli.config));
  std::string after = "0";
  json all = json::array();
  for (bool first = true;; first = false) {
    const auto response =
        client.call("GET", "/api/v1/clicks?limit=10000&after=" + after + options.filters());
    const json page = json::parse(response.body);
    const json& data = page.at("data");
    if (cli.chosen_format() == "json") {
      for (const json& click : data) all.push_back(click);
    } else {
      print_list(cli.chosen_format(), response.body, columns_for(cli.chosen_format()), first);
    }
    if (page.at("next").is_null()) break;
    after = page.at("next").get<std::string>();
  }
  if (cli.chosen_format() == "json")
    fmt::print(
        "{}\n",
        json({{"schema", "candor.click.list/1"}, {"data", std::move(all)}, {"next", nullptr}})
            .dump(-1, ' ', false, json::error_handler_t::replace));
  return kDone;
}

int list_clicks(const Cli& cli, const ListOptions& options) {
  if (options.all) return list_every_click(cli, options);
  std::string target = fmt::format("/api/v1/clicks?limit={}{}", options.limit, options.filters());
  if (!options.before.empty()) target += "&before=" + percent_encode(options.before);
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  print_list(cli.chosen_format(), response.body, columns_for(cli.chosen_format()));
  if (cli.chosen_format() == "table") print_credits(json::parse(response.body));
  return kDone;
}

/// Shows the last clicks, then new ones as they come, until Ctrl-C.
int tail(const Cli& cli, int count, bool follow) {
  ApiClient client(require_config(cli.config));
  if (follow && !client.is_daemon()) {
    fmt::print(
        stderr,
        "candor: no daemon is running, so no new clicks will come: showing the last ones.\n");
    follow = false;
  }
  const auto last = client.call("GET", fmt::format("/api/v1/clicks?limit={}&all=1", count));
  json page = json::parse(last.body);
  json newest_last = json::array();
  for (auto at = page.at("data").rbegin(); at != page.at("data").rend(); ++at)
    newest_last.push_back(*at);
  std::string after = newest_last.empty() ? "0" : newest_last.back().at("id").get<std::string>();
  bool header = true;
  const auto show = [&](const json& clicks) {
    for (const json& click : clicks) {
      if (cli.chosen_format() == "json") {
        fmt::print("{}\n", click.dump(-1, ' ', false, json::error_handler_t::replace));
      } else if (cli.chosen_format() == "csv") {
        print_list("csv", json({{"data", json::array({click})}}).dump(), kColumns, header);
        header = false;
      } else {
        fmt::print("{}  {:<10} {:<24} {}\n", click.value("at", ""), click.value("verdict", ""),
                   safe_text(click.value("link", "")), safe_text(click.value("article", "")));
      }
    }
    std::fflush(stdout);
  };
  show(newest_last);
  while (follow) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const auto next = client.call("GET", "/api/v1/clicks?limit=1000&all=1&after=" + after);
    const json fresh = json::parse(next.body).at("data");
    if (!fresh.empty()) after = fresh.back().at("id").get<std::string>();
    show(fresh);
  }
  return kDone;
}

int explain(const Cli& cli, const std::string& id) {
  const auto response =
      ApiClient(require_config(cli.config)).call("GET", "/api/v1/clicks/" + percent_encode(id));
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  const json body = json::parse(response.body);
  print_object(cli.chosen_format(),
               body.at("click").dump(-1, ' ', false, json::error_handler_t::replace), kColumns);
  if (cli.chosen_format() == "csv") return kDone;
  fmt::print("\n{}\n", safe_text(body.value("why", "")));
  if (const json& first = body.at("first_verdict"); !first.is_null())
    fmt::print("It was {}{}, and is {} since {}.\n", first.at("verdict").get<std::string>(),
               first.at("reason") == "" ? "" : " (" + safe_text(first.value("reason", "")) + ")",
               body.at("click").at("verdict").get<std::string>(),
               first.at("changed_at").get<std::string>());
  print_credits(body);
  if (const auto clock = body.value("clock", ""); !clock.empty()) fmt::print("{}\n", clock);
  for (const json& commission : body.at("commissions"))
    fmt::print("Commission {} of {}: {} micro-{} ({})\n",
               safe_text(commission.value("identity", "")), commission.value("network", ""),
               commission.value("commission_micro", std::int64_t{0}),
               commission.value("currency", ""), commission.value("status", ""));
  return kDone;
}

}  // namespace

void add_click_commands(CLI::App& app, Cli& cli) {
  CLI::App* click = app.add_subcommand("click", "Clicks: the log, and why each counts or not");
  click->require_subcommand(1);
  click->fallthrough();

  auto options = std::make_shared<ListOptions>();
  CLI::App* list =
      click->add_subcommand("list", "List clicks, newest first; only those that count");
  list->add_flag("--gross", options->gross, "Those that do not count, too");
  list->add_flag("--all", options->all, "Every click of every kind, oldest first");
  list->add_option("--limit", options->limit, "How many")->check(CLI::Range(1, 10000));
  list->add_option("--link", options->link, "Of one link")->type_name("SLUG");
  list->add_option("--article", options->article, "Of one article")->type_name("PATH");
  list->add_option("--verdict", options->verdict, "Judged so: human, bot, repeat, preview, ...")
      ->type_name("VERDICT");
  list->add_option("--country", options->country, "From this country")->type_name("DE");
  list->add_option("--device", options->device, "desktop, mobile, tablet, tv or unknown")
      ->type_name("DEVICE");
  list->add_option("--before", options->before, "Older than this click")->type_name("ID");
  list->footer(
      "Examples:\n  candor click list --article /best-kettles/\n  candor click list --all --format "
      "csv > clicks.csv");
  list->callback(
      [&cli, options] { cli.run = [&cli, options] { return list_clicks(cli, *options); }; });

  struct TailOptions {
    int count = 10;
    bool once = false;
  };
  auto tail_options = std::make_shared<TailOptions>();
  CLI::App* tail_command = click->add_subcommand("tail", "Show clicks as they come");
  tail_command->add_option("-n,--lines", tail_options->count, "Clicks to begin with")
      ->check(CLI::Range(1, 1000));
  tail_command->add_flag("--no-follow", tail_options->once, "Show the last ones and stop");
  tail_command->footer("Example:\n  candor click tail");
  tail_command->callback([&cli, tail_options] {
    cli.run = [&cli, tail_options] { return tail(cli, tail_options->count, !tail_options->once); };
  });

  auto id = std::make_shared<std::string>();
  CLI::App* explain_command = click->add_subcommand("explain", "Say why a click counts or not");
  explain_command->add_option("ID", *id, "Click id or token")->required();
  explain_command->footer("Example:\n  candor click explain a7kq2m9x4c8d5f3hj");
  explain_command->callback([&cli, id] { cli.run = [&cli, id] { return explain(cli, *id); }; });
  add_verdict_commands(*click, cli);
  for (CLI::App* each : {list, tail_command, explain_command}) each->fallthrough();
}

}  // namespace candor::app
