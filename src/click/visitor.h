#pragma once
// A pseudonymous key for "the same reader today", by a salt that lives 48 hours at most, outside
// the database: BLAKE2b keyed by the salt makes of each user agent a key of the day, and under that
// key SipHash-2-4 makes the reader's of the address. Both are pseudo-random functions: without the
// salt neither step can be repeated or taken back. In two steps since many readers share a user
// agent, and the second one costs a twentieth of the first.
#include <array>
#include <cstdint>
#include <string_view>

#include "click/siphash.h"

namespace candor {

using VisitorSalt = std::array<std::uint8_t, 32>;

/// The day's key for readers with this user agent. As secret as the salt, and to be forgotten with
/// it.
SipKey visitor_group_key(const VisitorSalt& salt, std::string_view user_agent);

/// Never 0. `address` may be a text or the bytes of one, but the same for the same reader; it is
/// not kept anywhere.
inline std::uint64_t visitor_key(const SipKey& group, std::string_view address) {
  const std::uint64_t key = sip_hash(group, address);
  return key == 0 ? 1 : key;
}
inline std::uint64_t visitor_key(const VisitorSalt& salt, std::string_view address,
                                 std::string_view user_agent) {
  return visitor_key(visitor_group_key(salt, user_agent), address);
}

}  // namespace candor
