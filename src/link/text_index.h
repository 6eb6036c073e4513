#pragma once
// An open-addressing index from texts to numbers. It holds no text: who asks compares.
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

namespace candor {

/// Spreads every bit of the text; the texts are the owner's own, so nobody chooses collisions.
inline std::uint64_t hash_text(std::string_view text) {
  constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;
  const auto word_at = [&text](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
  };
  std::uint64_t hash = text.size();
  const auto take = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * kSpread;
    hash ^= hash >> 32;
  };
  std::size_t at = 0;
  for (; at + 8 < text.size(); at += 8) take(word_at(at));
  if (text.size() >= 8) {
    take(word_at(text.size() - 8));  // may overlap what was taken: no tail to assemble
  } else {
    std::uint64_t word = 0;
    for (; at < text.size(); ++at) word = word << 8 | static_cast<unsigned char>(text[at]);
    take(word);
  }
  take(0);
  return hash;
}

class TextIndex {
 public:
  TextIndex() = default;
  /// Room for this many texts, with nearly half of the places free: few buckets overflow.
  TextIndex(std::size_t texts, std::pmr::memory_resource* memory)
      : buckets_(texts * 2 / (kPlaces + 1) + 1, memory) {}

  /// `is_same(number)` tells whether that number's text is the one wanted. A text that is there
  /// already is not added: the first wins. Numbers are below 2^32 - 1.
  template <class IsSame>
  void add(std::uint64_t hash, std::uint32_t number, IsSame is_same) {
    if (find(hash, is_same)) return;
    std::size_t at = home(hash);
    while (buckets_[at].is_full()) at = next(at);
    buckets_[at].put(tag(hash), number + 1);
  }
  template <class IsSame>
  std::optional<std::uint32_t> find(std::uint64_t hash, IsSame is_same) const {
    if (buckets_.empty()) return std::nullopt;
    for (std::size_t at = home(hash);; at = next(at)) {
      for (unsigned same = buckets_[at].places_of(tag(hash)); same != 0; same &= same - 1) {
        const std::uint32_t found = buckets_[at].next_numbers[std::countr_zero(same)];
        if (found != 0 && is_same(found - 1)) return found - 1;
      }
      if (!buckets_[at].is_full()) return std::nullopt;
    }
  }

 private:
  static constexpr std::size_t kPlaces = 8;
  /// One cache line. The tag, a part of the text's hash, spares nearly all looks at texts that are
  /// not the one wanted: with a million of them each look is a wait for memory. All tags are
  /// compared without a branch, so that a processor need not guess and runs ahead meanwhile.
  struct alignas(64) Bucket {
    std::array<std::uint32_t, kPlaces> tags{};
    std::array<std::uint32_t, kPlaces> next_numbers{};  ///< number + 1, filled in order; 0: free

    bool is_full() const { return next_numbers.back() != 0; }
    unsigned places_of(std::uint32_t tag) const {
      unsigned same = 0;
      for (std::size_t i = 0; i < kPlaces; ++i) same |= unsigned{tags[i] == tag} << i;
      return same;
    }
    void put(std::uint32_t tag, std::uint32_t next_number) {
      std::size_t i = 0;
      while (next_numbers[i] != 0) ++i;
      tags[i] = tag;
      next_numbers[i] = next_number;
    }
  };

  static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
  std::size_t home(std::uint64_t hash) const { return ((hash >> 32) * buckets_.size()) >> 32; }
  std::size_t next(std::size_t at) const { return at + 1 == buckets_.size() ? 0 : at + 1; }

  std::pmr::vector<Bucket> buckets_;
};

}  // namespace candor
