#include "click/visitor.h"

#include <sodium.h>

namespace candor {

SipKey visitor_group_key(const VisitorSalt& salt, std::string_view user_agent) {
  std::array<std::uint8_t, 16> digest{};
  static_assert(digest.size() >= crypto_generichash_BYTES_MIN);
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(user_agent.data()), user_agent.size(),
                     salt.data(), salt.size());
  return SipKey::from(digest);
}

}  // namespace candor
