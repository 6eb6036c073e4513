#include "html/utf8.h"

#include <cstdint>
#include <cstring>

namespace candor::html::utf8 {

void append(std::string& out, char32_t point) {
  const auto tail = [&](int shift) {
    out += static_cast<char>(0x80U | ((point >> static_cast<unsigned>(shift)) & 0x3FU));
  };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | (point >> 6U));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0U | (point >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

char32_t decode(std::string_view text, std::size_t& at) {
  const auto byte_at = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
  };
  const std::uint32_t lead = byte_at(at++);
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4) return kReplacement;
  const int tails = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  // The second byte's range keeps out long forms, surrogates and what lies above U+10FFFF.
  std::uint32_t low = 0x80;
  std::uint32_t high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  std::uint32_t point = lead & (0x3FU >> static_cast<unsigned>(tails));
  for (int tail = 0; tail < tails; ++tail) {
    const std::uint32_t byte = byte_at(at);
    if (byte < low || byte > high) return kReplacement;
    point = point << 6U | (byte & 0x3FU);
    low = 0x80;
    high = 0xBF;
    ++at;
  }
  return point;
}

bool is_valid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    if (at + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080U) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t before = at;
    // A page's own U+FFFD is three bytes long; a replaced part never is one that encodes it.
    if (decode(text, at) == kReplacement && text.substr(before, at - before) != "\xEF\xBF\xBD")
      return false;
  }
  return true;
}

}  // namespace candor::html::utf8
