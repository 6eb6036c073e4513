// candor user: who may sign in to the dashboard, what they may, and what they did.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/api_client.h"
#include "app/cli.h"
#include "app/output.h"
#include "link/url.h"

namespace candor::app {
namespace {

using nlohmann::json;

struct UserOptions {
  std::string name;
  std::string role;
  std::string email;
  std::string end;
  std::int64_t limit = 50;
  std::int64_t before = 0;
};

const CLI::IsMember& roles() {
  static const CLI::IsMember all({"viewer", "editor", "owner"});
  return all;
}

std::string target_of(const std::string& name) { return "/api/v1/users/" + percent_encode(name); }

int invite(const Cli& cli, const UserOptions& options) {
  json body = json::object();
  if (!options.name.empty()) body["name"] = options.name;
  if (!options.role.empty()) body["role"] = options.role;
  const auto response =
      ApiClient(require_config(cli.config)).call("POST", "/api/v1/account/invite", body.dump());
  if (cli.chosen_format() == "json") {
    fmt::print("{}\n", response.body);
  } else {
    fmt::print("{}\n", json::parse(response.body).at("url").get<std::string>());
  }
  return kDone;
}

int list_users(const Cli& cli) {
  const auto response = ApiClient(require_config(cli.config)).call("GET", "/api/v1/users");
  print_list(cli.chosen_format(), response.body,
             {"name", "role", "email", "password_set", "totp", "created_at", "seen_at"});
  return kDone;
}

int set_email(const Cli& cli, const UserOptions& options) {
  const auto response =
      ApiClient(require_config(cli.config))
          .call("PATCH", target_of(options.name), json({{"email", options.email}}).dump());
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

int set_role(const Cli& cli, const UserOptions& options) {
  const auto response =
      ApiClient(require_config(cli.config))
          .call("PATCH", target_of(options.name), json({{"role", options.role}}).dump());
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

int remove_user(const Cli& cli, const UserOptions& options) {
  const auto response =
      ApiClient(require_config(cli.config)).call("DELETE", target_of(options.name));
  if (cli.chosen_format() == "json") fmt::print("{}\n", response.body);
  return kDone;
}

int end_codes(const Cli& cli, const UserOptions& options) {
  ApiClient(require_config(cli.config)).call("DELETE", target_of(options.name) + "/totp");
  return kDone;
}

int sessions(const Cli& cli, const UserOptions& options) {
  ApiClient client(require_config(cli.config));
  if (!options.end.empty()) {
    client.call("DELETE", "/api/v1/account/sessions/" + percent_encode(options.end));
    return kDone;
  }
  const auto response = client.call("GET", "/api/v1/account/sessions?all=1");
  print_list(cli.chosen_format(), response.body,
             {"id", "user", "created_at", "seen_at", "address", "agent"});
  return kDone;
}

int show_log(const Cli& cli, const UserOptions& options) {
  std::string target = fmt::format("/api/v1/log?limit={}", options.limit);
  if (options.before > 0) target += fmt::format("&before={}", options.before);
  const auto response = ApiClient(require_config(cli.config)).call("GET", target);
  print_list(cli.chosen_format(), response.body,
             {"id", "at", "who", "address", "what", "subject", "changes"});
  return kDone;
}

using Run = int (*)(const Cli&, const UserOptions&);

void run_with(CLI::App* command, Cli& cli, const std::shared_ptr<UserOptions>& options, Run run) {
  command->fallthrough();
  command->callback(
      [&cli, options, run] { cli.run = [&cli, options, run] { return run(cli, *options); }; });
}

void add_people_commands(CLI::App& user, Cli& cli, const std::shared_ptr<UserOptions>& options) {
  CLI::App* invitation =
      user.add_subcommand("invite", "Print a new one-time sign-in link, for an hour");
  invitation->add_option("name", options->name,
                         "A word or e-mail address; made when new. Without: the first owner");
  invitation->add_option("--role", options->role, "Of a new user: viewer unless you say so")
      ->check(roles());
  invitation->footer(
      "Examples:\n  candor user invite\n  candor user invite --role editor anna@example.com");
  run_with(invitation, cli, options, invite);

  CLI::App* list = user.add_subcommand("list", "List users");
  list->footer("Example:\n  candor user list");
  run_with(list, cli, options,
           [](const Cli& with, const UserOptions&) { return list_users(with); });

  CLI::App* email = user.add_subcommand(
      "email", "Say where a user's mail goes: a link when the password is lost");
  email->add_option("name", options->name, "Their name")->required();
  email->add_option("address", options->email, "\"\": nowhere")->required();
  email->footer("Example:\n  candor user email owner you@example.com");
  run_with(email, cli, options, set_email);
  CLI::App* role = user.add_subcommand("role", "Give a user another role");
  role->add_option("name", options->name, "Their name")->required();
  role->add_option("role", options->role, "viewer reads, editor changes links and money, owner all")
      ->required()
      ->check(roles());
  role->footer("Example:\n  candor user role anna@example.com editor");
  run_with(role, cli, options, set_role);

  CLI::App* remove = user.add_subcommand("remove", "Remove a user, and sign them out");
  remove->add_option("name", options->name, "Their name")->required();
  remove->footer("Example:\n  candor user remove anna@example.com");
  run_with(remove, cli, options, remove_user);
}

}  // namespace

void add_user_commands(CLI::App& app, Cli& cli) {
  CLI::App* user = app.add_subcommand("user", "Who may sign in, and what they did");
  user->require_subcommand(1);
  user->fallthrough();
  auto options = std::make_shared<UserOptions>();
  add_people_commands(*user, cli, options);

  CLI::App* codes =
      user->add_subcommand("end-codes", "Ask a user for no codes of a lost authenticator any more");
  codes->add_option("name", options->name, "Their name")->required();
  codes->footer("Example:\n  candor user end-codes anna@example.com");
  run_with(codes, cli, options, end_codes);

  CLI::App* logins = user->add_subcommand("sessions", "List who is signed in, or end a session");
  logins->add_option("--end", options->end, "End the session with this id")->type_name("ID");
  logins->footer(
      "Examples:\n  candor user sessions\n  candor user sessions --end 5f0c1d2e3a4b5c6d");
  run_with(logins, cli, options, sessions);

  CLI::App* log = user->add_subcommand("log", "Show who changed what, the newest first");
  log->add_option("--limit", options->limit, "At most so many")->check(CLI::Range(1, 1000));
  log->add_option("--before", options->before, "Those before the entry with this id")
      ->type_name("ID")
      ->check(CLI::PositiveNumber);
  log->footer("Examples:\n  candor user log\n  candor user log --limit 200 --json");
  run_with(log, cli, options, show_log);
}

}  // namespace candor::app
