#pragma once
// Character references ("&amp;", "&#xE4;") by the standard's own table of 2,231 names.
#include <string>
#include <string_view>

namespace candor::html {

enum class ReferenceContext : unsigned char { Text, Attribute };

/// Decodes to UTF-8. In attributes a name without ';' followed by '=' or an alphanumeric stays
/// (WHATWG 13.2.5.73).
std::string decode_references(std::string_view text, ReferenceContext context);

/// Escapes & < > " ' and writes everything above ASCII as numeric references, so that the result
/// means the same in every ASCII-compatible encoding. `utf8` that is not UTF-8 gives U+FFFD.
std::string escape_ascii(std::string_view utf8);

}  // namespace candor::html
