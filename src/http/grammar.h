#pragma once
// Character classes and small productions of RFC 9110 and RFC 9112.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"

namespace candor::http {

namespace grammar_detail {

enum CharClass : std::uint8_t { Token = 1, Text = 2, Target = 4, Host = 8 };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const bool alnum = ascii::is_alnum(c);
    unsigned mask = 0;
    if (alnum || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos)
      mask |= CharClass::Token;
    if (i == '\t' || (i >= 0x20 && i != 0x7F)) mask |= CharClass::Text;
    if (i > 0x20 && i < 0x7F && c != '#') mask |= CharClass::Target;
    if (alnum || std::string_view("-._~!$&'()*+,;=%").find(c) != std::string_view::npos)
      mask |= CharClass::Host;
    classes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(mask);
  }
  return classes;
}
inline constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

constexpr bool all(std::string_view text, CharClass wanted) {
  for (const char c : text)
    if ((kClasses[static_cast<unsigned char>(c)] & wanted) == 0) return false;
  return true;
}

}  // namespace grammar_detail

/// A byte a line of a head may hold: no control but the tab, no DEL; obs-text passes.
constexpr bool is_text(char c) {
  return (grammar_detail::kClasses[static_cast<unsigned char>(c)] & grammar_detail::Text) != 0;
}
/// How many bytes from the front are text: text.size() when all are. Many bytes at a time.
std::size_t count_text(std::string_view text);
inline bool is_text(std::string_view text) { return count_text(text) == text.size(); }
/// How many bytes from the front may stand in a token.
constexpr std::size_t count_token(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (grammar_detail::kClasses[static_cast<unsigned char>(text[at])] &
                              grammar_detail::Token) != 0)
    ++at;
  return at;
}
constexpr bool is_token(std::string_view text) {
  return !text.empty() && grammar_detail::all(text, grammar_detail::Token);
}
/// Visible ASCII without '#': wider than the grammar, as browsers send `|` or `"` unescaped.
constexpr bool is_target_text(std::string_view text) {
  return !text.empty() && grammar_detail::all(text, grammar_detail::Target);
}
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = ascii::lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}
/// Whether a field's name is `lower`, which is in lower case; eight bytes at a time.
bool is_named(std::string_view name, std::string_view lower);
constexpr std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}
/// `host [":" port]` of RFC 3986, not empty, without user info.
bool is_authority(std::string_view text);
/// No '%' but before two hexadecimal digits, and never %00.
bool is_well_escaped(std::string_view path);

}  // namespace candor::http
