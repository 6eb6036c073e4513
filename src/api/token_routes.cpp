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

constexpr std::size_t kNameMost = 64;
constexpr std::int64_t kTouchMs = 60'000;
constexpr std::int64_t kDaysMost = 3650;
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameMost && std::ranges::all_of(name, [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
}

json token_json(const store::ApiToken& token) {
  return {
      {"name", token.name},
      {"scope", token.scope},
      {"created_at", format_rfc3339(token.created_at_ms)},
      {"used_at", token.used_at_ms ? json(format_rfc3339(*token.used_at_ms)) : json()},
      {"expires_at", token.expires_at_ms ? json(format_rfc3339(*token.expires_at_ms)) : json()}};
}

/// What stands behind "Authorization: Bearer "; nothing for other schemes, which are a proxy's.
std::optional<std::string_view> bearer_of(const Call& call) {
  constexpr std::string_view kScheme = "bearer ";
  const auto header = call.request.find_header("Authorization");
  if (!header || !ascii::equals_ignoring_case(header->substr(0, kScheme.size()), kScheme))
    return std::nullopt;
  return ascii::trim(header->substr(kScheme.size()));
}

Identity identify_guest(Call& call, const std::string& hash) {
  const auto share = call.site.store.find_share(hash);
  const std::int64_t now = to_ms(call.site.clock.now());
  if (!share || share->expires_at_ms <= now)
    throw Problem(401,
                  "This link shows nothing any more. Ask whoever gave it to you for a new one.");
  if (!share->used_at_ms || now - *share->used_at_ms >= kTouchMs) {
    try {
      call.site.store.touch_share(hash, now);
    } catch (const std::exception&) {
      // As for tokens.
    }
  }
  Identity who;
  who.kind = Identity::Kind::Guest;
  who.name = share->name;
  who.scopes = {Scope::Shared};
  who.share = share;
  return who;
}

Identity identify_program(Call& call, std::string_view secret) {
  const std::string hash = hash_of_secret(secret);
  const auto token =
      secret.starts_with(kTokenPrefix) ? call.site.store.find_api_token(hash) : std::nullopt;
  const std::int64_t now = to_ms(call.site.clock.now());
  if (!token) throw Problem(401, "The token is not known. List them: candor token list");
  if (token->expires_at_ms && *token->expires_at_ms <= now)
    throw Problem(401, "The token \"" + token->name + "\" has expired. Make a new one.");
  if (!token->used_at_ms || now - *token->used_at_ms >= kTouchMs) {
    try {
      call.site.store.touch_api_token(hash, now);
    } catch (const std::exception&) {
      // A full disk must not stop pages from being disclosed.
    }
  }
  Identity who;
  who.kind = Identity::Kind::Program;
  who.name = token->name;
  who.scopes = parse_scopes(token->scope).value_or(Scopes{});
  return who;
}

}  // namespace

bool carries_token(const Call& call) { return !call.caller.local && bearer_of(call).has_value(); }

Identity identify_token(Call& call) {
  const std::string_view bearer = bearer_of(call).value_or(std::string_view{});
  if (bearer.starts_with(kSharePrefix)) return identify_guest(call, hash_of_secret(bearer));
  return identify_program(call, bearer);
}

Identity identify_postback(Call& call) {
  const auto told = call.query.extract("token");
  return told ? identify_program(call, told.mapped()) : Identity{};
}

http::Response add_token(Call& call) {
  const json body = read_body(call, "A token", {"name", "scope", "days"});
  store::ApiToken token;
  token.name = text_member(body, "name");
  if (!is_name(token.name))
    throw Problem(422, "A token's name has 1 to 64 letters, digits, dots, dashes or underscores.",
                  "name");
  const auto scopes = parse_scopes(text_member(body, "scope"));
  if (!scopes)
    throw Problem(422,
                  "scope is one or more of read, pages, links, revenue and admin, or postback.",
                  "scope");
  if (scopes->overlaps({Scope::Postback}) && format_scopes(*scopes) != "postback")
    throw Problem(422, "A token for postbacks stands in addresses: it is good for nothing else.",
                  "scope");
  token.scope = format_scopes(*scopes);
  const std::string secret = std::string(kTokenPrefix) + new_secret(call.site.random);
  token.token_hash = hash_of_secret(secret);
  token.created_at_ms = to_ms(call.site.clock.now());
  if (const auto days = count_member(body, "days")) {
    if (*days < 1 || *days > kDaysMost)
      throw Problem(422, "days is a whole number from 1 to 3,650.", "days");
    token.expires_at_ms = token.created_at_ms + *days * kDayMs;
  }
  call.note.subject = token.name;
  call.note.changes = json({{"scope", {{"from", nullptr}, {"to", token.scope}}}}).dump();
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
