// candor init, serve, user, bots, version.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/daemon.h"
#include "app/demo/demo.h"
#include "candor_version.h"
#include "click/bot_filter.h"
#include "jobs/report_files.h"
#include "link/url.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

struct InitOptions {
  std::string file = "candor.toml";
  std::string name, url, demo;
  bool force = false;
};

int init(const InitOptions& options) {
  if (!options.demo.empty()) {
    const fs::path config = demo::create(
        options.demo, [](const std::string& stage) { fmt::print(stderr, "  {}\n", stage); });
    fmt::print(stderr,
               "Made a demo site. All its pages, links and numbers are made up.\nStart it: candor "
               "serve --config {}\n",
               config.string());
    return kDone;
  }
  if (options.name.empty() || options.url.empty()) {
    fmt::print(stderr,
               "candor init: give --name and --url (or --demo DIR)\nHelp: candor init --help\n");
    return kUsage;
  }
  if (const auto url = parse_url(options.url); !url) {
    fmt::print(stderr, "candor init: --url: {}\n", message_of(url.error()));
    return kUsage;
  }
  if (fs::exists(options.file) && !options.force) {
    fmt::print(stderr, "candor init: {} exists; edit it, or overwrite it with --force\n",
               options.file);
    return kFailed;
  }
  jobs::write_file_atomically(options.file, config_template(options.name, options.url));
  fmt::print(stderr, "Wrote {}. Look it over, then start: candor serve\n", options.file);
  return kDone;
}

struct ServeOptions {
  std::string pages;
  bool sign_in = false;
};

void tell_where(const Cli& cli, const Config& config, const RunFile& run) {
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", nlohmann::json({{"pid", run.pid},
                                       {"redirect_url", run.redirect_url},
                                       {"admin_url", run.admin_url},
                                       {"proxy_url", run.proxy_url},
                                       {"socket", run.socket}})
                           .dump());
    return;
  }
  if (!run.proxy_url.empty()) fmt::print("Pages      {}/\n", run.proxy_url);
  fmt::print("Redirects  {}{}\n", run.redirect_url, config.go_prefix);
  fmt::print("Dashboard  {}/\n", run.admin_url);
}

int serve(const Cli& cli, const ServeOptions& options) {
  Config config = require_config(cli.config);
  const fs::path pages = options.pages.empty() ? fs::path{} : fs::absolute(options.pages);
  if (!pages.empty()) config.pages_root = pages;
  DaemonHooks hooks;
  hooks.ready = [&](const RunFile& run, const std::string& login) {
    tell_where(cli, config, run);
    // Whoever holds the link is the owner: into a log file it goes only when asked for.
    const bool wanted =
        options.sign_in || (cli.chosen_format() != "json" && ::isatty(STDERR_FILENO) != 0);
    if (wanted && !login.empty())
      fmt::print(stderr, "Sign in    {}   (once, within an hour)\n", login);
    std::fflush(stdout);
  };
  hooks.waiting = [](const std::string& why) {
    fmt::print(stderr, "candor: redirecting; waiting for the database: {}\n", why);
  };
  hooks.reload = [&] {
    Config read = load_config(config.file);
    if (!pages.empty()) read.pages_root = pages;
    return read;
  };
  run_daemon(config, hooks);
  return kDone;
}

int classify_bots() {
  const BotFilter filter;
  for (std::string line; std::getline(std::cin, line);) {
    if (const auto reason = filter.find_bot(line)) {
      fmt::print("bot\t{}\n", *reason);
    } else {
      fmt::print("human\n");
    }
  }
  return kDone;
}

}  // namespace

void add_init_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<InitOptions>();
  CLI::App* command =
      app.add_subcommand("init", "Write a commented candor.toml, or a whole demo site");
  command->add_option("--name", options->name, "The site's name");
  command->add_option("--url", options->url, "The site's URL, as readers type it");
  command->add_option("--file", options->file, "File to write")->capture_default_str();
  command->add_option("--demo", options->demo, "Make a demo site in this folder instead")
      ->type_name("DIR");
  command->add_flag("--force", options->force, "Overwrite");
  command->footer(
      "Examples:\n  candor init --name 'My Site' --url https://example.com\n  candor init --demo "
      "build/demo");
  command->fallthrough();
  command->callback([&cli, options] { cli.run = [options] { return init(*options); }; });
}

void add_serve_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command =
      app.add_subcommand("serve", "Redirect, count, and show the dashboard, until Ctrl-C");
  command
      ->add_option("--pages", options->pages,
                   "Folder of built pages to serve, disclosed as they pass")
      ->type_name("DIR");
  command->add_flag("--sign-in", options->sign_in,
                    "Print a one-time sign-in link on stderr, also when that is no terminal");
  command->footer(
      "Examples:\n  candor serve\n  candor serve --config /etc/candor/candor.toml --pages public/");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return serve(cli, *options); }; });
}

void add_bots_commands(CLI::App& app, Cli& cli) {
  CLI::App* bots = app.add_subcommand("bots", "The bot filter");
  bots->require_subcommand(1);
  CLI::App* command =
      bots->add_subcommand("classify", "Read user agents on stdin, say which are bots and why");
  command->footer("Example:\n  candor bots classify < user_agents.txt");
  command->callback([&cli] { cli.run = classify_bots; });
}

void add_version_command(CLI::App& app, Cli& cli) {
  CLI::App* command = app.add_subcommand("version", "Print the version");
  command->footer("Example:\n  candor version --json");
  command->fallthrough();
  command->callback([&cli] {
    cli.run = [&cli] {
      if (cli.chosen_format() == "json") {
        fmt::print("{}\n", nlohmann::json({{"version", kVersion}}).dump());
      } else {
        fmt::print("candor {}\n", kVersion);
      }
      return kDone;
    };
  });
}

}  // namespace candor::app
