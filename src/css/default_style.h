#pragma once
// Internal: what browsers give elements before any style sheet (HTML standard, section 15).
#include <optional>
#include <string_view>

#include "css/colour.h"
#include "css/selector.h"

namespace candor::css {

struct DefaultStyle {
  bool displayed = true;
  bool is_inline = false;
  bool underlined = false;
  bool bold = false;
  std::optional<double> font_share;  ///< of the parent's size
  std::optional<double> font_px;
  std::optional<Colour> colour;
  std::optional<Colour> background;
  bool background_image = false;
};

/// With the presentational attributes (font color, bgcolor, hidden), which weigh the same here.
DefaultStyle default_style(const Tree& tree, Node node);

}  // namespace candor::css
