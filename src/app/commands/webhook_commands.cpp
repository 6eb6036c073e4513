// candor webhook: addresses that are told what happens on the site.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/commands/api_commands.h"
#include "app/output.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct WebhookOptions {
  std::string url;
  std::vector<std::string> events;
  std::int64_t id = 0;
  std::int64_t delivery = 0;
  int limit = 50;
  bool new_secret = false;
};

std::string target_of(const WebhookOptions& options) {
  return fmt::format("/api/v1/webhooks/{}", options.id);
}

int print_secret(const Cli& cli, const http::Response& response, const char* what) {
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
    return kDone;
  }
  const json body = json::parse(response.body);
  fmt::print("{}\n", body.at("secret").get<std::string>());
  fmt::print(stderr,
             "{} {}. The secret signs what is sent; it is not shown again. Try it: "
             "candor webhook test {}\n",
             what, body.at("id").get<std::int64_t>(), body.at("id").get<std::int64_t>());
  return kDone;
}

int add_webhook(const Cli& cli, const WebhookOptions& options) {
  const json body{{"url", options.url}, {"events", options.events}};
  return print_secret(
      cli, ApiClient(require_config(cli.config)).call("POST", "/api/v1/webhooks", body.dump()),
      "Webhook");
}

int list_webhooks(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/webhooks");
  print_list(cli.chosen_format(), response.body,
             {"id", "url", "events", "enabled", "failing_since", "disabled_at"});
  return kDone;
}

