#pragma once
// Internal: the encoding a page declares in its first bytes
// (https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding).
#include <string_view>

namespace candor::html {

/// The encoding's WHATWG name, or empty.
std::string_view prescan_meta(std::string_view first_bytes);

/// The label in a "text/html; charset=..." value, or empty.
std::string_view charset_in(std::string_view content);

}  // namespace candor::html
