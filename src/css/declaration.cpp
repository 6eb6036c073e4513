#include "css/declaration.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "css/colour.h"
#include "css/length.h"
#include "css/token.h"

namespace candor::css {
namespace {

struct NamedProperty {
  std::string_view name;
  Property property;
};

constexpr std::array<NamedProperty, 32> kProperties{{
    {"-webkit-clip-path", Property::ClipPath},
    {"-webkit-text-fill-color", Property::TextFillColour},
    {"-webkit-transform", Property::Transform},
    {"background-color", Property::BackgroundColour},
    {"background-image", Property::BackgroundImage},
    {"clip", Property::Clip},
    {"clip-path", Property::ClipPath},
    {"color", Property::Colour},
    {"color-scheme", Property::ColourScheme},
    {"content", Property::Content},
    {"content-visibility", Property::ContentVisibility},
    {"display", Property::Display},
    {"filter", Property::Filter},
    {"font-size", Property::FontSize},
    {"font-weight", Property::FontWeight},
    {"height", Property::Height},
    {"left", Property::Left},
    {"margin-left", Property::MarginLeft},
    {"max-height", Property::MaxHeight},
    {"max-width", Property::MaxWidth},
    {"mix-blend-mode", Property::MixBlendMode},
    {"opacity", Property::Opacity},
    {"overflow-x", Property::OverflowX},
    {"overflow-y", Property::OverflowY},
    {"position", Property::Position},
    {"right", Property::Right},
    {"text-decoration-line", Property::TextDecorationLine},
    {"text-indent", Property::TextIndent},
    {"top", Property::Top},
    {"transform", Property::Transform},
    {"visibility", Property::Visibility},
    {"width", Property::Width},
}};

struct Shorthand {
  std::string_view name;
  std::array<Property, 4> parts;
  std::size_t count;
};

constexpr std::array<Shorthand, 8> kShorthands{{
    {"background", {Property::BackgroundColour, Property::BackgroundImage}, 2},
    {"border", {Property::BorderBottom}, 1},
    {"border-bottom", {Property::BorderBottom}, 1},
    {"font", {Property::FontSize, Property::FontWeight}, 2},
    {"inset", {Property::Top, Property::Right, Property::Left}, 3},
    {"margin", {Property::MarginLeft}, 1},
    {"overflow", {Property::OverflowX, Property::OverflowY}, 2},
    {"text-decoration", {Property::TextDecorationLine}, 1},
}};

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return ascii::equals_ignoring_case(text, word);
  });
}

bool is_size_word(std::string_view text) {
  return one_of(text, {"xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large",
                       "xxx-large", "smaller", "larger"});
}

/// Functions whose result is not known before the page is laid out.
bool is_other_function(std::string_view text) {
  Scanner scanner(text);
  const Token first = scanner.next();
  return first.is(TokenKind::Function) &&
         one_of(first.text, {"fit-content", "anchor", "anchor-size", "env", "attr", "round", "mod",
                             "rem", "abs", "sign", "pow", "sqrt", "hypot", "log", "exp"});
}

bool is_length(std::string_view text) {
  return length_px(text, {}).has_value() || is_other_function(text);
}

bool is_size_or_auto(std::string_view text) {
  return is_length(text) || one_of(text, {"auto", "none", "min-content", "max-content",
                                          "fit-content", "stretch", "-webkit-fill-available"});
}

bool is_single_word(std::string_view text) {
  Scanner scanner(text);
  return scanner.next().is(TokenKind::Ident) && scanner.next().is(TokenKind::End);
}

bool is_display(std::string_view text) {
  if (is_single_word(text) && text.starts_with('-')) return text.starts_with("-webkit-");
  const auto words = components_of(text);
  return !words.empty() && std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return one_of(word, {"none",
                         "block",
                         "inline",
                         "inline-block",
                         "flex",
                         "inline-flex",
                         "grid",
                         "inline-grid",
                         "contents",
                         "list-item",
                         "table",
                         "inline-table",
                         "table-cell",
                         "table-row",
                         "flow-root",
                         "table-column",
                         "ruby",
                         "table-caption",
                         "flow",
                         "table-row-group",
                         "table-header-group",
                         "table-footer-group",
                         "table-column-group",
                         "math",
                         "ruby-text"});
  });
}

