#pragma once
// Words each jurisdiction's regulators take as a label for advertising (label_vocabulary.json).
#include <string_view>

namespace candor::disclosure {

/// Whether any word is known for the jurisdiction.
bool has_vocabulary(std::string_view jurisdiction);

/// `folded` begins with an accepted word ("ad:", "(anzeige)", "#ad") or with several of
/// which one is ("ad / anzeige:"), or, for languages written without spaces, holds one.
bool begins_with_ad_word(std::string_view folded, std::string_view jurisdiction);
/// An accepted word stands in `folded` as a label: in brackets, or as a hashtag.
bool holds_ad_label(std::string_view folded, std::string_view jurisdiction);

/// The word of `folded` that the jurisdiction's regulators refuse as a label, standing as one: in
/// brackets, as a hashtag, or as the whole text. Empty when there is none.
std::string_view rejected_label_in(std::string_view folded, std::string_view jurisdiction);

}  // namespace candor::disclosure
