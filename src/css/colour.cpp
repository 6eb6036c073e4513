#include "css/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/ascii.h"
#include "css/colour_names.h"
#include "css/token.h"

namespace candor::css {
namespace {

double clamped(double value, double most) { return std::clamp(value, 0.0, most); }

std::optional<Colour> parse_hex(std::string_view digits) {
  std::array<unsigned, 8> value{};
  if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8)
    return std::nullopt;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = ascii::lower(digits[i]);
    if (ascii::is_digit(c))
      value[i] = static_cast<unsigned>(c - '0');
    else if (c >= 'a' && c <= 'f')
      value[i] = static_cast<unsigned>(c - 'a' + 10);
    else
      return std::nullopt;
  }
  const bool is_short = digits.size() <= 4;
  const auto channel = [&](std::size_t index) {
    return is_short ? value[index] * 17U : value[index * 2] * 16U + value[index * 2 + 1];
  };
  Colour colour{static_cast<double>(channel(0)), static_cast<double>(channel(1)),
                static_cast<double>(channel(2)), 1};
  if (digits.size() == 4 || digits.size() == 8) colour.alpha = channel(3) / 255.0;
  return colour;
}

/// A colour function's arguments: numbers with their kinds, commas and slash told apart.
struct Arguments {
  std::vector<Token> values;
  bool commas = false;
  bool plain = true;  ///< nothing but numbers, percentages, angles and "none"
};

Arguments read_arguments(Scanner& scanner) {
  Arguments arguments;
  for (Token token = scanner.next(); !token.is(TokenKind::End); token = scanner.next()) {
    if (token.is(TokenKind::CloseRound)) break;
    if (token.is(TokenKind::Whitespace) || token.is_delim('/')) continue;
    if (token.is(TokenKind::Comma)) {
      arguments.commas = true;
    } else if (token.is(TokenKind::Number) || token.is(TokenKind::Percentage) ||
               token.is(TokenKind::Dimension)) {
      arguments.values.push_back(token);
    } else if (token.is_ident("none")) {
      token.kind = TokenKind::Number;
      token.number = 0;
      arguments.values.push_back(token);
    } else {
      arguments.plain = false;
    }
  }
  return arguments;
}

double degrees(const Token& token) {
  if (token.is(TokenKind::Dimension)) {
    if (ascii::equals_ignoring_case(token.text, "rad"))
      return token.number * 180 / std::numbers::pi;
    if (ascii::equals_ignoring_case(token.text, "turn")) return token.number * 360;
    if (ascii::equals_ignoring_case(token.text, "grad")) return token.number * 0.9;
  }
  return token.number;
}

/// A number as it stands; a percentage of `whole`.
double scaled(const Token& token, double whole) {
  return token.is(TokenKind::Percentage) ? token.number * whole / 100 : token.number;
}

Colour from_hsl(double hue, double saturation, double lightness) {
  hue = std::fmod(std::fmod(hue, 360) + 360, 360);
  const double reach = saturation * std::min(lightness, 1 - lightness);
  const auto channel = [&](double n) {
    const double k = std::fmod(n + hue / 30, 12);
    return 255 * (lightness - reach * std::max(-1.0, std::min({k - 3, 9 - k, 1.0})));
  };
  return {channel(0), channel(8), channel(4), 1};
}

double gamma_encoded(double linear) {
  const double size = std::abs(linear);
  const double encoded = size > 0.0031308 ? 1.055 * std::pow(size, 1 / 2.4) - 0.055 : 12.92 * size;
  return clamped(255 * (linear < 0 ? -encoded : encoded), 255);
}

/// CSS Color 4, section 18; out of sRGB's gamut is cut, not mapped.
Colour from_oklab(double lightness, double a, double b) {
  const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  return {gamma_encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          gamma_encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          gamma_encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), 1};
}

std::optional<Colour> from_function(std::string_view name, const Arguments& arguments) {
  const auto& v = arguments.values;
  const auto is = [&](std::string_view wanted) {
    return ascii::equals_ignoring_case(name, wanted);
  };
  if (is("rgb") || is("rgba"))
    return Colour{clamped(scaled(v[0], 255), 255), clamped(scaled(v[1], 255), 255),
                  clamped(scaled(v[2], 255), 255), 1};
  if (is("hsl") || is("hsla"))
    return from_hsl(degrees(v[0]), clamped(v[1].number / 100, 1), clamped(v[2].number / 100, 1));
  if (is("hwb")) {
    const double white = clamped(v[1].number / 100, 1);
    const double black = clamped(v[2].number / 100, 1);
    if (white + black >= 1) {
      const double grey = 255 * white / (white + black);
      return Colour{grey, grey, grey, 1};
    }
    Colour colour = from_hsl(degrees(v[0]), 1, 0.5);
    for (double* channel : {&colour.red, &colour.green, &colour.blue})
      *channel = *channel * (1 - white - black) + 255 * white;
    return colour;
  }
  if (is("oklab"))
    return from_oklab(clamped(scaled(v[0], 1), 1), scaled(v[1], 0.4), scaled(v[2], 0.4));
  if (is("oklch")) {
    const double chroma = std::max(0.0, scaled(v[1], 0.4));
    const double hue = degrees(v[2]) * std::numbers::pi / 180;
    return from_oklab(clamped(scaled(v[0], 1), 1), chroma * std::cos(hue), chroma * std::sin(hue));
  }
  return std::nullopt;
}

