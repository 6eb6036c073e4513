#pragma once
// Proves that an article's path in a beacon was written by this site: the injector puts the proof
// into the page, the redirect front checks it.
#include <span>
#include <string>
#include <string_view>

#include "click/click_token.h"

namespace candor {

/// 16 lower-case hex digits, the same for the same path and key: 64 bits of keyed BLAKE2b.
std::string article_mac(std::string_view path, const ClickTokenKey& key);

/// Whether one of the keys made it. Takes the same time wherever a text differs.
bool is_article_mac(std::string_view mac, std::string_view path,
                    std::span<const ClickTokenKey> keys);

}  // namespace candor