int edit_webhook(const Cli& cli, const WebhookOptions& options, const json& body) {
  const auto response =
      ApiClient(require_config(cli.config)).call("PATCH", target_of(options), body.dump());
  if (body.contains("new_secret")) return print_secret(cli, response, "Another secret of webhook");
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

int remove_webhook(const Cli& cli, const WebhookOptions& options) {
  const auto response = ApiClient(require_config(cli.config)).call("DELETE", target_of(options));
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

const Columns kDeliveryColumns{"id", "type", "state", "attempts", "status", "tried_at", "error"};

/// Waits until the daemon has tried it.
int follow(const Cli& cli, ApiClient& client, const WebhookOptions& options,
           const std::string& first) {
  json delivery = json::parse(first);
  if (!client.is_daemon()) {
    fmt::print("{}\n", cli.chosen_format() == "json" ? first : "Queued.");
    fmt::print(stderr, "It is sent once candor serve runs.\n");
    return kNeedsAttention;
  }
  constexpr int kRounds = 100;
  constexpr std::chrono::milliseconds kPause{200};
  for (int round = 0; round < kRounds && delivery.at("attempts") == 0; ++round) {
    std::this_thread::sleep_for(kPause);
    const json list =
        json::parse(client.call("GET", target_of(options) + "/deliveries?limit=1000").body);
    for (const json& each : list.at("data"))
      if (each.at("id") == delivery.at("id")) delivery = each;
  }
  print_object(cli.chosen_format(), delivery.dump(), kDeliveryColumns);
  return delivery.at("state") == "delivered" ? kDone : kNeedsAttention;
}

int test_webhook(const Cli& cli, const WebhookOptions& options) {
  ApiClient client(require_config(cli.config));
  const auto response = client.call("POST", target_of(options) + "/test");
  return follow(cli, client, options, response.body);
}

int redeliver(const Cli& cli, const WebhookOptions& options) {
  ApiClient client(require_config(cli.config));
  const auto response = client.call(
      "POST", fmt::format("{}/deliveries/{}/redeliver", target_of(options), options.delivery));
  return follow(cli, client, options, response.body);
}

int show_log(const Cli& cli, const WebhookOptions& options) {
  const auto response =
      ApiClient(require_config(cli.config))
          .call("GET", fmt::format("{}/deliveries?limit={}", target_of(options), options.limit));
  print_list(cli.chosen_format(), response.body, kDeliveryColumns);
  return kDone;
}

/// A subcommand whose first word is the webhook's number.
CLI::App* add_verb(CLI::App& webhook, const std::shared_ptr<WebhookOptions>& options,
                   const char* verb, const char* about, const char* footer) {
  CLI::App* command = webhook.add_subcommand(verb, about);
  command->add_option("id", options->id, "Its number in candor webhook list")->required();
  command->footer(footer);
  command->fallthrough();
  return command;
}

void add_changes(CLI::App& webhook, Cli& cli, const std::shared_ptr<WebhookOptions>& options) {
  add_verb(webhook, options, "remove", "Remove a webhook, with its log",
           "Example:\n  candor webhook remove 1")
      ->callback(
          [&cli, options] { cli.run = [&cli, options] { return remove_webhook(cli, *options); }; });
  add_verb(webhook, options, "enable", "Send to a disabled webhook again, what waits first",
           "Example:\n  candor webhook enable 1")
      ->callback([&cli, options] {
        cli.run = [&cli, options] { return edit_webhook(cli, *options, {{"enabled", true}}); };
      });
  add_verb(webhook, options, "disable", "Keep a webhook's messages back",
           "Example:\n  candor webhook disable 1")
      ->callback([&cli, options] {
        cli.run = [&cli, options] { return edit_webhook(cli, *options, {{"enabled", false}}); };
      });
  add_verb(webhook, options, "rotate", "Give a webhook another secret, and print it",
           "Example:\n  candor webhook rotate 1")
      ->callback([&cli, options] {
        cli.run = [&cli, options] { return edit_webhook(cli, *options, {{"new_secret", true}}); };
      });
}

void add_sending(CLI::App& webhook, Cli& cli, const std::shared_ptr<WebhookOptions>& options) {
  add_verb(webhook, options, "test", "Send a message to try it, and say how it went",
           "Example:\n  candor webhook test 1")
      ->callback(
          [&cli, options] { cli.run = [&cli, options] { return test_webhook(cli, *options); }; });
  CLI::App* log = add_verb(webhook, options, "log", "What a webhook was told, and how it answered",
                           "Example:\n  candor webhook log 1 --limit 10");
  log->add_option("--limit", options->limit, "How many messages, the newest first")
      ->check(CLI::Range(1, 1000));
  log->callback([&cli, options] { cli.run = [&cli, options] { return show_log(cli, *options); }; });
  CLI::App* again = add_verb(webhook, options, "redeliver", "Send a message again, under its id",
                             "Example:\n  candor webhook redeliver 1 12");
  again->add_option("delivery", options->delivery, "Its number in candor webhook log")->required();
  again->callback(
      [&cli, options] { cli.run = [&cli, options] { return redeliver(cli, *options); }; });
}

}  // namespace

void add_webhook_commands(CLI::App& app, Cli& cli) {
  CLI::App* webhook =
      app.add_subcommand("webhook", "Addresses that are told what happens on the site");
  webhook->require_subcommand(1);
  webhook->fallthrough();
  auto options = std::make_shared<WebhookOptions>();

  CLI::App* add =
      webhook->add_subcommand("add", "Tell an address of events; prints its secret, once");
  add->add_option("url", options->url, "https, or http to this machine")->required();
  add->add_option("--event", options->events,
                  "Only events of this type, may be repeated; without: all of\n"
                  "alert.raised, import.published, import.undone, job.troubled,\n"
                  "link.changed, nightly.finished, page.verdict_changed");
  add->footer(
      "Messages are signed as Standard Webhooks says (webhook-id, webhook-timestamp,\n"
      "webhook-signature), and tried again for about four days.\n"
      "Examples:\n  candor webhook add https://hooks.example/candor\n"
      "  candor webhook add http://127.0.0.1:9000/ --event import.published");
  add->fallthrough();
  add->callback(
      [&cli, options] { cli.run = [&cli, options] { return add_webhook(cli, *options); }; });

  CLI::App* list = webhook->add_subcommand("list", "List webhooks, and whether they answer");
  list->footer("Example:\n  candor webhook list");
  list->fallthrough();
  list->callback([&cli] { cli.run = [&cli] { return list_webhooks(cli); }; });

  add_changes(*webhook, cli, options);
  add_sending(*webhook, cli, options);
}

}  // namespace candor::app