/// Functions that give a colour, known or not.
bool is_colour_function(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames{
      "rgb",   "rgba",  "hsl",   "hsla",      "hwb",        "lab",         "lch",
      "oklab", "oklch", "color", "color-mix", "light-dark", "device-cmyk", "contrast-color"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view each) {
    return ascii::equals_ignoring_case(each, name);
  });
}

ColourValue unknown() { return {ColourValue::Kind::Unknown, {}}; }

std::optional<ColourValue> parse_name(std::string_view written) {
  const std::string name = ascii::to_lower(written);
  if (name == "transparent") return ColourValue{ColourValue::Kind::Plain, kTransparent};
  if (name == "currentcolor") return ColourValue{ColourValue::Kind::Current, {}};
  const auto found = std::lower_bound(
      kColourNames.begin(), kColourNames.end(), name,
      [](const auto& entry, const std::string& text) { return entry.first < text; });
  if (found != kColourNames.end() && found->first == name) {
    const std::uint32_t value = found->second;
    return ColourValue{ColourValue::Kind::Plain,
                       {static_cast<double>(value >> 16), static_cast<double>((value >> 8) & 255U),
                        static_cast<double>(value & 255U), 1}};
  }
  if (name == "canvas") return ColourValue{ColourValue::Kind::Plain, kWhite};
  if (name == "canvastext") return ColourValue{ColourValue::Kind::Plain, kBlack};
  static constexpr std::array<std::string_view, 20> kSystem{"accentcolor",
                                                            "accentcolortext",
                                                            "activetext",
                                                            "buttonborder",
                                                            "buttonface",
                                                            "buttontext",
                                                            "field",
                                                            "fieldtext",
                                                            "graytext",
                                                            "highlight",
                                                            "highlighttext",
                                                            "infotext",
                                                            "linktext",
                                                            "mark",
                                                            "marktext",
                                                            "selecteditem",
                                                            "selecteditemtext",
                                                            "visitedtext",
                                                            "window",
                                                            "windowtext"};
  if (std::find(kSystem.begin(), kSystem.end(), name) != kSystem.end()) return unknown();
  return std::nullopt;
}

std::optional<ColourValue> parse_function(std::string_view name, Scanner& scanner) {
  if (!is_colour_function(name)) return std::nullopt;
  const std::string_view rest = scanner.text().substr(scanner.position());
  const Arguments arguments = read_arguments(scanner);
  if (!arguments.plain || rest.find('(') != std::string_view::npos) return unknown();
  if (arguments.values.size() < 3) return std::nullopt;
  const auto colour = from_function(name, arguments);
  if (!colour) return unknown();
  ColourValue value{ColourValue::Kind::Plain, *colour};
  if (arguments.values.size() > 4) return std::nullopt;
  if (arguments.values.size() == 4) value.colour.alpha = clamped(scaled(arguments.values[3], 1), 1);
  return value;
}

double linear(double channel) {
  const double c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const Colour& colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

std::optional<ColourValue> parse_colour(std::string_view text) {
  Scanner scanner(ascii::trim(text));
  const Token first = scanner.next();
  if (first.is(TokenKind::Hash)) {
    const auto colour = parse_hex(first.text);
    if (!colour || !scanner.next().is(TokenKind::End)) return std::nullopt;
    return ColourValue{ColourValue::Kind::Plain, *colour};
  }
  if (first.is(TokenKind::Ident)) {
    if (!scanner.next().is(TokenKind::End)) return std::nullopt;
    return parse_name(first.text);
  }
  if (first.is(TokenKind::Function)) return parse_function(first.text, scanner);
  return std::nullopt;
}

Colour over(const Colour& top, const Colour& below) { return mixed(below, top, top.alpha); }

Colour mixed(const Colour& a, const Colour& b, double share) {
  return {a.red + (b.red - a.red) * share, a.green + (b.green - a.green) * share,
          a.blue + (b.blue - a.blue) * share, 1};
}

double contrast(const Colour& a, const Colour& b) {
  const double first = luminance(a);
  const double second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace candor::css
