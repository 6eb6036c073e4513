// candor commands: every command and option as one page, from the tables that parse them.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <string>

#include "app/cli.h"
#include "app/commands/api_commands.h"

namespace candor::app {
namespace {

/// In a cell of a table: one line, without its border.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "<br>";
    } else if (c == '|') {
      out += "\\|";
    } else {
      out += c;
    }
  }
  return out;
}

std::string options_page(const CLI::App& command) {
  std::string rows;
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name(option->get_positional(), true);
    if (option->get_group().empty()) continue;
    rows += fmt::format("| `{}`{} | {} |\n", option->get_positional() ? option->get_name() : name,
                        option->get_required() ? " (needed)" : "", cell(option->get_description()));
  }
  return rows.empty() ? rows : "\n| option | what it does |\n|---|---|\n" + rows;
}

void print_command(const CLI::App& command, const std::string& before, int depth) {
  const std::string name = before.empty() ? command.get_name() : before + " " + command.get_name();
  fmt::print("\n{} {}\n\n{}\n{}", std::string(static_cast<std::size_t>(std::min(depth, 4)), '#'),
             name, command.get_description(), options_page(command));
  if (const std::string footer = command.get_footer(); !footer.empty() && depth > 1)
    fmt::print("\n```\n{}\n```\n", footer);
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; }))
    print_command(*sub, name, depth + 1);
}

}  // namespace

void add_reference_command(CLI::App& app, Cli& cli) {
  CLI::App* command = app.add_subcommand("commands", "Print every command and option, as Markdown");
  command->footer("Example:\n  candor commands > commands.md");
  command->fallthrough();
  command->callback([&app, &cli] {
    cli.run = [&app] {
      print_command(app, {}, 1);
      return kDone;
    };
  });
}

}  // namespace candor::app
