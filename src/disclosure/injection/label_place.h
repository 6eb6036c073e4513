#pragma once
// Where a link's label goes, and whether the link has one there.
#include <cstddef>
#include <optional>
#include <string_view>

#include "disclosure/injection/notice_markup.h"
#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

struct LabelPlace {
  std::size_t border = 0;  ///< of tokens, inside the link
  LabelSide side = LabelSide::End;
};

/// Where a label goes in the link: before its text when it should come first, else behind it. Links
/// without text, such as images, get it at their end, as their caption. Nothing when the link's end
/// tag is missing or tangled with other elements.
std::optional<LabelPlace> label_place(const PageFacts& facts, const Anchor& anchor, bool first);

/// Whether the label stands in the link's text where it should, or in the text directly beside it.
bool carries_label(const PageFacts& facts, const PageLink& link, std::string_view label,
                   bool first);

}  // namespace candor::disclosure
