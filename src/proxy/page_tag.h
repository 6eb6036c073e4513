#pragma once
// ETags of disclosed pages: the origin's own, bound to the rules by which the page was disclosed.
// When a reader asks whether a page is still good, the origin is asked about its part of the tag,
// and only when our part still holds.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace candor::proxy {

/// What tells one version of a page from another, as far as the origin says so.
struct OriginVersion {
  std::string etag;           ///< as sent: `"abc"`, `W/"abc"`; empty: none
  std::string last_modified;  ///< as sent; empty: none
};

/// `W/"…"` for a page of this version under these rules; nothing when the origin names no version.
/// `rules`: of any length, of characters an ETag may hold but '~'.
std::optional<std::string> tag_for(const OriginVersion& version, std::string_view rules);
/// The same for a page whose version only its content tells.
std::string tag_for_content(std::string_view digest, std::string_view rules);

/// A reader's conditions as the origin is to see them.
struct Conditions {
  std::string if_none_match;      ///< empty: not sent
  std::string if_modified_since;  ///< empty: not sent
  /// Our tags among the reader's that still hold, for what the origin is asked.
  std::vector<std::string> asked;
  /// Our tags of content that still hold: they are compared once the page is there.
  std::vector<std::string> of_content;
};

/// Without `rules` none of our tags holds. `wants_page`: a reader asks for a page rather than for a
/// picture. Only our tags count then: any other names a copy that was never disclosed.
Conditions translate_conditions(const http::Request& request,
                                const std::optional<std::string>& rules, bool wants_page);

}  // namespace candor::proxy
