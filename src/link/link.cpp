#include "link/link.h"

#include <algorithm>

#include "base/ascii.h"
#include "link/url.h"

namespace candor {
namespace {

constexpr std::size_t kMaxSlugLength = 100;

bool may_begin_slug(char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'z'); }

bool may_stand_in_slug(char c) { return may_begin_slug(c) || c == '.' || c == '_' || c == '-'; }

std::optional<LinkError> check_url(std::string_view field, std::string_view text) {
  const auto url = parse_url(text);
  if (url) return std::nullopt;
  return LinkError{.field = std::string(field), .message = std::string(message_of(url.error()))};
}

}  // namespace

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
  if (auto error = check_slug(link.slug)) return error;
  if (auto error = check_url("destination", link.destination)) return error;
  if (link.match_url.empty()) return std::nullopt;
  return check_url("match_url", link.match_url);
}

}  // namespace candor
