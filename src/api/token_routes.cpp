// Tokens for the owner's programs: made and ended by the owner, told once, and good for the routes
// of their scope only.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/secrets.h"
#include "base/ascii.h"
#include "base/rfc3339.h"

namespace candor::api {
namespace {

using nlohmann::json;

constexpr std::string_view kPagesScope = "pages";
/// Scanners for leaked secrets, and people, know it by this.
constexpr std::string_view kTokenPrefix = "cnd_";
constexpr std::size_t kNameMost = 64;
constexpr std::int64_t kTouchMs = 60'000;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameMost && std::ranges::all_of(name, [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
}

json token_json(const store::ApiToken& token) {
  return {{"name", token.name},
          {"scope", token.scope},
          {"created_at", format_rfc3339(token.created_at_ms)},
          {"used_at", token.used_at_ms ? json(format_rfc3339(*token.used_at_ms)) : json()}};
}

/// What stands behind "Authorization: Bearer "; nothing for other schemes, which are a proxy's.
std::optional<std::string_view> bearer_of(const Call& call) {
  constexpr std::string_view kScheme = "bearer ";
  const auto header = call.request.find_header("Authorization");
  if (!header || !ascii::equals_ignoring_case(header->substr(0, kScheme.size()), kScheme))
    return std::nullopt;
  return ascii::trim(header->substr(kScheme.size()));
}

}  // namespace

bool carries_token(const Call& call) { return !call.caller.local && bearer_of(call).has_value(); }

void check_token(const Route& route, Call& call) {
  const std::string_view bearer = bearer_of(call).value_or(std::string_view{});
  const std::string hash = hash_of_secret(bearer);
  const auto token =
      bearer.starts_with(kTokenPrefix) ? call.site.store.find_api_token(hash) : std::nullopt;
  if (!token) throw Problem(401, "The token is not known. List them: candor token list");
  if (route.access != Access::Pages || token->scope != kPagesScope)
    throw Problem(403, "The token \"" + token->name + "\" is good for pages only.");
  const std::int64_t now = to_ms(call.site.clock.now());
  if (token->used_at_ms && now - *token->used_at_ms < kTouchMs) return;
  try {
    call.site.store.touch_api_token(hash, now);
  } catch (const std::exception&) {
    // A full disk must not stop pages from being disclosed.
  }
}

http::Response add_token(Call& call) {
  const json body = read_body(call, "A token", {"name", "scope"});
  store::ApiToken token;
  token.name = text_member(body, "name");
  token.scope = text_member(body, "scope");
  if (!is_name(token.name))
    throw Problem(422, "A token's name has 1 to 64 letters, digits, dots, dashes or underscores.",
                  "name");
  if (token.scope != kPagesScope) throw Problem(422, "scope is \"pages\".", "scope");
  const std::string secret = std::string(kTokenPrefix) + new_secret(call.site.random);
  token.token_hash = hash_of_secret(secret);
  token.created_at_ms = to_ms(call.site.clock.now());
  if (!call.site.store.add_api_token(token))
    throw Problem(409,
                  "There is a token \"" + token.name +
                      "\" already. Choose another name, or end it: candor token revoke " +
                      token.name,
                  "name");
  json out = token_json(token);
  out["token"] = secret;
  http::Response response = json_response(out, 201);
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  return response;
}

http::Response list_tokens(Call& call) {
  json data = json::array();
  for (const store::ApiToken& token : call.site.store.list_api_tokens())
    data.push_back(token_json(token));
  return json_response({{"schema", "candor.token.list/1"}, {"data", std::move(data)}});
}

http::Response remove_token(Call& call) {
  const std::string& name = call.path.find("name")->second;
  if (!call.site.store.remove_api_token(name))
    throw Problem(404, "There is no token \"" + name + "\". List them: candor token list");
  return json_response({{"name", name}});
}

}  // namespace candor::api
