#include "css/default_style.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "base/ascii.h"

namespace candor::css {
namespace {

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_inline_element(std::string_view name) {
  return one_of(name, {"a",      "abbr",   "acronym", "b",   "bdi",  "bdo",  "big",   "cite",
                       "code",   "data",   "del",     "dfn", "em",   "font", "i",     "ins",
                       "kbd",    "label",  "mark",    "q",   "s",    "samp", "small", "span",
                       "strike", "strong", "sub",     "sup", "time", "tt",   "u",     "var"});
}

std::optional<double> font_share(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, double>, 10> kShares{{{"h1", 2},
                                                                                {"h2", 1.5},
                                                                                {"h3", 1.17},
                                                                                {"h4", 1},
                                                                                {"h5", 0.83},
                                                                                {"h6", 0.67},
                                                                                {"small", 1 / 1.2},
                                                                                {"sub", 1 / 1.2},
                                                                                {"sup", 1 / 1.2},
                                                                                {"big", 1.2}}};
  for (const auto& [each, share] : kShares)
    if (each == name) return share;
  return std::nullopt;
}

/// "#fff", "white", and "ffffff" as old pages write it.
std::optional<Colour> legacy_colour(std::string_view text) {
  text = ascii::trim(text);
  auto value = parse_colour(text);
  if (!value) value = parse_colour('#' + std::string(text));
  if (!value || value->kind != ColourValue::Kind::Plain) return std::nullopt;
  return value->colour;
}

/// font size="2", "+1", "-1".
std::optional<double> legacy_font_px(std::string_view text) {
  static constexpr std::array<double, 7> kSizes{10, 13, 16, 18, 24, 32, 48};
  text = ascii::trim(text);
  const bool more = text.starts_with('+');
  const bool less = text.starts_with('-');
  if (more || less) text.remove_prefix(1);
  int size = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), size).ec != std::errc())
    return std::nullopt;
  size = std::min(size, 100);
  if (more) size = 3 + size;
  if (less) size = 3 - size;
  return kSizes[static_cast<std::size_t>(std::clamp(size, 1, 7) - 1)];
}

void read_attributes(const Tree& tree, Node node, std::string_view name, DefaultStyle& style) {
  if (name == "font") {
    if (const auto colour = tree.attribute(node, "color")) style.colour = legacy_colour(*colour);
    if (const auto size = tree.attribute(node, "size")) style.font_px = legacy_font_px(*size);
  }
  if (name == "body")
    if (const auto text = tree.attribute(node, "text")) style.colour = legacy_colour(*text);
  if (!one_of(name, {"body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"})) return;
  if (const auto colour = tree.attribute(node, "bgcolor"))
    if (const auto read = legacy_colour(*colour)) style.background = read;
  style.background_image = tree.attribute(node, "background").has_value();
}

}  // namespace

DefaultStyle default_style(const Tree& tree, Node node) {
  const std::string name = ascii::to_lower(tree.name(node));
  DefaultStyle style;
  if (const auto hidden = tree.attribute(node, "hidden"))
    style.displayed = ascii::equals_ignoring_case(*hidden, "until-found");
  if (one_of(name, {"script", "style", "template", "datalist", "noembed", "noframes", "rp"}))
    style.displayed = false;
  style.is_inline = is_inline_element(name);
  style.underlined = one_of(name, {"u", "ins"});
  style.bold = one_of(name, {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"});
  style.font_share = font_share(name);
  if (name == "a" && tree.attribute(node, "href")) {
    style.underlined = true;
    style.colour = Colour{0, 0, 238, 1};
  }
  if (name == "mark") {
    style.colour = kBlack;
    style.background = Colour{255, 255, 0, 1};
  }
  if (one_of(name, {"button", "input", "select", "textarea"})) {
    style.font_px = 40.0 / 3;
    style.colour = kBlack;
    style.background = name == "button" ? Colour{239, 239, 239, 1} : kWhite;
  }
  // In quirks mode a table's text does not grow with the page's.
  if (name == "table" && tree.quirks()) style.font_px = 16;
  read_attributes(tree, node, name, style);
  return style;
}

}  // namespace candor::css
