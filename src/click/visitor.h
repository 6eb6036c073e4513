#pragma once
// A pseudonymous key for "the same reader today": BLAKE2b keyed by a salt that lives 48 hours at
// most, outside the database.
#include <array>
#include <cstdint>
#include <string_view>

namespace candor {

using VisitorSalt = std::array<std::uint8_t, 32>;

/// Never 0. The address itself is not kept anywhere.
std::uint64_t visitor_key(const VisitorSalt& salt, std::string_view address,
                          std::string_view user_agent);

}  // namespace candor
