#pragma once
// One-time codes of authenticator apps: RFC 6238 with SHA-1, six digits and 30 seconds, which all
// of them speak.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace candor::api {

inline constexpr std::int64_t kTotpStepMs = 30'000;

/// RFC 4648, capitals without padding.
std::string encode_base32(std::string_view bytes);
/// Capitals and small letters; nothing when there is another character.
std::optional<std::string> decode_base32(std::string_view text);

/// The code of a step of 30 s since 1970, with leading zeros. RFC 4226 section 5.3.
std::string totp_code(std::string_view key, std::int64_t step);

/// The step whose code this is: now's, or one beside it, for clocks that differ.
std::optional<std::int64_t> find_totp_step(std::string_view key, std::string_view code,
                                           std::int64_t now_ms);

/// What an app takes as a QR code: "otpauth://totp/...".
std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view base32);

/// A new key of 160 bits, in base32.
std::string new_totp_key(Random& random);
/// Ten codes of 80 bits: "abcd-efgh-ijkl-mnop".
std::vector<std::string> new_recovery_codes(Random& random);
/// As people type one: blanks, dashes and capitals do not matter.
std::string plain_recovery_code(std::string_view typed);

}  // namespace candor::api
