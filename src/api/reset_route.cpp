// A forgotten password: a one-time sign-in link to the user's own address. Whoever asks learns
// nothing of who has an account here.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "base/ascii.h"
#include "jobs/post.h"
#include "mail/header_text.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::int64_t kLinkMs = 15 * 60 * 1000;
constexpr std::size_t kMostName = 254;

/// By name, or by address where that is one user's alone.
std::optional<store::User> user_of(const store::AccountStore& accounts, const std::string& name) {
  if (auto user = accounts.find_user(name)) return user;
  std::optional<store::User> found;
  for (store::User& user : accounts.list_users()) {
    if (user.email.empty() || user.email != name) continue;
    if (found) return std::nullopt;
    found = std::move(user);
  }
  return found;
}

/// Everything the work needs of the request and the site, which may both be gone by then; only the
/// store is there for sure.
struct Reset {
  store::AccountStore& accounts;
  jobs::MailSettings mail;
  mail::Message message;  ///< without recipient and words
  std::string site;
  std::string admin_url;
  std::string name;
  std::string secret;
  std::string address;
  std::int64_t at_ms = 0;
};

/// Whether there is such a user is found out here, where nobody waits for it.
void send_link(Reset reset) {
  const auto user = user_of(reset.accounts, reset.name);
  if (!user || user->email.empty()) return;
  reset.accounts.add_one_time_token({.token_hash = hash_of_secret(reset.secret),
                                     .user = user->id,
                                     .expires_at_ms = reset.at_ms + kLinkMs,
                                     .from_terminal = false});
  reset.accounts.add_log_entry({.at_ms = reset.at_ms,
                                .who = user->name,
                                .address = reset.address,
                                .action = "ask for a new password",
                                .subject = user->name,
                                .changes = {}});
  reset.message.to = {user->email};
  reset.message.subject = reset.site + ": a new password";
  reset.message.text = fmt::format(
      "Somebody asked for a new password of \"{}\" at {}.\n\nThis link signs you in once, within "
      "15 minutes; then set a new password:\n{}/#/login?once={}\n\nIf it was not you, do nothing: "
      "nothing has changed.\n",
      user->name, mail::one_line(reset.site), reset.admin_url, reset.secret);
  if (const auto sent = jobs::send_now(reset.message, reset.mail); !sent)
    fmt::print(stderr, "candor: the mail for a new password was not taken: {}\n",
               sent.error().message);
}

}  // namespace

http::Response reset_password(Call& call) {
  const json body = read_body(call, "A new password", {"name"});
  const std::string name = ascii::to_lower(ascii::trim(text_member(body, "name")));
  if (name.empty() || name.size() > kMostName)
    throw Problem(422, "Give the name or the mail address of the account.", "name");
  Site& site = call.site;
  if (!site.nightly.mail.is_set() || site.admin_url.empty())
    throw Problem(409, "Mail is not set up here. On the machine itself: candor user invite NAME");
  const std::int64_t now = to_ms(site.clock.now());
  if (!site.gate.resets.admits(address_of(call.request), name, now)) {
    Problem problem(429, "Asked too often. Try again in an hour.");
    problem.retry_after_s = 3600;
    throw problem;
  }
  const std::string secret = new_secret(site.random);
  Reset reset{.accounts = site.store,
              .mail = site.nightly.mail,
              .message = jobs::new_message(
                  site.nightly.mail, site.clock,
                  site.settings.hosts.empty() ? "" : site.settings.hosts.front(),
                  site.settings.name, "reset." + hash_of_secret(secret).substr(0, 24)),
              .site = site.settings.name,
              .admin_url = site.admin_url,
              .name = name,
              .secret = secret,
              .address = address_of(call.request),
              .at_ms = now};
  site.gate.resets.later([reset = std::move(reset)] {
    try {
      send_link(reset);
    } catch (const std::exception& error) {
      fmt::print(stderr, "candor: no mail for a new password: {}\n", error.what());
    }
  });
  http::Response response = json_response(
      {{"message", "If there is such an account with a mail address, a link is on its way to it."}},
      202);
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

}  // namespace candor::api
