#include "link/link.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor {
namespace {

constexpr std::size_t kMaxSlugLength = 100;

bool may_begin_slug(char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'z'); }

bool may_stand_in_slug(char c) { return may_begin_slug(c) || c == '.' || c == '_' || c == '-'; }

std::optional<LinkError> check_url(std::string_view field, const Result<Url, UrlError>& url) {
  if (url) return std::nullopt;
  return LinkError{.field = std::string(field), .message = std::string(message_of(url.error()))};
}

std::optional<LinkError> check_end(const Link& link) {
  if (link.code != 301 && link.code != 302 && link.code != 307 && link.code != 308)
    return LinkError{.field = "code", .message = "the code must be 301, 302, 307 or 308"};
  if (link.expires_at_ms != 0 && link.expires_at_ms <= link.starts_at_ms)
    return LinkError{.field = "expires_at", .message = "the link would end before it starts"};
  if (link.click_cap < 0)
    return LinkError{.field = "click_cap", .message = "the cap must be 1 or more"};
  if (link.fallback.empty() || is_slug_fallback(link.fallback)) return std::nullopt;
  if (link.fallback.find(':') == std::string::npos)
    return LinkError{.field = "fallback",
                     .message = "the fallback must be an http or https URL, or a link's slug"};
  return check_url("fallback", parse_url(link.fallback));
}

}  // namespace

std::string_view name_of(LinkState state) {
  switch (state) {
    case LinkState::Active:
      return "active";
    case LinkState::Disabled:
      return "disabled";
    case LinkState::Direct:
      return "direct";
  }
  return "disabled";
}

std::optional<LinkState> find_link_state(std::string_view name) {
  for (const LinkState each : {LinkState::Active, LinkState::Disabled, LinkState::Direct})
    if (name_of(each) == name) return each;
  return std::nullopt;
}

std::optional<LinkError> check_slug(std::string_view slug) {
  const auto refuse = [](std::string message) {
    return LinkError{.field = "slug", .message = std::move(message)};
  };
  if (slug.empty()) return refuse("the slug is empty");
  if (slug.size() > kMaxSlugLength) return refuse("the slug is longer than 100 characters");
  if (!may_begin_slug(slug.front()))
    return refuse("the slug must begin with a lower-case letter or a digit");
  if (!std::ranges::all_of(slug, may_stand_in_slug))
    return refuse("the slug may only hold lower-case letters, digits, '.', '_' and '-'");
  return std::nullopt;
}

std::optional<LinkError> check_link(const Link& link) {
  return check_link(link, parse_url(link.destination));
}

std::optional<LinkError> check_link(const Link& link, const Result<Url, UrlError>& destination) {
  if (auto error = check_slug(link.slug)) return error;
  if (auto error = check_url("destination", destination)) return error;
  if (!link.match_url.empty())
    if (auto error = check_url("match_url", parse_url(link.match_url))) return error;
  return check_end(link);
}

bool is_slug_fallback(std::string_view fallback) {
  return !fallback.empty() && !check_slug(fallback);
}

}  // namespace candor
