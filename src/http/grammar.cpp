#include "http/grammar.h"

#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace candor::http {
namespace {

bool is_port(std::string_view text) {
  if (text.size() > 5 || !std::ranges::all_of(text, ascii::is_digit)) return false;
  unsigned value = 0;
  for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
  return value <= 65535;
}

bool is_ip_literal_text(std::string_view text) {
  return text.size() >= 2 && std::ranges::all_of(text, [](char c) {
           return hex_value(c) >= 0 || c == ':' || c == '.';
         });
}

/// The eight bytes with A to Z made a to z: bytes that stand in A to Z get their sixth bit.
std::uint64_t lower_each(std::uint64_t bytes) {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101;
  const std::uint64_t low = bytes & (0x7F * kEach);
  const std::uint64_t from_a = low + (0x80 - 'A') * kEach;
  const std::uint64_t behind_z = low + (0x7F - 'Z') * kEach;
  const std::uint64_t capitals = (from_a ^ behind_z) & ~bytes & (0x80 * kEach);
  return bytes | capitals >> 2;
}

bool is_same(const char* name, const char* lower) {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::memcpy(&a, name, sizeof a);
  std::memcpy(&b, lower, sizeof b);
  return lower_each(a) == b;
}

#ifdef __SSE2__
/// One bit for each of the 16 bytes at `at` that is no text.
unsigned find_controls(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i tabs = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
  const __m128i deletes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F));
  return static_cast<unsigned>(
      _mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(tabs, low), deletes)));
}
#endif

}  // namespace

std::size_t count_text(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  constexpr std::size_t kAtOnce = 16;
  for (; text.size() - at >= kAtOnce; at += kAtOnce)
    if (const unsigned controls = find_controls(text.data() + at); controls != 0)
      return at + static_cast<std::size_t>(std::countr_zero(controls));
#endif
  while (at < text.size() && is_text(text[at])) ++at;
  return at;
}

bool is_named(std::string_view name, std::string_view lower) {
  constexpr std::size_t kAtOnce = 8;
  const std::size_t size = name.size();
  if (size != lower.size()) return false;
  if (size < kAtOnce) return ascii::equals_ignoring_case(name, lower);
  std::size_t at = 0;
  for (; at + kAtOnce < size; at += kAtOnce)
    if (!is_same(name.data() + at, lower.data() + at)) return false;
  return is_same(name.data() + size - kAtOnce, lower.data() + size - kAtOnce);
}

bool is_authority(std::string_view text) {
  std::string_view rest = text;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ip_literal_text(text.substr(1, end - 1))) return false;
    rest = text.substr(end + 1);
  } else {
    const std::size_t end = std::min(text.find(':'), text.size());
    if (end == 0 || !grammar_detail::all(text.substr(0, end), grammar_detail::Host) ||
        !is_well_escaped(text.substr(0, end)))
      return false;
    rest = text.substr(end);
  }
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

bool is_well_escaped(std::string_view path) {
  for (std::size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 3)) {
    if (path.size() - at < 3) return false;
    const int high = hex_value(path[at + 1]);
    const int low = hex_value(path[at + 2]);
    if (high < 0 || low < 0 || high * 16 + low == 0) return false;
  }
  return true;
}

}  // namespace candor::http
