#pragma once
// Internal: which bytes end a name, an attribute name or an unquoted value, by table.
#include <array>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"

namespace candor::html::byte_class {

constexpr std::uint8_t kSpace = 1;
constexpr std::uint8_t kEndsName = 2;           ///< white space / >
constexpr std::uint8_t kEndsAttributeName = 4;  ///< white space / > =
constexpr std::uint8_t kEndsUnquoted = 8;       ///< white space >

constexpr std::array<std::uint8_t, 256> make_table() {
  std::array<std::uint8_t, 256> table{};
  for (const unsigned char c : {' ', '\t', '\n', '\f', '\r'})
    table[c] = kSpace | kEndsName | kEndsAttributeName | kEndsUnquoted;
  table['/'] = kEndsName | kEndsAttributeName;
  table['>'] = kEndsName | kEndsAttributeName | kEndsUnquoted;
  table['='] = kEndsAttributeName;
  return table;
}
inline constexpr std::array<std::uint8_t, 256> kTable = make_table();

constexpr bool is(char c, std::uint8_t wanted) {
  return (kTable[static_cast<unsigned char>(c)] & wanted) != 0;
}

/// First position at or behind `at` whose byte is of the class, or the size.
constexpr std::size_t find(std::string_view bytes, std::size_t at, std::uint8_t wanted) {
  while (at < bytes.size() && !is(bytes[at], wanted)) ++at;
  return at;
}

constexpr std::size_t skip_space(std::string_view bytes, std::size_t at) {
  while (at < bytes.size() && is(bytes[at], kSpace)) ++at;
  return at;
}

}  // namespace candor::html::byte_class
