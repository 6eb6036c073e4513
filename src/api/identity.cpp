#include "api/identity.h"

#include <algorithm>

#include "api/router.h"
#include "api/secrets.h"
#include "base/ascii.h"

namespace candor::api {
namespace {

/// Nothing of a user id in particular: whoever has the machine is its owner.
Identity terminal(const Site& site) {
  Identity who;
  who.kind = Identity::Kind::Terminal;
  who.role = store::Role::Owner;
  who.scopes = {Scope::Admin};
  store::UserId first{};
  for (const store::User& user : site.store.list_users())
    if (user.role == store::Role::Owner && (!first || user.id < first)) first = user.id;
  who.user = first;
  who.name = "terminal";
  return who;
}

}  // namespace

std::string log_name(const Identity& who) {
  switch (who.kind) {
    case Identity::Kind::Nobody:
      return "nobody";
    case Identity::Kind::Program:
      return "token " + who.name;
    case Identity::Kind::Guest:
      return "share " + who.name;
    case Identity::Kind::Terminal:
    case Identity::Kind::Person:
      break;
  }
  return who.name;
}

Identity identify(Call& call) {
  if (call.caller.local) return terminal(call.site);
  Identity who;
  if (call.caller.session_token.empty()) return who;
  const std::string hash = hash_of_secret(call.caller.session_token);
  const auto session = call.site.store.find_session(hash);
  const std::int64_t now = to_ms(call.site.clock.now());
  if (!session || now - session->created_at_ms > kSessionLifeMs ||
      now - session->seen_at_ms > kSessionIdleMs)
    return who;
  const auto user = call.site.store.find_user(session->user);
  if (!user) return who;
  // Once a minute is enough to tell an idle session from a live one, and spares a write per poll.
  if (now - session->seen_at_ms > 60'000) {
    try {
      call.site.store.touch_session(hash, now);
    } catch (const std::exception&) {
      // A full disk must not shut the owner out of the page that says so.
    }
  }
  who.kind = Identity::Kind::Person;
  who.name = user->name;
  who.user = user->id;
  who.role = user->role;
  who.session_hash = hash;
  who.by_link = session->by_link;
  who.signed_in_at_ms = session->created_at_ms;
  return who;
}

std::string address_of(const http::Request& request) {
  const bool near = request.peer == "::1" || request.peer.starts_with("127.");
  const auto told = near ? request.find_header("X-Forwarded-For") : std::nullopt;
  if (!told) return request.peer;
  std::string_view last = told->substr(std::min(told->rfind(',') + 1, told->size()));
  last = ascii::trim(last);
  // Whatever else it is, it goes into a log.
  const bool sound = !last.empty() && last.size() <= 45 && std::ranges::all_of(last, [](char c) {
    return ascii::is_alnum(c) || c == ':' || c == '.' || c == '%';
  });
  return sound ? std::string(last) : request.peer;
}

}  // namespace candor::api
