// Sessions: signing in with a one-time link or a password, and ending it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/change_log.h"
#include "api/csrf.h"
#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "api/sign_in.h"
#include "base/ascii.h"
#include "base/rfc3339.h"
#include "candor_version.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::size_t kIdLength = 16;    ///< of a session's hash; it opens nothing
constexpr std::size_t kAgentMost = 256;  ///< bytes of a browser's own words

std::string cookie(const Site& site, std::string_view token, std::string_view rest) {
  std::string text = std::string(session_cookie_name(site.admin_url)) + "=" + std::string(token) +
                     "; Path=/; HttpOnly; SameSite=Strict";
  if (is_https(site.admin_url)) text += "; Secure";
  return text += rest;
}

/// The one by the name, or the first owner when none is given: most sites have but one user.
std::optional<store::User> named_user(const Site& site, const std::string& name) {
  if (!name.empty()) return site.store.find_user(name);
  std::optional<store::User> first;
  for (const store::User& user : site.store.list_users())
    if (user.role == store::Role::Owner && (!first || user.id < first->id)) first = user;
  return first;
}

store::User user_by_password(Call& call, const json& body, const std::string& password) {
  const std::string name = ascii::to_lower(ascii::trim(text_member(body, "name")));
  const auto user = named_user(call.site, name);
  const std::string account = user ? user->name : name.substr(0, 128);
  check_password(call, user ? &*user : nullptr, account, password, "password");
  check_code(call, *user, text_member(body, "code"));
  return *user;
}

store::User user_by_link(Call& call, const json& body, const std::string& once) {
  const std::string hash = hash_of_secret(once);
  const std::int64_t now = to_ms(call.site.clock.now());
  const auto token = call.site.store.find_one_time_token(hash);
  const auto user =
      token && now < token->expires_at_ms ? call.site.store.find_user(token->user) : std::nullopt;
  // Whoever has the terminal has the machine: there a link also helps who lost the authenticator.
  if (user && !token->from_terminal) check_code(call, *user, text_member(body, "code"));
  // Its 256 bits need no throttle: whoever guesses passwords cannot shut the owner out.
  if (!user || !call.site.store.take_one_time_token(hash, now))
    throw Problem(403,
                  "This sign-in link was used or has expired. Make a new one: candor user invite",
                  "once");
  return *user;
}

json session_json(const store::Session& session, const std::string& name, bool current) {
  return {{"id", session.token_hash.substr(0, kIdLength)},
          {"user", name},
          {"created_at", format_rfc3339(session.created_at_ms)},
          {"seen_at", format_rfc3339(session.seen_at_ms)},
          {"address", session.address},
          {"agent", session.agent},
          {"current", current}};
}

bool is_live(const store::Session& session, std::int64_t now) {
  return now - session.created_at_ms <= kSessionLifeMs &&
         now - session.seen_at_ms <= kSessionIdleMs;
}

}  // namespace

http::Response get_session(Call& call) {
  call.who = identify(call);
  const bool signed_in = call.who.kind != Identity::Kind::Nobody;
  const auto user = signed_in ? call.site.store.find_user(call.who.user) : std::nullopt;
  const auto users = call.site.store.list_users();
  const bool somebody_has_one = std::ranges::any_of(
      users, [](const store::User& each) { return !each.password_hash.empty(); });
  json out{{"signed_in", signed_in},
           {"password_set", user ? !user->password_hash.empty() : somebody_has_one},
           {"asks_name", users.size() > 1},
           {"reset_by_mail",
            somebody_has_one && call.site.nightly.mail.is_set() && !call.site.admin_url.empty()},
           {"demo", call.site.settings.demo},
           {"site", call.site.settings.name},
           {"zone", call.site.zone.name()},
           {"version", kVersion}};
  if (user) {
    out["user"] = {{"name", user->name},
                   {"role", name_of(user->role)},
                   {"totp", !user->totp_secret.empty()},
                   {"recovery_codes", call.site.store.count_recovery_codes(user->id)}};
    out["by_link"] = call.who.by_link;
    out["csrf"] = csrf_token(call.caller.session_token);
  }
  http::Response response = json_response(out);
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

http::Response start_session(Call& call) {
  const json body = read_body(call, "A session", {"once", "name", "password", "code"});
  store::AccountStore& accounts = call.site.store;
  const std::int64_t now = to_ms(call.site.clock.now());
  const std::string once = text_member(body, "once");
  const std::string password = text_member(body, "password");
  if (once.empty() && password.empty())
    throw Problem(422, "Give the one-time code or the password.", "password");
  const store::User user =
      once.empty() ? user_by_password(call, body, password) : user_by_link(call, body, once);
  accounts.remove_sessions_before(now - kSessionLifeMs, now - kSessionIdleMs);
  // A new id at each sign-in: one that somebody put into the browser before is worth nothing.
  if (!call.caller.session_token.empty())
    accounts.remove_session(hash_of_secret(call.caller.session_token));
  const std::string token = new_secret(call.site.random);
  accounts.add_session(
      {.token_hash = hash_of_secret(token),
       .user = user.id,
       .created_at_ms = now,
       .seen_at_ms = now,
       .by_link = !once.empty(),
       .address = address_of(call.request),
       .agent =
           std::string(call.request.find_header("User-Agent").value_or("").substr(0, kAgentMost))});
  log_event(call, user.name, once.empty() ? "sign in" : "sign in by link", user.name);
  http::Response response = no_content();
  response.headers.emplace_back("Set-Cookie", cookie(call.site, token, "; Max-Age=2592000"));
  return response;
}

http::Response end_session(Call& call) {
  if (!call.caller.session_token.empty())
    call.site.store.remove_session(hash_of_secret(call.caller.session_token));
  http::Response response = no_content();
  response.headers.emplace_back("Set-Cookie", cookie(call.site, "", "; Max-Age=0"));
  return response;
}

http::Response list_sessions(Call& call) {
  const bool all =
      call.caller.local || (call.query_value("all") == "1" && call.who.role == store::Role::Owner);
  const std::int64_t now = to_ms(call.site.clock.now());
  json data = json::array();
  for (const store::Session& session : call.site.store.list_sessions()) {
    if (!is_live(session, now) || (!all && session.user != call.who.user)) continue;
    const auto user = call.site.store.find_user(session.user);
    data.push_back(session_json(session, user ? user->name : std::string{},
                                session.token_hash == call.who.session_hash));
  }
  return json_response({{"schema", "candor.session.list/1"}, {"data", std::move(data)}});
}

http::Response remove_session(Call& call) {
  const std::string& id = call.path.find("id")->second;
  for (const store::Session& session : call.site.store.list_sessions()) {
    if (session.token_hash.substr(0, kIdLength) != id) continue;
    if (session.user != call.who.user && call.who.role != store::Role::Owner) break;
    call.site.store.remove_session(session.token_hash);
    return json_response({{"id", id}});
  }
  throw Problem(404, "There is no session \"" + id + "\". List them: candor user sessions");
}

http::Response remove_other_sessions(Call& call) {
  call.site.store.remove_sessions_of(call.who.user, call.who.session_hash);
  return no_content();
}

}  // namespace candor::api
