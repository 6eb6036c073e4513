#include "api/sign_in.h"

#include "api/change_log.h"
#include "api/problem.h"
#include "api/secrets.h"
#include "api/totp.h"

namespace candor::api {
namespace {

void refuse_while_closed(const Call& call, const std::string& account) {
  const auto wait =
      call.site.gate.logins.wait(address_of(call.request), account, to_ms(call.site.clock.now()));
  if (!wait) return;
  Problem problem(429, "Too many wrong tries. Wait ten minutes.");
  problem.retry_after_s = *wait;
  throw problem;
}

void note_failure(const Call& call, const store::User* user, const std::string& account) {
  call.site.gate.logins.failed(address_of(call.request), account, to_ms(call.site.clock.now()));
  // Made-up names would fill the log; those of users are throttled.
  if (user != nullptr) log_event(call, "nobody", "sign in refused", user->name);
}

}  // namespace

void check_password(Call& call, const store::User* user, const std::string& account,
                    const std::string& password, const char* field) {
  refuse_while_closed(call, account);
  const std::string hash = user == nullptr ? std::string{} : user->password_hash;
  if (call.site.gate.passwords.fits(hash, password)) return;
  note_failure(call, user, account);
  throw Problem(403, "The password is wrong.", field);
}

void check_code(Call& call, const store::User& user, const std::string& code) {
  if (user.totp_secret.empty()) return;
  if (code.empty())
    throw Problem(403, "Enter the code that your authenticator app shows, or a recovery code.",
                  "code");
  refuse_while_closed(call, user.name);
  const std::string plain = plain_recovery_code(code);
  const auto key = decode_base32(user.totp_secret);
  const auto step = key ? find_totp_step(*key, plain, to_ms(call.site.clock.now())) : std::nullopt;
  if (step && call.site.store.use_totp_step(user.id, *step)) return;
  if (!step && call.site.store.take_recovery_code(user.id, hash_of_secret(plain))) return;
  note_failure(call, &user, user.name);
  throw Problem(403,
                step ? "This code was used already. Wait for the next one." : "The code is wrong.",
                "code");
}

store::User own_user(const Call& call) {
  const auto user = call.site.store.find_user(call.who.user);
  if (!user) throw Problem(401, "Sign in to the dashboard first.");
  return *user;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

}  // namespace candor::api
