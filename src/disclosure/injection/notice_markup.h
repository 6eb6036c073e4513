#pragma once
// The markup of what goes into pages: blocks, labels, the link to the stylesheet. `own_markup`
// knows it again.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/injection/page_texts.h"

namespace candor::disclosure {

/// What of a link its label stands at.
enum class LabelSide : std::uint8_t { Begin, End };

/// All are ASCII. A block without a locale is in the page's language.
std::string block_markup(std::string_view mark, std::string_view locale,
                         const std::vector<Paragraph>& paragraphs);
std::string title_label_markup(std::string_view text);
std::string stylesheet_markup(std::string_view url);
std::string label_markup(const std::vector<std::string>& labels, LabelSide side);

}  // namespace candor::disclosure
