#include "disclosure/page/painted_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "disclosure/page/paid_links.h"
#include "disclosure/page/visibility.h"

namespace candor::disclosure {
namespace {

constexpr double kOffScreen = -999;

/// What one element's own style does to all text inside.
std::string_view hides_all(const css::ComputedStyle& style) {
  if (!style.displayed) return "display: none";
  if (!style.contents_shown) return "content-visibility: hidden";
  if (style.clipped_away) return "clipped to nothing";
  if (style.scaled_away) return "scaled to nothing";
  if (style.placed && std::min({style.left_px, style.right_px, style.top_px}) <= kOffScreen)
    return "moved off the screen";
  if (std::min(style.margin_left_px, style.shift_px) <= kOffScreen) return "moved off the screen";
  const bool no_size = style.width_px.value_or(2) <= 1 || style.height_px.value_or(2) <= 1;
  if (no_size && style.overflow_cut && !style.is_inline) return "no size, overflow cut off";
  return {};
}

/// Elements above one that are looked at: pages that nest more would cost their size squared.
constexpr std::size_t kDeepest = 200;

}  // namespace

std::string why_not_seen(css::Styles& styles, const PageTree& tree, css::Node node) {
  const css::ComputedStyle& own = styles.of(node);
  double opacity = 1;
  std::size_t levels = 0;
  for (css::Node up = node; up != css::kNoNode; up = tree.parent(up)) {
    if (++levels > kDeepest) return "nested too deep to be looked at";
    const css::ComputedStyle& style = styles.of(up);
    if (const std::string_view reason = hides_all(style); !reason.empty())
      return std::string(reason);
    if (has_screen_reader_class(tree.attribute(up, "class").value_or("")))
      return "a class for screen readers only";
    opacity *= style.opacity;
  }
  constexpr double kFaint = 0.2;
  if (own.visibility != css::ComputedStyle::Visibility::Visible) return "visibility: hidden";
  if (opacity < kFaint) return "opacity below 0.2";
  if (own.font_known && own.font_px <= 1) return "font size of 1 px or less";
  if (own.text_indent_px <= kOffScreen) return "moved off the screen";
  return {};
}

std::optional<PaintedText> painted_text(css::Styles& styles, const PageTree& tree, css::Node node,
                                        const css::Colour& canvas) {
  std::vector<const css::ComputedStyle*> chain;
  for (css::Node up = node; up != css::kNoNode; up = tree.parent(up)) {
    if (chain.size() == kDeepest) return std::nullopt;
    chain.push_back(&styles.of(up));
  }
  // Nothing under the innermost background that covers all matters, unless it fades as a whole.
  std::size_t from = 0;
  const auto covers = [&](const css::ComputedStyle& style) {
    return !style.background_image && style.background.known && style.background.plain.alpha >= 1;
  };
  while (from + 1 < chain.size() && !covers(*chain[from])) ++from;
  for (std::size_t up = from; up < chain.size(); ++up)
    if (chain[up]->opacity < 1 || chain[up]->blended) from = std::min(up + 1, chain.size() - 1);
  for (std::size_t i = 0; i <= from; ++i) {
    const css::ComputedStyle& style = *chain[i];
    if (style.background_image || !style.background.known || style.blended || style.unsure)
      return std::nullopt;
  }
  if (!chain.front()->colour.known) return std::nullopt;
  // From the outermost in: what lies under, and under the text, once each group is faded.
  std::vector<css::Colour> under{canvas};
  for (std::size_t i = from + 1; i-- > 0;)
    under.push_back(css::over(chain[i]->background.plain, under.back()));
  PaintedText painted{css::over(chain.front()->colour.plain, under.back()), under.back()};
  for (std::size_t i = 0; i <= from; ++i) {
    const css::Colour& below = under[under.size() - 2 - i];
    painted.text = css::mixed(below, painted.text, chain[i]->opacity);
    painted.background = css::mixed(below, painted.background, chain[i]->opacity);
  }
  return painted;
}

bool is_collapsed_by_class(std::string_view classes) {
  struct Closed {
    std::string_view name;
    std::string_view open;
  };
  static constexpr std::array<Closed, 6> kClosed{{{"collapse", "show"},
                                                  {"accordion-collapse", "show"},
                                                  {"tab-pane", "active"},
                                                  {"carousel-item", "active"},
                                                  {"read-more-content", "open"},
                                                  {"collapsed-content", "open"}}};
  if (classes.empty()) return false;
  return std::any_of(kClosed.begin(), kClosed.end(), [&](const Closed& each) {
    return has_word(classes, each.name) && !has_word(classes, each.open) &&
           !has_word(classes, "in");
  });
}

std::string_view find_ad_block_name(std::string_view names) {
  static constexpr std::array<std::string_view, 34> kNames{"ad",
                                                           "ads",
                                                           "adbox",
                                                           "ad-box",
                                                           "ad-banner",
                                                           "ad-container",
                                                           "ad-wrapper",
                                                           "ad-notice",
                                                           "ad-disclosure",
                                                           "ad-disclaimer",
                                                           "ad-label",
                                                           "ad-text",
                                                           "ad-unit",
                                                           "adsbox",
                                                           "advert",
                                                           "adverts",
                                                           "advertisement",
                                                           "advertising",
                                                           "advertorial",
                                                           "affiliate-disclosure",
                                                           "affiliate-disclaimer",
                                                           "affiliate-notice",
                                                           "affiliate_disclosure",
                                                           "affiliatedisclosure",
                                                           "affiliate-box",
                                                           "affiliate-ad",
                                                           "banner-ad",
                                                           "sponsor",
                                                           "sponsors",
                                                           "sponsored",
                                                           "sponsored-content",
                                                           "sponsored-post",
                                                           "sponsored-notice",
                                                           "promoted"};
  while (!names.empty()) {
    const std::size_t end = std::min(names.size(), names.find_first_of(" \t\n\f\r"));
    const std::string_view name = names.substr(0, end);
    if (std::any_of(kNames.begin(), kNames.end(),
                    [&](std::string_view each) { return ascii::equals_ignoring_case(each, name); }))
      return name;
    names.remove_prefix(std::min(names.size(), end + 1));
  }
  return {};
}

}  // namespace candor::disclosure
