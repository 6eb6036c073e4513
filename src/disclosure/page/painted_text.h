#pragma once
// Whether a reader's browser shows the text of an element, and in which colours it paints it.
#include <optional>
#include <string>
#include <string_view>

#include "css/computed_style.h"
#include "disclosure/page/page_tree.h"

namespace candor::disclosure {

/// What keeps an element's text out of view ("display: none"), by itself or an ancestor; empty when
/// nothing does. Names that every theme hides from sight ("sr-only") count without a style sheet.
std::string why_not_seen(css::Styles& styles, const PageTree& tree, css::Node node);

struct PaintedText {
  css::Colour text;
  css::Colour background;
};
/// Nothing when a colour is not known, or an image lies under the text.
std::optional<PaintedText> painted_text(css::Styles& styles, const PageTree& tree, css::Node node,
                                        const css::Colour& canvas);

/// A closed part of an accordion, a tab or a carousel, by Bootstrap's and its kin's names.
bool is_collapsed_by_class(std::string_view classes);

/// The first of an attribute's names that filter lists of ad blockers hide; empty when none is.
std::string_view find_ad_block_name(std::string_view names);

}  // namespace candor::disclosure
