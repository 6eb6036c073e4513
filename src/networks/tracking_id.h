#pragma once
// Amazon's tracking IDs: which of an account's tags a link carries. A tag tells articles apart,
// never readers: Amazon's agreement forbids the latter.
#include <string>
#include <string_view>

namespace candor::networks {

/// As Amazon makes them: letters, digits, hyphens and underscores, and the marketplace's two digits
/// behind the last hyphen ("best-kettles-20").
bool is_tracking_id(std::string_view tag);

/// The value of the link's tag parameter, as written; empty: none.
std::string_view tracking_id_of(std::string_view href);

/// The link with `tag` for the value of its tag parameter, all other bytes as they were; unchanged
/// where it has none, or one of another marketplace's digits.
std::string with_tracking_id(std::string_view href, std::string_view tag);

/// The link with an empty value of its tag parameter: the same for all of an account's tags.
std::string without_tracking_id(std::string_view href);

}  // namespace candor::networks
