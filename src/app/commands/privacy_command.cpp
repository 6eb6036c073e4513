// candor privacy: what the site keeps of its readers, for its privacy notice.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <string>

#include "app/api_client.h"
#include "app/cli.h"

namespace candor::app {
namespace {

struct PrivacyOptions {
  std::string language = "en";
  bool html = false;
};

int print_privacy(const Cli& cli, const PrivacyOptions& options) {
  const bool json = cli.chosen_format() == "json";
  const std::string form = json ? "json" : options.html ? "html" : "text";
  const auto response =
      ApiClient(require_config(cli.config))
          .call("GET", "/api/v1/privacy?format=" + form + "&language=" + options.language);
  fmt::print("{}", response.body);
  if (!response.body.ends_with('\n')) fmt::print("\n");
  return kDone;
}

}  // namespace

void add_privacy_command(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<PrivacyOptions>();
  CLI::App* command = app.add_subcommand(
      "privacy", "What is kept of readers with this configuration, for your privacy notice");
  command->add_option("--language", options->language, "en or de")
      ->check(CLI::IsMember({"en", "de"}))
      ->capture_default_str();
  command->add_flag("--html", options->html, "As HTML paragraphs");
  command->footer(
      "Facts about this software, no legal advice.\nExamples:\n  candor privacy\n  candor privacy "
      "--language de --html\n  candor privacy --json");
  command->fallthrough();
  command->callback(
      [&cli, options] { cli.run = [&cli, options] { return print_privacy(cli, *options); }; });
}

}  // namespace candor::app
