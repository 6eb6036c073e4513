#pragma once
// SipHash-2-4 with 64 bits of output: a keyed hash that nobody can foretell without the key, in
// some forty nanoseconds for an address. Inline, as each click takes a dozen of them. Source:
// Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace candor {

/// 128 bits, as its two little-endian halves.
struct SipKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  static SipKey from(const std::array<std::uint8_t, 16>& bytes);
  friend bool operator==(const SipKey&, const SipKey&) = default;
};

class SipHash {
 public:
  explicit SipHash(const SipKey& key)
      : v0_(key.low ^ 0x736F6D6570736575),
        v1_(key.high ^ 0x646F72616E646F6D),
        v2_(key.low ^ 0x6C7967656E657261),
        v3_(key.high ^ 0x7465646279746573) {}

  /// Eight bytes of the message, the first one lowest.
  void take(std::uint64_t word) {
    v3_ ^= word;
    round();
    round();
    v0_ ^= word;
  }
  /// The last up to seven bytes of the message, the first one lowest, and how long it was in all.
  std::uint64_t finish(std::uint64_t rest, std::size_t message_bytes) {
    take(std::uint64_t{message_bytes} << 56 | rest);
    v2_ ^= 0xFF;
    for (int i = 0; i < 4; ++i) round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  void round() {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }

  std::uint64_t v0_;
  std::uint64_t v1_;
  std::uint64_t v2_;
  std::uint64_t v3_;
};

namespace siphash_detail {

/// Up to eight bytes as a number, the first one lowest, on any machine.
inline std::uint64_t word_of(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, count);
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

}  // namespace siphash_detail

inline SipKey SipKey::from(const std::array<std::uint8_t, 16>& bytes) {
  std::array<char, 16> text{};
  std::memcpy(text.data(), bytes.data(), text.size());
  return {.low = siphash_detail::word_of(text.data(), 8),
          .high = siphash_detail::word_of(text.data() + 8, 8)};
}

inline std::uint64_t sip_hash(const SipKey& key, std::string_view message) {
  SipHash hash(key);
  std::size_t at = 0;
  for (; message.size() - at >= 8; at += 8)
    hash.take(siphash_detail::word_of(message.data() + at, 8));
  std::uint64_t rest = 0;
  if (at != message.size())
    rest = siphash_detail::word_of(message.data() + at, message.size() - at);
  return hash.finish(rest, message.size());
}

}  // namespace candor
