#pragma once
// How many columns a terminal gives to a text, for aligned tables.
#include <cstddef>
#include <string>
#include <string_view>

namespace candor::report {

/// Columns of a UTF-8 text: combining marks and joiners take none, East Asian wide characters and
/// emoji take two. A byte that is not UTF-8 counts as one.
std::size_t text_width(std::string_view text);

/// The text as a terminal may show it: control characters (also C1, which can start an escape
/// sequence), bidirectional overrides and bytes that are not UTF-8 become '?'.
std::string printable(std::string_view text);

}  // namespace candor::report
