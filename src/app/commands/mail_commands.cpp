// candor mail ...: whether mail gets through, and what is on its way.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"

namespace candor::app {
namespace {

using nlohmann::json;

void add_test(CLI::App* mail, Cli& cli) {
  auto to = std::make_shared<std::string>();
  CLI::App* command = mail->add_subcommand("test", "Send a test mail now");
  command->add_option("--to", *to, "Instead of those in [mail] to")->type_name("ADDRESS");
  command->footer("Exit codes: 0 a server took it, 1 refused.\nExample:\n  candor mail test");
  command->callback([&cli, to] {
    cli.run = [&cli, to] {
      json body = json::object();
      if (!to->empty()) body["to"] = *to;
      const auto response =
          ApiClient(require_config(cli.config)).call("POST", "/api/v1/mails/test", body.dump());
      print_object(cli.chosen_format(), response.body, {"to", "by", "took_ms"});
      return kDone;
    };
  });
}

void add_list(CLI::App* mail, Cli& cli) {
  CLI::App* command = mail->add_subcommand("list", "List digests and alerts, the newest first");
  command->footer(
      "What waits is tried again by each candor nightly.\nExample:\n  candor mail list");
  command->callback([&cli] {
    cli.run = [&cli] {
      const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/mails");
      print_list(cli.chosen_format(), response.body,
                 {"id", "key", "state", "created_at", "delivered_at", "attempts", "error"});
      return kDone;
    };
  });
}

void add_rm(CLI::App* mail, Cli& cli) {
  auto id = std::make_shared<std::int64_t>(0);
  CLI::App* command = mail->add_subcommand("rm", "Throw away a mail that nobody takes");
  command->add_option("ID", *id)->required();
  command->footer("Example:\n  candor mail rm 12");
  command->callback([&cli, id] {
    cli.run = [&cli, id] {
      const auto response = ApiClient(require_config(cli.config))
                                .call("DELETE", "/api/v1/mails/" + std::to_string(*id));
      print_object(cli.chosen_format(), response.body, {"id"});
      return kDone;
    };
  });
}

}  // namespace

void add_mail_commands(CLI::App& app, Cli& cli) {
  CLI::App* mail = app.add_subcommand("mail", "Mail: digests and alerts on their way");
  mail->require_subcommand(1);
  mail->fallthrough();
  add_test(mail, cli);
  add_list(mail, cli);
  add_rm(mail, cli);
  for (CLI::App* each : mail->get_subcommands([](CLI::App*) { return true; })) each->fallthrough();
}

}  // namespace candor::app
