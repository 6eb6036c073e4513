#pragma once
// Words each jurisdiction's regulators take as a label for advertising (label_vocabulary.json).
#include <string_view>

namespace candor::disclosure {

/// `folded` begins with an accepted word ("ad:", "(anzeige)", "#ad") or with several of
/// which one is ("ad / anzeige:"), or, for languages written without spaces, holds one.
bool begins_with_ad_word(std::string_view folded, std::string_view jurisdiction);
/// An accepted word stands in `folded` as a label: in brackets, or as a hashtag.
bool holds_ad_label(std::string_view folded, std::string_view jurisdiction);

}  // namespace candor::disclosure
