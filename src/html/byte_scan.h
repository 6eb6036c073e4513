#pragma once
// Internal: how far it is to the next byte that matters, sixteen bytes at a time where the machine
// has SSE2 (every x86-64). What is looked for in markup is mostly near: a call of memchr costs more
// than it finds, so it comes second.
#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "html/byte_class.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace candor::html::byte_scan {

#if defined(__SSE2__)
inline constexpr std::size_t kStep = 16;
inline __m128i load(const char* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
inline std::size_t first(__m128i hits, bool& found) {
  const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
  found = mask != 0;
  return found ? static_cast<std::size_t>(std::countr_zero(mask)) : 0;
}
#endif

/// First position at or behind `at` of the byte, or the size.
inline std::size_t find(std::string_view bytes, char wanted, std::size_t at) {
#if defined(__SSE2__)
  constexpr std::size_t kNear = 4 * kStep;
  const __m128i needle = _mm_set1_epi8(wanted);
  if (at + kNear <= bytes.size()) {
    for (std::size_t step = 0; step < kNear; step += kStep) {
      bool found = false;
      const std::size_t hit = first(_mm_cmpeq_epi8(load(bytes.data() + at + step), needle), found);
      if (found) return at + step + hit;
    }
    at += kNear;
  }
#endif
  if (at >= bytes.size()) return bytes.size();
  const void* hit = std::memchr(bytes.data() + at, wanted, bytes.size() - at);
  return hit == nullptr ? bytes.size()
                        : static_cast<std::size_t>(static_cast<const char*>(hit) - bytes.data());
}

/// First position at or behind `at` that ends a name, or the size. `ends` is kEndsName or
/// kEndsAttributeName.
inline std::size_t find_name_end(std::string_view bytes, std::size_t at, std::uint8_t ends) {
#if defined(__SSE2__)
  const __m128i space = _mm_set1_epi8(' ');
  const __m128i slash = _mm_set1_epi8('/');
  const __m128i close = _mm_set1_epi8('>');
  const __m128i equals = _mm_set1_epi8('=');
  while (at + kStep <= bytes.size()) {
    const __m128i block = load(bytes.data() + at);
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, space), block);
    const __m128i marks =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, slash), _mm_cmpeq_epi8(block, close)),
                     _mm_cmpeq_epi8(block, equals));
    bool found = false;
    const std::size_t hit = first(_mm_or_si128(low, marks), found);
    if (!found) {
      at += kStep;
    } else if (byte_class::is(bytes[at + hit], ends)) {
      return at + hit;
    } else {
      at += hit + 1;  // a control byte, or '=' in a tag's name
    }
  }
#endif
  return byte_class::find(bytes, at, ends);
}

}  // namespace candor::html::byte_scan