bool is_decoration(std::string_view text) {
  const auto words = components_of(text);
  return !words.empty() && std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return one_of(word, {"none", "underline", "overline", "line-through", "blink"});
  });
}

bool is_valid_size(Property property, std::string_view value) {
  switch (property) {
    case Property::FontSize: {
      if (is_size_word(value)) return true;
      LengthScale scale;
      scale.whole = 1;
      const auto px = length_px(value, scale);
      return px ? *px >= 0 : is_other_function(value);
    }
    case Property::TextIndent: {
      const auto parts = components_of(value);
      return !parts.empty() && std::any_of(parts.begin(), parts.end(), is_length);
    }
    case Property::Height:
    case Property::MaxHeight:
    case Property::Width:
    case Property::MaxWidth:
    case Property::Left:
    case Property::Right:
    case Property::Top:
    case Property::MarginLeft:
      return is_size_or_auto(value);
    default:
      return true;
  }
}

/// Whether browsers would keep the value.
bool is_valid(Property property, std::string_view value) {
  switch (property) {
    case Property::BackgroundColour:
    case Property::Colour:
    case Property::TextFillColour:
      return parse_colour(value).has_value();
    case Property::Display:
      return is_display(value);
    case Property::Visibility:
      return one_of(value, {"visible", "hidden", "collapse"});
    case Property::ContentVisibility:
      return one_of(value, {"visible", "hidden", "auto"});
    case Property::Opacity:
      return plain_number(value).has_value() || is_other_function(value);
    case Property::Position:
      return one_of(value, {"static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"});
    case Property::OverflowX:
    case Property::OverflowY:
      return one_of(value, {"visible", "hidden", "clip", "scroll", "auto", "overlay"});
    case Property::TextDecorationLine:
      return is_decoration(value);
    case Property::FontWeight:
      return one_of(value, {"normal", "bold", "bolder", "lighter"}) ||
             plain_number(value).has_value();
    default:
      return is_valid_size(property, value);
  }
}

std::optional<std::string> colour_in(const std::vector<std::string_view>& parts) {
  std::optional<std::string> found;
  for (const std::string_view part : parts)
    if (parse_colour(part)) found = part;
  return found;
}

bool is_image(std::string_view part) {
  Scanner scanner(part);
  const Token first = scanner.next();
  if (first.is(TokenKind::Url)) return true;
  if (!first.is(TokenKind::Function)) return false;
  const std::string name = ascii::to_lower(first.text);
  return name == "url" || name.ends_with("gradient") || name.ends_with("image-set") ||
         name == "image" || name == "cross-fade" || name == "element" || name == "paint";
}

/// One of the four sides' values: "1px", "1px 2px", ...
std::optional<std::string> side_of(const std::vector<std::string_view>& parts, std::size_t side) {
  if (parts.empty() || parts.size() > 4) return std::nullopt;
  if (!std::all_of(parts.begin(), parts.end(), is_size_or_auto)) return std::nullopt;
  // top, right, bottom, left
  static constexpr std::array<std::array<std::size_t, 4>, 4> kWhich{
      {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}}};
  return std::string(parts[kWhich[parts.size() - 1][side]]);
}

double plain_number_or(std::string_view text, double otherwise) {
  Scanner scanner(text);
  const Token token = scanner.next();
  return token.is(TokenKind::Number) ? token.number : otherwise;
}

