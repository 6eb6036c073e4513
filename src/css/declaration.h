#pragma once
// Internal: from a property's name and value to the declarations that are kept.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "css/stylesheet.h"

namespace candor::css {

/// Adds what "name: value" declares of the properties that are read; a value that browsers would
/// drop adds nothing. The value views a text that outlives the declarations.
void add_declarations(std::string_view name, std::string_view value, bool important,
                      std::vector<Declaration>& into);

/// The part of a shorthand's value that is the property's; nothing when the value is invalid.
std::optional<std::string> part_of_shorthand(std::string_view shorthand, std::string_view value,
                                             Property property);

/// inherit, initial, unset, revert, revert-layer.
bool is_wide_keyword(std::string_view value);

/// Whether the value refers to custom properties.
bool has_reference(std::string_view value);

/// The components of a value, functions whole, split at white space, commas and slashes.
std::vector<std::string_view> components_of(std::string_view value);

}  // namespace candor::css
