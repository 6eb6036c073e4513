// A token is one 80-bit block, enciphered: the ClickId's 63 bits below 17 zero bits. Deciphering a
// text with the right key must show the zeros again, which a random text does once in 2^17; so the
// redundancy is the MAC and the cipher hides the id, its time and its neighbours.
//
// The cipher is a balanced Feistel network of two 40-bit halves (so no bit is in one half only),
// whose round function is SipHash-2-4 of (key letter, round, half), cut to 40 bits. By Luby and
// Rackoff four rounds with independent round functions give a strong pseudo-random permutation; ten
// are used since they cost well under a microsecond and the halves are short. Every bit of the
// block depends on every other, so tokens of neighbouring clicks have nothing in common.
#include "click/click_token.h"

#include <algorithm>
#include <cassert>

#include "base/ascii.h"
#include "click/siphash.h"

namespace candor {
namespace {

// Digits and lower-case letters without i, l, o and u, so that no two characters look alike.
constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
static_assert(kAlphabet.size() == 32);

constexpr int kRounds = 10;
constexpr int kHalfBits = 40;
constexpr std::uint64_t kHalfMask = (std::uint64_t{1} << kHalfBits) - 1;
constexpr int kBitsPerCharacter = 5;
constexpr std::size_t kCharactersPerHalf = kHalfBits / kBitsPerCharacter;
constexpr int kIdBits = 63;
static_assert(1 + 2 * kCharactersPerHalf == kClickTokenLength);

struct Block {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

/// The round function: SipHash of seven bytes, letter, round and half.
std::uint64_t mix(std::uint64_t half, int round, char letter, const SipKey& secret) {
  constexpr std::size_t kMessageBytes = 7;
  const std::uint64_t message = half << 16 | std::uint64_t{static_cast<unsigned char>(round)} << 8 |
                                static_cast<unsigned char>(letter);
  return SipHash(secret).finish(message, kMessageBytes) & kHalfMask;
}

Block encipher(Block block, const ClickTokenKey& key) {
  const SipKey secret = SipKey::from(key.secret);
  for (int round = 0; round < kRounds; ++round)
    block = {.high = block.low, .low = block.high ^ mix(block.low, round, key.letter, secret)};
  return block;
}

Block decipher(Block block, const ClickTokenKey& key) {
  const SipKey secret = SipKey::from(key.secret);
  for (int round = kRounds; round-- > 0;)
    block = {.high = block.low ^ mix(block.high, round, key.letter, secret), .low = block.high};
  return block;
}

void write_half(char* out, std::uint64_t half) {
  for (int shift = kHalfBits - kBitsPerCharacter; shift >= 0; shift -= kBitsPerCharacter)
    *out++ = kAlphabet[half >> shift & 31];
}

std::optional<std::uint64_t> read_half(std::string_view text) {
  std::uint64_t half = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(ascii::lower(c));
    if (digit == std::string_view::npos) return std::nullopt;
    half = half << kBitsPerCharacter | digit;
  }
  return half;
}

}  // namespace

ClickTokenText click_token_text(ClickId id, const ClickTokenKey& key) {
  assert(id.value >= 0);
  const auto value = static_cast<std::uint64_t>(id.value);
  const Block sealed = encipher({.high = value >> kHalfBits, .low = value & kHalfMask}, key);
  ClickTokenText token{key.letter};
  write_half(token.data() + 1, sealed.high);
  write_half(token.data() + 1 + kCharactersPerHalf, sealed.low);
  return token;
}

std::string make_click_token(ClickId id, const ClickTokenKey& key) {
  const ClickTokenText token = click_token_text(id, key);
  return {token.data(), token.size()};
}

std::optional<ClickId> read_click_token(std::string_view text,
                                        std::span<const ClickTokenKey> keys) {
  if (text.size() != kClickTokenLength) return std::nullopt;
  const auto key = std::ranges::find(keys, ascii::lower(text.front()), &ClickTokenKey::letter);
  if (key == keys.end()) return std::nullopt;
  const auto high = read_half(text.substr(1, kCharactersPerHalf));
  const auto low = read_half(text.substr(1 + kCharactersPerHalf));
  if (!high || !low) return std::nullopt;
  const Block block = decipher({.high = *high, .low = *low}, *key);
  if (block.high >> (kIdBits - kHalfBits) != 0) return std::nullopt;
  return ClickId{static_cast<std::int64_t>(block.high << kHalfBits | block.low)};
}

std::optional<ClickId> find_click_token(std::string_view sub_id,
                                        std::span<const ClickTokenKey> keys) {
  if (sub_id.size() < kClickTokenLength) return std::nullopt;
  return read_click_token(sub_id.substr(sub_id.size() - kClickTokenLength), keys);
}

}  // namespace candor
