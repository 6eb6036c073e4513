#include "report/text_width.h"

#include <algorithm>
#include <array>
#include <optional>

namespace candor::report {
namespace {

struct CodePointRange {
  char32_t first;
  char32_t last;
};

// The blocks of Unicode 15 whose characters take no column (general categories Mn, Me and Cf) in
// the scripts that titles are written in.
constexpr std::array<CodePointRange, 16> kZeroWidth{{{0x0300, 0x036F},
                                                     {0x0483, 0x0489},
                                                     {0x0591, 0x05BD},
                                                     {0x0610, 0x061A},
                                                     {0x064B, 0x065F},
                                                     {0x093A, 0x093A},
                                                     {0x0941, 0x0948},
                                                     {0x0E31, 0x0E31},
                                                     {0x0E34, 0x0E3A},
                                                     {0x0E47, 0x0E4E},
                                                     {0x1AB0, 0x1AFF},
                                                     {0x1DC0, 0x1DFF},
                                                     {0x200B, 0x200F},
                                                     {0x2060, 0x2064},
                                                     {0x20D0, 0x20F0},
                                                     {0xFE00, 0xFE0F}}};
// East Asian Width W and F (UAX #11), and the emoji blocks.
constexpr std::array<CodePointRange, 13> kWide{{{0x1100, 0x115F},
                                                {0x2E80, 0x303E},
                                                {0x3041, 0x33FF},
                                                {0x3400, 0x4DBF},
                                                {0x4E00, 0x9FFF},
                                                {0xA000, 0xA4CF},
                                                {0xAC00, 0xD7A3},
                                                {0xF900, 0xFAFF},
                                                {0xFE30, 0xFE6F},
                                                {0xFF00, 0xFF60},
                                                {0xFFE0, 0xFFE6},
                                                {0x1F300, 0x1FAFF},
                                                {0x20000, 0x3FFFD}}};

template <std::size_t N>
bool holds(const std::array<CodePointRange, N>& ranges, char32_t c) {
  return std::ranges::any_of(
      ranges, [c](const CodePointRange& each) { return each.first <= c && c <= each.last; });
}

/// Takes one character off the front; nothing when the front byte is not the start of one.
std::optional<char32_t> take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  bool good = length > 0 && length <= text.size();
  char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; good && i < length; ++i) {
    good = (byte(i) & 0xC0U) == 0x80;
    c = (c << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (!good || c < kSmallest[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
    text.remove_prefix(1);
    return std::nullopt;
  }
  text.remove_prefix(length);
  return c;
}

bool is_unprintable(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

}  // namespace

std::size_t text_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const char32_t c = take_character(text).value_or(U'?');
    width += holds(kZeroWidth, c) ? 0 : holds(kWide, c) ? 2 : 1;
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const std::optional<char32_t> c = take_character(text);
    if (!c || is_unprintable(*c))
      out += '?';
    else
      out += before.substr(0, before.size() - text.size());
  }
  return out;
}

}  // namespace candor::report
