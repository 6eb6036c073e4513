// Users: who they are, what they may, and the links that let them in.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "api/sign_in.h"
#include "base/ascii.h"
#include "base/rfc3339.h"
#include "mail/message.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::int64_t kInviteMs = 60 * 60 * 1000;
/// How long whoever came by a link may set a password without knowing the old one.
constexpr std::int64_t kResetMs = 15 * 60 * 1000;
constexpr std::size_t kNameMost = 128;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameMost && std::ranges::all_of(name, [](char c) {
    return ascii::is_alnum(c) || std::string_view("-_.+@").find(c) != std::string_view::npos;
  });
}

store::Role read_role(const json& body) {
  const auto role = find_role(text_member(body, "role"));
  if (!role) throw Problem(422, "role is viewer, editor or owner.", "role");
  return *role;
}

store::User existing(Call& call) {
  const std::string& name = call.path.find("name")->second;
  const auto user = call.site.store.find_user(ascii::to_lower(name));
  if (!user) throw Problem(404, "There is no user \"" + name + "\". List them: candor user list");
  return *user;
}

/// Who shall be let in; made when there is none of the name.
store::User invited(Call& call, const json& body) {
  const std::string name = ascii::to_lower(ascii::trim(text_member(body, "name")));
  if (name.empty()) return own_user(call);
  if (!is_name(name))
    throw Problem(422,
                  "A user's name has 1 to 128 letters, digits and - _ . + @, as a word or an "
                  "e-mail address does.",
                  "name");
  const bool says_role = !text_member(body, "role").empty();
  const store::Role role = says_role ? read_role(body) : store::Role::Viewer;
  if (const auto user = call.site.store.find_user(name)) {
    if (says_role && user->role != role)
      throw Problem(409,
                    "\"" + name + "\" is " + std::string(name_of(user->role)) +
                        ". Give another role with: candor user role " + name,
                    "role");
    return *user;
  }
  const auto added = call.site.store.add_user(name, role, to_ms(call.site.clock.now()));
  if (added && mail::is_address(name)) call.site.store.set_email(added->id, name);
  if (!added) throw Problem(409, "There is a user \"" + name + "\" already.", "name");
  call.note.changes = json({{"role", {{"from", nullptr}, {"to", name_of(role)}}}}).dump();
  return *added;
}

[[noreturn]] void refuse_last_owner(const store::User& user) {
  throw Problem(409, "\"" + user.name + "\" is the only owner. Make another user owner first.");
}

}  // namespace

http::Response invite(Call& call) {
  if (call.site.admin_url.empty())
    throw Problem(409, "The dashboard is not running. Start it: candor serve");
  const json body = call.request.body.empty() ? json::object()
                                              : read_body(call, "An invitation", {"name", "role"});
  const store::User user = invited(call, body);
  call.note.subject = user.name;
  const std::string secret = new_secret(call.site.random);
  const std::int64_t expires = to_ms(call.site.clock.now()) + kInviteMs;
  call.site.store.add_one_time_token({.token_hash = hash_of_secret(secret),
                                      .user = user.id,
                                      .expires_at_ms = expires,
                                      .from_terminal = call.caller.local});
  http::Response response = json_response({{"url", call.site.admin_url + "/#/login?once=" + secret},
                                           {"name", user.name},
                                           {"role", name_of(user.role)},
                                           {"expires_at_ms", expires}});
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

http::Response set_password(Call& call) {
  const json body = read_body(call, "An account", {"password", "current"});
  const std::string password = text_member(body, "password");
  const std::string current = text_member(body, "current");
  if (password.size() < kPasswordLeast || password.size() > kPasswordMost)
    throw Problem(422, "A password has 10 to 256 characters.", "password");
  const store::User user = own_user(call);
  const std::int64_t now = to_ms(call.site.clock.now());
  const bool came_to_reset = call.who.by_link && now - call.who.signed_in_at_ms <= kResetMs;
  if (!call.caller.local && !user.password_hash.empty() && !came_to_reset) {
    if (current.empty()) throw Problem(422, "Give the password you have now, too.", "current");
    check_password(call, &user, user.name, current, "current");
  }
  call.site.store.set_password_hash(user.id, call.site.gate.passwords.hash(password));
  // Whoever else is signed in may be the reason for the change: only this session stays.
  call.site.store.remove_sessions_of(user.id, call.who.session_hash);
  call.site.store.remove_one_time_tokens_of(user.id);
  call.note.subject = user.name;
  return no_content();
}

http::Response list_users(Call& call) {
  constexpr std::int64_t kMost = 1000;
  const std::int64_t limit = call.query_number("limit", kMost, kMost);
  const std::string after = call.query_value("after");
  const auto sessions = call.site.store.list_sessions();
  auto users = call.site.store.list_users();
  std::ranges::sort(users, {}, &store::User::name);
  std::erase_if(users, [&](const store::User& user) { return user.name <= after; });
  const bool more = cut_to(users, limit);
  json data = json::array();
  for (const store::User& user : users) {
    const auto last = std::ranges::find(sessions, user.id, &store::Session::user);
    data.push_back(
        {{"name", user.name},
         {"role", name_of(user.role)},
         {"email", user.email},
         {"password_set", !user.password_hash.empty()},
         {"totp", !user.totp_secret.empty()},
         {"created_at",
          user.created_at_ms == 0 ? json() : json(format_rfc3339(user.created_at_ms))},
         {"seen_at", last == sessions.end() ? json() : json(format_rfc3339(last->seen_at_ms))},
         {"self", user.id == call.who.user && !call.caller.local}});
  }
  return page_response(call,
                       {{"schema", "candor.user.list/1"},
                        {"data", std::move(data)},
                        {"next", more ? json(users.back().name) : json()}},
                       "after");
}

http::Response edit_user(Call& call) {
  const auto body = read_body(call, "A user", {"role", "email"});
  const store::User user = existing(call);
  const std::string email = ascii::to_lower(ascii::trim(text_member(body, "email")));
  if (!email.empty() && !mail::is_address(email))
    throw Problem(422, "email is no mail address, as in \"anna@example.com\".", "email");
  const bool says_role = !text_member(body, "role").empty() || !body.contains("email");
  const store::Role role = says_role ? read_role(body) : user.role;
  if (!call.site.store.set_role(user.id, role)) refuse_last_owner(user);
  if (body.contains("email")) call.site.store.set_email(user.id, email);
  json changes = json::object();
  if (says_role) changes["role"] = {{"from", name_of(user.role)}, {"to", name_of(role)}};
  if (body.contains("email")) changes["email"] = {{"from", user.email}, {"to", email}};
  call.note.changes = changes.dump();
  return json_response({{"name", user.name},
                        {"role", name_of(role)},
                        {"email", body.contains("email") ? email : user.email}});
}

http::Response remove_user(Call& call) {
  const store::User user = existing(call);
  if (!call.site.store.remove_user(user.id)) refuse_last_owner(user);
  return json_response({{"name", user.name}});
}

}  // namespace candor::api
