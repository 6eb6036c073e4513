#pragma once
// The signed name of a click that travels through a network's sub-id and comes back in its report:
// a key letter and 16 base-32 characters, case-insensitive, holding the permuted ClickId and a
// 17-bit MAC.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "click/click_id.h"

namespace candor {

inline constexpr std::size_t kClickTokenLength = 17;

struct ClickTokenKey {
  char letter = 'a';  ///< which key signed a token, 'a'..'z'
  std::array<std::uint8_t, 16> secret{};
};

using ClickTokenText = std::array<char, kClickTokenLength>;

/// Matches [a-z][a-z0-9]{16}. Different ids give unrelated texts.
ClickTokenText click_token_text(ClickId id, const ClickTokenKey& key);
std::string make_click_token(ClickId id, const ClickTokenKey& key);

/// The click a text names, when its letter is one of `keys` and its MAC holds (a random text passes
/// once in 131,072).
std::optional<ClickId> read_click_token(std::string_view text, std::span<const ClickTokenKey> keys);

/// Finds a token inside a returned sub-id: the whole text, or its end behind what an owner put in
/// front ("owner-a1b2...", and "ownera1b2..." where a network takes letters and digits only).
std::optional<ClickId> find_click_token(std::string_view sub_id,
                                        std::span<const ClickTokenKey> keys);

}  // namespace candor
