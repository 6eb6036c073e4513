#pragma once
// Links as the API shows and takes them.
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "api/site.h"
#include "link/link.h"

namespace candor::api {

/// Every member of a link; times in UTC, null where there is none. "version" is another one after
/// each change.
nlohmann::json link_json(const Site& site, const Link& link);

/// What the owner should know of a link that is sound all the same; a list of sentences.
nlohmann::json link_warnings(const Site& site, const Link& link);

/// The members that can be set.
std::span<const std::string_view> link_members();

/// Takes over the members that `body` has. Problem 422 names the member at fault by its path
/// ("rules[1].country[0]"). What is not in `body` is not judged anew: an
/// older link may be edited.
void read_link_members(const Site& site, const nlohmann::json& body, Link& link);

/// A moment as the owner writes it: with an offset, or on the site's clocks ("2026-12-24T18:00",
/// "2026-12-24"). UTC milliseconds.
std::optional<std::int64_t> read_moment(const Site& site, std::string_view text);

}  // namespace candor::api
