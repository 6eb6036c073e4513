#include "http/log_text.h"

#include <cstddef>

namespace candor::http {
namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\x";
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

/// How many bytes from the front of `text` must not stand in a log as they are.
std::size_t harmful(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x20 || first == 0x7F) return 1;
  if (first == 0xC2 && text.size() >= 2 && static_cast<unsigned char>(text[1]) < 0xA0) return 2;
  return text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

}  // namespace

std::string log_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t escaped = harmful(text);
    if (escaped == 0) out += text.front();
    for (std::size_t i = 0; i < escaped; ++i) append_escaped(out, text[i]);
    text.remove_prefix(escaped == 0 ? 1 : escaped);
  }
  return out;
}

}  // namespace candor::http
