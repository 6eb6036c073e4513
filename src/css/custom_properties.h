#pragma once
// Internal: custom properties of an element, and values with their references replaced
// (https://www.w3.org/TR/css-variables-1/).
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace candor::css {

using CustomProperties = std::unordered_map<std::string_view, std::string_view>;

/// The value with every var() replaced; nothing when a reference leads nowhere, in a circle, or
/// beyond what is sensible.
std::optional<std::string> with_references_replaced(std::string_view value,
                                                    const CustomProperties* properties);

}  // namespace candor::css
