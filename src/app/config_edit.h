#pragma once
// Changes of single values in the text of candor.toml: comments, order and spacing stay as the
// owner wrote them.
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace candor::app {

/// As a TOML basic string, quotes included.
std::string toml_string(std::string_view text);

/// The text with another value of [section] key: in the value's place, else behind the key's line
/// that a # takes out, else below the section's header, else in a section of its own at the end.
/// `value` is a text, a whole number, a flag, or a list of texts. Nothing when the text is not such
/// that only this would change: then people must edit it.
std::optional<std::string> with_value(std::string_view text, std::string_view section,
                                      std::string_view key, const nlohmann::json& value);

}  // namespace candor::app
