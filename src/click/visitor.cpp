#include "click/visitor.h"

#include <sodium.h>

#include <array>

namespace candor {
namespace {

void update(crypto_generichash_state& state, const void* bytes, std::size_t size) {
  crypto_generichash_update(&state, static_cast<const unsigned char*>(bytes), size);
}

}  // namespace

std::uint64_t visitor_key(const VisitorSalt& salt, std::string_view address,
                          std::string_view user_agent) {
  crypto_generichash_state state;
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash_init(&state, salt.data(), salt.size(), digest.size());
  // The length in front keeps ("ab", "c") and ("a", "bc") apart.
  const std::uint64_t address_bytes = address.size();
  std::array<unsigned char, 8> prefix{};
  for (std::size_t i = 0; i < prefix.size(); ++i)
    prefix[i] = static_cast<unsigned char>(address_bytes >> (8 * i));
  update(state, prefix.data(), prefix.size());
  update(state, address.data(), address.size());
  update(state, user_agent.data(), user_agent.size());
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key |= std::uint64_t{digest[i]} << (8 * i);
  return key == 0 ? 1 : key;
}

}  // namespace candor
