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

}  // namespace candor::api