std::optional<std::string> part_of_font(const std::vector<std::string_view>& parts,
                                        Property property) {
  std::string weight = "normal";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    // A bare number is a weight; 0 is none.
    if (is_size_word(part) || (is_length(part) && plain_number_or(part, 0) == 0)) {
      if (i + 1 == parts.size()) return std::nullopt;  // the family is missing
      return property == Property::FontSize ? std::string(part) : weight;
    }
    if (one_of(part, {"bold", "bolder", "lighter"}) || plain_number_or(part, 0) > 0) weight = part;
  }
  // System fonts ("caption") have sizes of their own.
  if (parts.size() == 1 &&
      one_of(parts[0], {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"}))
    return property == Property::FontSize ? std::string("13.333px") : weight;
  return std::nullopt;
}

}  // namespace

bool is_wide_keyword(std::string_view value) {
  return one_of(value, {"inherit", "initial", "unset", "revert", "revert-layer"});
}

bool has_reference(std::string_view value) {
  std::size_t at = value.find('(');
  for (; at != std::string_view::npos; at = value.find('(', at + 1))
    if (at >= 3 && ascii::equals_ignoring_case(value.substr(at - 3, 3), "var")) return true;
  return false;
}

std::vector<std::string_view> components_of(std::string_view value) {
  std::vector<std::string_view> parts;
  Scanner scanner(value);
  std::size_t depth = 0;
  std::size_t begin = 0;
  bool open = false;
  for (Token token = scanner.next();; token = scanner.next()) {
    const bool separates = token.is(TokenKind::End) ||
                           (depth == 0 && (token.is(TokenKind::Whitespace) ||
                                           token.is(TokenKind::Comma) || token.is_delim('/')));
    if (separates) {
      if (open) parts.push_back(value.substr(begin, token.begin - begin));
      open = false;
      if (token.is(TokenKind::End)) return parts;
      continue;
    }
    if (!open) begin = token.begin;
    open = true;
    if (token.is(TokenKind::Function) || token.is(TokenKind::OpenRound)) ++depth;
    if (token.is(TokenKind::CloseRound) && depth > 0) --depth;
  }
}

std::optional<std::string> part_of_shorthand(std::string_view shorthand, std::string_view value,
                                             Property property) {
  if (is_wide_keyword(value)) return std::string(value);
  const auto parts = components_of(value);
  if (parts.empty()) return std::nullopt;
  if (shorthand == "background") {
    if (property == Property::BackgroundColour) return colour_in(parts).value_or("transparent");
    for (const std::string_view part : parts)
      if (is_image(part)) return std::string(part);
    return "none";
  }
  if (shorthand == "border" || shorthand == "border-bottom") return std::string(value);
  if (shorthand == "font") return part_of_font(parts, property);
  if (shorthand == "margin") return side_of(parts, 3);
  if (shorthand == "inset")
    return side_of(parts, property == Property::Top ? 0 : property == Property::Right ? 1 : 3);
  if (shorthand == "overflow") {
    const std::string_view part =
        property == Property::OverflowY && parts.size() == 2 ? parts[1] : parts[0];
    if (!is_valid(Property::OverflowX, part)) return std::nullopt;
    return std::string(part);
  }
  if (shorthand == "text-decoration") {
    std::string lines;
    for (const std::string_view part : parts)
      if (is_decoration(part)) lines += (lines.empty() ? "" : " ") + std::string(part);
    return lines.empty() ? "none" : lines;
  }
  if (shorthand.empty() && is_valid(property, value)) return std::string(value);
  return std::nullopt;
}

void add_declarations(std::string_view name, std::string_view value, bool important,
                      std::vector<Declaration>& into) {
  Declaration declaration;
  declaration.important = important;
  declaration.value = value;
  if (name.starts_with("--") && name.size() > 2) {
    declaration.name = name;
    into.push_back(declaration);
    return;
  }
  constexpr std::size_t kLongestName = 24;
  if (name.size() > kLongestName || value.empty()) return;
  const std::string lower = ascii::to_lower(name);
  if (lower == "all" && is_wide_keyword(value)) {
    for (std::size_t i = 0; i < kPropertyCount; ++i) {
      declaration.property = static_cast<Property>(i);
      into.push_back(declaration);
    }
    return;
  }
  const auto* shorthand = std::find_if(kShorthands.begin(), kShorthands.end(),
                                       [&](const Shorthand& each) { return each.name == lower; });
  const bool refers = has_reference(value);
  if (shorthand != kShorthands.end()) {
    declaration.shorthand = shorthand->name;
    for (std::size_t i = 0; i < shorthand->count; ++i) {
      declaration.property = shorthand->parts[i];
      if (refers || part_of_shorthand(shorthand->name, value, declaration.property))
        into.push_back(declaration);
    }
    return;
  }
  const auto* found = std::lower_bound(
      kProperties.begin(), kProperties.end(), lower,
      [](const NamedProperty& each, const std::string& text) { return each.name < text; });
  if (found == kProperties.end() || found->name != lower) return;
  declaration.property = found->property;
  if (refers || is_wide_keyword(value) || is_valid(found->property, value))
    into.push_back(declaration);
}

}  // namespace candor::css
