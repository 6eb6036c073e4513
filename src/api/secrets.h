#pragma once
// Secrets that open the API: made at random, shown once, kept as hashes only.
#include <string>
#include <string_view>

#include "base/random.h"

namespace candor::api {

/// 256 random bits in base64url, 43 characters. So many need no slow hash, and no throttle against
/// guessing.
std::string new_secret(Random& random);

/// BLAKE2b-256 in hex: what the store keeps of a secret.
std::string hash_of_secret(std::string_view secret);

/// Scanners for leaked secrets, and people, know them by this.
inline constexpr std::string_view kTokenPrefix = "cnd_";
inline constexpr std::string_view kSharePrefix = "cns_";

/// Behind HTTPS browsers hold a cookie of this name to one host and its own setting of it.
inline bool is_https(std::string_view admin_url) { return admin_url.starts_with("https://"); }
inline std::string_view session_cookie_name(std::string_view admin_url) {
  return is_https(admin_url) ? "__Host-candor_session" : "candor_session";
}

}  // namespace candor::api
