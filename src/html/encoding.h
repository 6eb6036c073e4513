#pragma once
// Which encoding a page is in, and whether it can be edited in place.
#include <string>
#include <string_view>

namespace candor::html {

struct Encoding {
  std::string name;              ///< WHATWG name: "UTF-8", "windows-1252", "UTF-16LE", ...
  bool ascii_compatible = true;  ///< false: UTF-16, ISO-2022-JP, replacement: pass through, report
};

/// BOM, HTTP charset (may be empty), meta prescan of 1,024 bytes, else UTF-8 when valid, else
/// windows-1252.
Encoding sniff_encoding(std::string_view bytes, std::string_view http_charset = {});

/// To UTF-8; malformed input becomes U+FFFD.
std::string to_utf8(std::string_view bytes, const Encoding& encoding);

}  // namespace candor::html
