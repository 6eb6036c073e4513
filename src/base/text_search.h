#pragma once
// Where a text stands in a longer one, at the pace memory is read: sixteen places at a time are
// tried by first and last byte (SSE2, every x86-64). std::string_view::find stops at each first
// byte, of which scripts and markup are full.
#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace candor {

/// As text.find(wanted, from), for a `wanted` of two bytes or more.
inline std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from = 0) {
#if defined(__SSE2__)
  constexpr std::size_t kStep = 16;
  const std::size_t last = wanted.size() - 1;
  const __m128i first_byte = _mm_set1_epi8(wanted.front());
  const __m128i last_byte = _mm_set1_epi8(wanted.back());
  const auto load = [&](std::size_t at) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
  };
  for (; from + last + kStep <= text.size(); from += kStep) {
    const __m128i hits = _mm_and_si128(_mm_cmpeq_epi8(load(from), first_byte),
                                       _mm_cmpeq_epi8(load(from + last), last_byte));
    for (auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits)); mask != 0; mask &= mask - 1) {
      const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(mask));
      if (std::memcmp(text.data() + at, wanted.data(), wanted.size()) == 0) return at;
    }
  }
#endif
  return text.find(wanted, from);
}

}  // namespace candor
