#include "app/commands/link_print_commands.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

const Columns kHistoryColumns{"at", "who", "what", "changes"};

std::string target_of(const std::string& slug, const char* what) {
  return "/api/v1/links/" + percent_encode(slug) + what;
}

void add_qr(CLI::App& link, Cli& cli) {
  auto slug = std::make_shared<std::string>();
  CLI::App* command = link.add_subcommand("qr", "Print a link's address as a QR code (SVG)");
  command->add_option("SLUG", *slug)->required();
  command->footer("Example:\n  candor link qr kettle > kettle.svg");
  command->callback([&cli, slug] {
    cli.run = [&cli, slug] {
      const auto response =
          ApiClient(require_config(cli.config)).call("GET", target_of(*slug, "/qr"));
      std::fwrite(response.body.data(), 1, response.body.size(), stdout);
      return kDone;
    };
  });
}

void add_history(CLI::App& link, Cli& cli) {
  auto slug = std::make_shared<std::string>();
  CLI::App* command = link.add_subcommand("history", "List what became of a link, newest first");
  command->add_option("SLUG", *slug)->required();
  command->footer("Example:\n  candor link history kettle");
  command->callback([&cli, slug] {
    cli.run = [&cli, slug] {
      const auto response =
          ApiClient(require_config(cli.config)).call("GET", target_of(*slug, "/history"));
      print_list(cli.chosen_format(), response.body, kHistoryColumns);
      return kDone;
    };
  });
}

}  // namespace

void add_link_print_commands(CLI::App& link, Cli& cli) {
  add_qr(link, cli);
  add_history(link, cli);
}

}  // namespace candor::app
