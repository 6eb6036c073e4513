#pragma once
// A link as its owner keeps it: a slug on the site, a destination at a merchant, and the network
// that pays for it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/strong_id.h"
#include "link/url.h"

namespace candor {

/// The numbers are written to databases: never renumber.
enum class LinkState : std::uint8_t {
  Active = 0,
  Disabled = 1,
  Direct = 2,  ///< stands in pages as it is and is never redirected to; beacons count its clicks
};
/// "active", "disabled", "direct"
std::string_view name_of(LinkState state);
std::optional<LinkState> find_link_state(std::string_view name);

struct Link {
  LinkId id;
  std::string slug;         ///< [a-z0-9] then [a-z0-9._-], 1 to 100 characters.
  std::string destination;  ///< http or https URL, stored as typed.
  std::string
      match_url;         ///< URL in pages that this link stands for; empty: the destination itself.
  std::string network;   ///< as in networks/host_patterns.tsv ("awin"), or empty: no known network.
  std::string merchant;  ///< merchant's name for people and reports; may be empty.
  std::string title;
  LinkState state = LinkState::Active;
  std::int64_t created_at_ms = 0;
  std::int64_t updated_at_ms = 0;
  int code = 302;                  ///< of the redirect: 301, 302, 307 or 308
  std::int64_t starts_at_ms = 0;   ///< 0: at once
  std::int64_t expires_at_ms = 0;  ///< first millisecond without the link; 0: never
  std::int64_t click_cap = 0;      ///< human clicks after which it ends; 0: no end
  std::string fallback{};  ///< where readers go when it does not serve: a URL, or a slug; or empty
  std::string
      targeting{};  ///< rules, pass-through and UTM as targeting_json.h writes them, or empty

  friend bool operator==(const Link&, const Link&) = default;
};

/// Why a link was refused: the member at fault and what to do about it.
struct LinkError {
  std::string field;
  std::string message;
};

/// Nothing when the slug can be used.
std::optional<LinkError> check_slug(std::string_view slug);

/// 301 and 308: browsers and search engines keep the answer and ask no more.
constexpr bool is_permanent(int code) { return code == 301 || code == 308; }

/// True when `fallback` is a slug, not a URL.
bool is_slug_fallback(std::string_view fallback);

/// Nothing when the link can be stored: slug, destination (see url.h), match_url, code, times, cap
/// and fallback are sound. The text of `targeting` is not looked at.
std::optional<LinkError> check_link(const Link& link);
/// The same for who has parsed the destination already.
std::optional<LinkError> check_link(const Link& link, const Result<Url, UrlError>& destination);

}  // namespace candor
