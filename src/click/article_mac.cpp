#include "click/article_mac.h"

#include <sodium.h>

#include <array>

namespace candor {
namespace {

constexpr std::size_t kMacBytes = 8;

}  // namespace

std::string article_mac(std::string_view path, const ClickTokenKey& key) {
  // Keeps this use of the key apart from every other one.
  constexpr std::string_view kContext = "candor article mac 1\n";
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  // The hash's length is a parameter of the hash: its shortest is 16 bytes, of which half is used.
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.secret.data(), key.secret.size(), digest.size());
  crypto_generichash_update(&state, bytes(kContext), kContext.size());
  crypto_generichash_update(&state, bytes(path), path.size());
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::array<char, 2 * kMacBytes + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), kMacBytes);
  return {hex.data(), 2 * kMacBytes};
}

bool is_article_mac(std::string_view mac, std::string_view path,
                    std::span<const ClickTokenKey> keys) {
  if (mac.size() != 2 * kMacBytes) return false;
  bool holds = false;
  for (const ClickTokenKey& key : keys) {
    const std::string wanted = article_mac(path, key);
    holds |= sodium_memcmp(wanted.data(), mac.data(), mac.size()) == 0;
  }
  return holds;
}

}  // namespace candor
