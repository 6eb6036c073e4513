#pragma once
// Colours as style sheets write them (https://www.w3.org/TR/css-color-4/), laid over each other,
// and told apart by WCAG's measure.
#include <cstdint>
#include <optional>
#include <string_view>

namespace candor::css {

struct Colour {
  double red = 0;  ///< 0 to 255, sRGB
  double green = 0;
  double blue = 0;
  double alpha = 1;

  friend bool operator==(const Colour&, const Colour&) = default;
};

inline constexpr Colour kWhite{255, 255, 255, 1};
inline constexpr Colour kBlack{0, 0, 0, 1};
inline constexpr Colour kTransparent{0, 0, 0, 0};

struct ColourValue {
  /// Unknown: a colour whose value is not computed here, as color-mix() and most system colours.
  enum class Kind : std::uint8_t { Plain, Current, Unknown };
  Kind kind = Kind::Plain;
  Colour colour;
};

/// Nothing when the text is no colour. References to custom properties are to be replaced before.
std::optional<ColourValue> parse_colour(std::string_view text);

/// `top` laid over `below`, which is opaque.
Colour over(const Colour& top, const Colour& below);
/// `share` of b, the rest of a.
Colour mixed(const Colour& a, const Colour& b, double share);

/// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, "contrast ratio").
double contrast(const Colour& a, const Colour& b);

}  // namespace candor::css
