#pragma once
// Lengths of style sheets in CSS pixels, calc(), min(), max() and clamp() included
// (https://www.w3.org/TR/css-values-4/).
#include <optional>
#include <string_view>

namespace candor::css {

struct LengthScale {
  double em = 16;    ///< font size that em counts in
  double rem = 16;   ///< of the root element
  double whole = 0;  ///< what 100% are
  double view_width = 1280;
  double view_height = 800;
};

/// Nothing when the text is no length. A bare number other than 0 is none either.
std::optional<double> length_px(std::string_view text, const LengthScale& scale);

/// A number or, as the share it stands for, a percentage.
std::optional<double> plain_number(std::string_view text);

}  // namespace candor::css
