#pragma once
// The WHATWG URL Standard's percent-encode sets
// (https://url.spec.whatwg.org/#percent-encoded-bytes, read 2026-11), as far as http and https URLs
// use them.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace candor {

enum class PercentSet { Fragment, SpecialQuery, Path };

constexpr bool needs_percent(unsigned char byte, PercentSet set) {
  if (byte <= 0x1F || byte > 0x7E) return true;  // the C0 control set, which all others contain
  switch (set) {
    case PercentSet::Fragment:
      return std::string_view(" \"<>`").find(static_cast<char>(byte)) != std::string_view::npos;
    case PercentSet::SpecialQuery:
      return std::string_view(" \"#<>'").find(static_cast<char>(byte)) != std::string_view::npos;
    case PercentSet::Path:
      return std::string_view(" \"#<>?^`{}").find(static_cast<char>(byte)) !=
             std::string_view::npos;
  }
  return true;
}

/// -1 when `c` is no hexadecimal digit.
constexpr int hex_value(char c) {
  if (ascii::is_digit(c)) return c - '0';
  const char letter = ascii::lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

inline void append_percent_byte(std::string& out, unsigned char byte) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

constexpr std::array<bool, 256> make_percent_table(PercentSet set) {
  std::array<bool, 256> needs{};
  for (unsigned byte = 0; byte < needs.size(); ++byte)
    needs[byte] = needs_percent(static_cast<unsigned char>(byte), set);
  return needs;
}
inline constexpr std::array<std::array<bool, 256>, 3> kPercentTables{
    make_percent_table(PercentSet::Fragment), make_percent_table(PercentSet::SpecialQuery),
    make_percent_table(PercentSet::Path)};

/// `text` is UTF-8; existing escapes are left alone.
inline void append_percent_encoded(std::string& out, std::string_view text, PercentSet set) {
  const std::array<bool, 256>& needs = kPercentTables[static_cast<std::size_t>(set)];
  std::size_t plain = 0;  // where the bytes begin that are not appended yet
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (!needs[byte]) continue;
    out.append(text, plain, at - plain);
    append_percent_byte(out, byte);
    plain = at + 1;
  }
  out.append(text, plain);
}

}  // namespace candor
