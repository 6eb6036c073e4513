#pragma once
// The signed word by which the owner tries a link out: a click that carries it is recorded, and
// counts for nothing.
#include <string>
#include <string_view>

#include "base/clock.h"
#include "click/click_token.h"

namespace candor {

/// The query parameter that carries it.
inline constexpr std::string_view kTestParameter = "candor-test";
inline constexpr std::int64_t kTestTokenLifeMs = 10 * 60 * 1000;

/// The key of test tokens that belongs to a key of click tokens: click tokens are seen by networks
/// and readers, and must not pass for the owner's.
ClickTokenKey test_key_of(const ClickTokenKey& key);

/// Holds for ten minutes from `now`; `key` is a test key.
std::string make_test_token(const ClickTokenKey& key, Millis now);
/// A clock that was set back by less than a minute is forgiven.
bool is_test_token(std::string_view text, const ClickTokenKey& key, Millis now);

}  // namespace candor
