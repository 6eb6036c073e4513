#pragma once
// How a webhook's receiver knows that a message is ours, and is new: Standard Webhooks 1.0.0.
// Source:
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"

namespace candor::jobs {

/// "whsec_" and base64 of 32 random bytes.
std::string new_webhook_secret(Random& random);

/// "msg_" and 32 hex digits.
std::string new_message_id(Random& random);

/// The header webhook-signature: "v1," and base64 of HMAC-SHA256 over "id.timestamp.body".
/// `timestamp_s` is UTC seconds.
std::string sign_message(std::string_view secret, std::string_view message_id,
                         std::int64_t timestamp_s, std::string_view body);

}  // namespace candor::jobs
