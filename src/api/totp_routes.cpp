// The authenticator app of a user: shown a key, confirmed by its first code, ended with a password.
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "api/sign_in.h"
#include "api/totp.h"
#include "base/ascii.h"

namespace candor::api {
namespace {

using nlohmann::json;

http::Response secret_response(const json& body) {
  http::Response response = json_response(body);
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

/// A session that somebody left open must not be enough.
void ask_password(Call& call, const store::User& user, const json& body) {
  if (user.password_hash.empty())
    throw Problem(409, "Set a password first: the codes come on top of it.", "password");
  const std::string password = text_member(body, "password");
  if (password.empty()) throw Problem(422, "Give your password, too.", "password");
  check_password(call, &user, user.name, password, "password");
}

}  // namespace

http::Response begin_totp(Call& call) {
  const json body = read_body(call, "An authenticator", {"password"});
  const store::User user = own_user(call);
  if (!user.totp_secret.empty())
    throw Problem(409, "There is an authenticator already. End that one first.");
  ask_password(call, user, body);
  const std::string key = new_totp_key(call.site.random);
  call.site.store.set_totp(user.id, {}, key);
  call.note.subject = user.name;
  return secret_response(
      {{"secret", key}, {"uri", totp_uri("Candor " + call.site.settings.name, user.name, key)}});
}

http::Response confirm_totp(Call& call) {
  const json body = read_body(call, "An authenticator", {"code"});
  const store::User user = own_user(call);
  const auto key = decode_base32(user.totp_pending);
  if (user.totp_pending.empty() || !key) throw Problem(409, "No key was shown. Begin anew.");
  const auto step = find_totp_step(*key, plain_recovery_code(text_member(body, "code")),
                                   to_ms(call.site.clock.now()));
  if (!step)
    throw Problem(403, "The code is wrong. Is the clock of the phone, and of this machine, right?",
                  "code");
  std::vector<std::string> hashes;
  const auto codes = new_recovery_codes(call.site.random);
  for (const std::string& code : codes) hashes.push_back(hash_of_secret(plain_recovery_code(code)));
  call.site.store.set_recovery_codes(user.id, hashes);
  call.site.store.use_totp_step(user.id, *step);
  call.site.store.set_totp(user.id, user.totp_pending, {});
  call.site.store.remove_sessions_of(user.id, call.who.session_hash);
  call.note.subject = user.name;
  return secret_response({{"recovery_codes", codes}});
}

http::Response end_totp(Call& call) {
  const json body = read_body(call, "An authenticator", {"password"});
  const store::User user = own_user(call);
  ask_password(call, user, body);
  call.site.store.set_totp(user.id, {}, {});
  call.site.store.set_recovery_codes(user.id, {});
  call.note.subject = user.name;
  return no_content();
}

http::Response reset_totp(Call& call) {
  const std::string& name = call.path.find("name")->second;
  const auto user = call.site.store.find_user(ascii::to_lower(name));
  if (!user) throw Problem(404, "There is no user \"" + name + "\". List them: candor user list");
  call.site.store.set_totp(user->id, {}, {});
  call.site.store.set_recovery_codes(user->id, {});
  return no_content();
}

}  // namespace candor::api
