// Signing in: a one-time link from the terminal, or the owner's password. Secrets are kept as
// hashes only.
#include <sodium.h>

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "candor_version.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::int64_t kInviteMs = 60 * 60 * 1000;
constexpr std::int64_t kSessionIdleMs = 7LL * 24 * 60 * 60 * 1000;
constexpr std::int64_t kSessionLifeMs = 30LL * 24 * 60 * 60 * 1000;
constexpr std::size_t kPasswordLeast = 10;
constexpr std::size_t kPasswordMost = 256;

std::string cookie(const Site& site, std::string_view token, std::string_view rest) {
  std::string text = "candor_session=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict";
  if (site.admin_url.starts_with("https://")) text += "; Secure";
  return text += rest;
}

bool password_fits(store::AccountStore& accounts, const std::string& password) {
  const auto hash = accounts.owner_password_hash();
  if (!hash || password.size() > kPasswordMost) return false;
  return crypto_pwhash_str_verify(hash->c_str(), password.c_str(), password.size()) == 0;
}

void check_password(const Site& site, const std::string& password, std::int64_t now_ms) {
  if (!site.throttle.admits(now_ms)) throw Problem(429, "Too many wrong tries. Wait ten minutes.");
  if (password_fits(site.store, password)) return;
  site.throttle.failed(now_ms);
  throw Problem(403, "The password is wrong.", "password");
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

}  // namespace

bool is_owner(Call& call) {
  if (call.caller.local) return true;
  if (call.caller.session_token.empty()) return false;
  const std::string hash = hash_of_secret(call.caller.session_token);
  const auto session = call.site.store.find_session(hash);
  const std::int64_t now = to_ms(call.site.clock.now());
  if (!session || now - session->created_at_ms > kSessionLifeMs ||
      now - session->seen_at_ms > kSessionIdleMs)
    return false;
  // Once a minute is enough to tell an idle session from a live one, and spares a write per poll.
  if (now - session->seen_at_ms > 60'000) {
    try {
      call.site.store.touch_session(hash, now);
    } catch (const std::exception&) {
      // A full disk must not shut the owner out of the page that says so.
    }
  }
  return true;
}

http::Response get_session(Call& call) {
  return json_response({{"signed_in", is_owner(call)},
                        {"password_set", call.site.store.owner_password_hash().has_value()},
                        {"demo", call.site.settings.demo},
                        {"site", call.site.settings.name},
                        {"zone", call.site.zone.name()},
                        {"version", kVersion}});
}

http::Response start_session(Call& call) {
  const json body = read_body(call, "A session", {"once", "password"});
  store::AccountStore& accounts = call.site.store;
  const std::int64_t now = to_ms(call.site.clock.now());
  const std::string once = text_member(body, "once");
  const std::string password = text_member(body, "password");
  if (once.empty() && password.empty())
    throw Problem(422, "Give the one-time code or the password.", "password");
  if (once.empty()) {
    check_password(call.site, password, now);
  } else if (!accounts.take_one_time_token(hash_of_secret(once), now)) {
    // Its 256 bits need no throttle: whoever guesses passwords cannot shut the owner out.
    throw Problem(403,
                  "This sign-in link was used or has expired. Make a new one: candor user invite",
                  "once");
  }
  accounts.remove_sessions_before(now - kSessionLifeMs, now - kSessionIdleMs);
  const std::string token = new_secret(call.site.random);
  accounts.add_session({hash_of_secret(token), now, now});
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

http::Response set_password(Call& call) {
  const std::string password = text_member(read_body(call, "An account", {"password"}), "password");
  if (password.size() < kPasswordLeast || password.size() > kPasswordMost)
    throw Problem(422, "A password has 10 to 256 characters.", "password");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  // 19 MiB and two passes: OWASP's minimum for argon2id.
  if (crypto_pwhash_str(hash.data(), password.c_str(), password.size(), 2, 19u << 20) != 0)
    throw std::runtime_error("not enough memory to hash the password");
  call.site.store.set_owner_password_hash(hash.data());
  // Whoever else is signed in may be the reason for the change: only this session stays.
  const std::string own =
      call.caller.session_token.empty() ? std::string{} : hash_of_secret(call.caller.session_token);
  const auto session = own.empty() ? std::nullopt : call.site.store.find_session(own);
  const std::int64_t now = to_ms(call.site.clock.now());
  call.site.store.remove_sessions_before(now + 1, now + 1);
  if (session) call.site.store.add_session(*session);
  return no_content();
}

http::Response invite(Call& call) {
  refuse_members(call, "An invitation");
  if (call.site.admin_url.empty())
    throw Problem(409, "The dashboard is not running. Start it: candor serve");
  const std::string secret = new_secret(call.site.random);
  const std::int64_t expires = to_ms(call.site.clock.now()) + kInviteMs;
  call.site.store.add_one_time_token(hash_of_secret(secret), expires);
  return json_response(
      {{"url", call.site.admin_url + "/#/login?once=" + secret}, {"expires_at_ms", expires}});
}

}  // namespace candor::api
