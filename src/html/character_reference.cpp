#include "html/character_reference.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

#include "base/ascii.h"
#include "html/utf8.h"

namespace candor::html {
namespace {

struct NamedReference {
  std::string_view name;  ///< without '&', with ';' where the name has one
  char32_t first;
  char32_t second;  ///< 0: there is none
};

constexpr NamedReference kNamed[] = {
#include "html/character_reference_table.inc"
};
static_assert(std::size(kNamed) == 2231);

/// What numeric references to C1 controls mean (WHATWG 13.2.5.80): windows-1252, as pages mean it.
constexpr std::array<char32_t, 32> kC1{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char32_t meaning_of(char32_t number) {
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF))
    return utf8::kReplacement;
  if (number >= 0x80 && number <= 0x9F) return kC1[number - 0x80];
  return number;
}

int digit_of(char c, bool hex) {
  if (ascii::is_digit(c)) return c - '0';
  const char lower = ascii::lower(c);
  return hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// `text` starts behind "&#"; the bytes it takes, or 0.
std::size_t decode_number(std::string_view text, std::string& out) {
  std::size_t at = 0;
  const bool hex = !text.empty() && ascii::lower(text[0]) == 'x';
  if (hex) ++at;
  const std::size_t digits = at;
  constexpr std::uint32_t kTooBig = 0x110000;
  std::uint32_t number = 0;
  for (; at < text.size(); ++at) {
    const int digit = digit_of(text[at], hex);
    if (digit < 0) break;
    number = std::min<std::uint32_t>(number * (hex ? 16U : 10U) + static_cast<std::uint32_t>(digit),
                                     kTooBig);
  }
  if (at == digits) return 0;
  if (at < text.size() && text[at] == ';') ++at;
  utf8::append(out, meaning_of(number));
  return at;
}

/// The longest name that `text` starts with, or null.
const NamedReference* find_longest(std::string_view text) {
  const NamedReference* begin = std::begin(kNamed);
  const NamedReference* end = std::end(kNamed);
  const NamedReference* longest = nullptr;
  for (std::size_t at = 0; at < text.size() && begin != end; ++at) {
    const auto byte = [at](const NamedReference& reference) {
      return at < reference.name.size() ? static_cast<unsigned char>(reference.name[at]) : -1;
    };
    const int wanted = static_cast<unsigned char>(text[at]);
    begin = std::ranges::lower_bound(begin, end, wanted, {}, byte);
    end = std::ranges::upper_bound(begin, end, wanted, {}, byte);
    if (begin != end && begin->name.size() == at + 1) longest = begin;
  }
  return longest;
}

/// `text` starts behind "&"; the bytes it takes, or 0.
std::size_t decode_name(std::string_view text, ReferenceContext context, std::string& out) {
  const NamedReference* named = find_longest(text);
  if (named == nullptr) return 0;
  const std::size_t size = named->name.size();
  const bool open_ended = !named->name.ends_with(';') && size < text.size();
  const bool stays = context == ReferenceContext::Attribute && open_ended &&
                     (text[size] == '=' || ascii::is_alnum(text[size]));
  if (stays) return 0;
  utf8::append(out, named->first);
  if (named->second != 0) utf8::append(out, named->second);
  return size;
}

}  // namespace

std::string decode_references(std::string_view text, ReferenceContext context) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  for (;;) {
    const std::size_t ampersand = text.find('&', at);
    out += text.substr(at, ampersand - at);
    if (ampersand == std::string_view::npos) return out;
    const std::string_view behind = text.substr(ampersand + 1);
    const std::size_t taken = behind.starts_with('#') ? decode_number(behind.substr(1), out)
                                                      : decode_name(behind, context, out);
    if (taken == 0) out += '&';
    at = ampersand + 1 + taken + (taken > 0 && behind.starts_with('#') ? 1 : 0);
  }
}

std::string escape_ascii(std::string_view utf8_text) {
  std::string out;
  out.reserve(utf8_text.size() + utf8_text.size() / 8);
  for (std::size_t at = 0; at < utf8_text.size();) {
    const char c = utf8_text[at];
    const char32_t point = utf8::decode(utf8_text, at);
    const bool raw = point == '\t' || point == '\n' || (point >= 0x20 && point < 0x7F);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else if (raw)
      out += c;
    else
      // NUL and C1 controls have no numeric reference of their own.
      out += "&#" +
             std::to_string(static_cast<std::uint32_t>(
                 point == 0 || (point >= 0x80 && point <= 0x9F) ? utf8::kReplacement : point)) +
             ";";
  }
  return out;
}

}  // namespace candor::html
