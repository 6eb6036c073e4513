#include "mail/header_text.h"

#include <Poco/Base64Encoder.h>

#include <algorithm>
#include <sstream>

#include "base/ascii.h"
#include "html/utf8.h"

namespace candor::mail {
namespace {

namespace utf8 = html::utf8;

constexpr std::size_t kMostCharacters = 200;
constexpr std::size_t kPlainLength = 60;
/// Bytes of a word; as base64 with its frame it stays below RFC 2047's 75 characters.
constexpr std::size_t kWordBytes = 42;

bool turns_direction(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

/// What needs no word of RFC 2047, and cannot be taken for one.
bool is_plain(std::string_view text) {
  return text.size() <= kPlainLength && text.find("=?") == std::string_view::npos &&
         !text.starts_with(' ') && !text.ends_with(' ') &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
}

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(kWordBytes, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(text.substr(0, end), 0) + "?=";
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::string base64(std::string_view bytes, int line_length) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(line_length);
  encoder.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  encoder.close();
  return std::move(out).str();
}

std::string one_line(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == kMostCharacters) return out + "...";
    const char32_t point = utf8::decode(text, at);
    utf8::append(out, is_control(point)        ? U' '
                      : turns_direction(point) ? utf8::kReplacement
                                               : point);
  }
  return std::string(ascii::trim(out));
}

std::string header_text(std::string_view text) {
  const std::string line = one_line(text);
  return is_plain(line) ? line : encoded_words(line);
}

std::string mailbox(std::string_view name, std::string_view address) {
  const std::string line = one_line(name);
  if (line.empty()) return std::string(address);
  // Within quotes only these two mean something else (RFC 5322 3.2.4).
  const bool quotable = is_plain(line) && line.find_first_of("\"\\") == std::string::npos;
  return (quotable ? "\"" + line + "\"" : encoded_words(line)) + "\r\n <" + std::string(address) +
         ">";
}

}  // namespace candor::mail
