#pragma once
// Whose disclosure rules Candor knows: the countries whose words are in label_vocabulary.json, and
// the other members of the European Union, where the rules that hold everywhere apply (UCPD Annex I
// point 11).
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::disclosure {

/// ISO 3166 codes, but "UK"; those with words of their own first.
std::span<const std::string_view> known_jurisdictions();

/// The code in capitals ("us" is "US", "GB" is "UK"); else why it is none, with those there are.
Result<std::string, std::string> parse_jurisdiction(std::string_view text);

}  // namespace candor::disclosure
