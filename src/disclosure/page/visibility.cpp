#include "disclosure/page/visibility.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return head;
}

/// The number a CSS value begins with; nothing when it begins with something else.
std::optional<double> leading_number(std::string_view value) {
  if (value.starts_with('+')) value.remove_prefix(1);
  double number = 0;
  const auto read =
      std::from_chars(value.data(), value.data() + value.size(), number, std::chars_format::fixed);
  if (read.ec != std::errc()) return std::nullopt;
  return number;
}

std::string_view unit_of(std::string_view value) {
  return value.substr(std::min(value.size(), value.find_first_not_of("+-.0123456789")));
}

/// The declarations that hide an element wherever it stands (rule CD301).
bool declaration_hides(std::string_view property, std::string_view value) {
  if (property == "display") return value == "none";
  if (property == "visibility") return value == "hidden" || value == "collapse";
  if (property == "clip") return value.starts_with("rect(0") || value.starts_with("rect(1px");
  if (property == "clip-path")
    return value.starts_with("inset(50%") || value.starts_with("inset(100%") ||
           value.starts_with("circle(0");
  const std::optional<double> number = leading_number(value);
  if (!number) return false;
  if (property == "opacity") return *number < (value.ends_with('%') ? 20.0 : 0.2);
  if (property == "font-size") {
    const std::string_view unit = unit_of(value);
    return *number <= 0 || ((unit == "px" || unit == "pt") && *number <= 1);
  }
  constexpr double kOffScreen = -999;
  if (property == "text-indent" || property == "left" || property == "top" ||
      property == "margin-left")
    return *number <= kOffScreen;
  return false;
}

bool style_hides(std::string_view declarations) {
  bool no_size = false;
  bool clipped = false;
  const std::string lower = ascii::to_lower(declarations);
  std::string_view rest = lower;
  while (!rest.empty()) {
    std::string_view value = take_until(rest, ';');
    const std::string_view property = ascii::trim(take_until(value, ':'));
    value = ascii::trim(value.substr(0, value.find('!')));
    if (declaration_hides(property, value)) return true;
    const std::optional<double> number = leading_number(value);
    if ((property == "width" || property == "height" || property == "max-height") && number &&
        *number <= 1 && unit_of(value) != "%" && unit_of(value) != "em" && unit_of(value) != "rem")
      no_size = true;
    if (property == "overflow" && value == "hidden") clipped = true;
  }
  return no_size && clipped;
}

/// Calls `each(selectors, declarations)` for the style rules outside of at-rules' blocks.
template <class Each>
void for_each_rule(std::string_view css, const Each& each) {
  std::size_t i = 0;
  while (i < css.size()) {
    const std::size_t open = css.find('{', i);
    if (open == std::string_view::npos) return;
    std::string_view prelude = ascii::trim(css.substr(i, open - i));
    if (const std::size_t semicolon = prelude.rfind(';'); semicolon != std::string_view::npos)
      prelude = ascii::trim(prelude.substr(semicolon + 1));
    std::size_t depth = 1;
    std::size_t end = open + 1;
    for (; end < css.size() && depth > 0; ++end) {
      if (css[end] == '{') ++depth;
      if (css[end] == '}') --depth;
    }
    if (!prelude.starts_with('@')) each(prelude, css.substr(open + 1, end - open - 1));
    i = end;
  }
}

std::string without_comments(std::string_view css) {
  std::string clean;
  while (true) {
    const std::size_t at = css.find("/*");
    clean += css.substr(0, at);
    if (at == std::string_view::npos) return clean;
    const std::size_t end = css.find("*/", at + 2);
    if (end == std::string_view::npos) return clean;
    css.remove_prefix(end + 2);
  }
}

bool is_screen_reader_class(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames{
      "sr-only",        "visually-hidden",    "screen-reader-text",
      "visuallyhidden", "screen-reader-only", "u-hidden-visually",
      "a11y-hidden"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view each) {
    return ascii::equals_ignoring_case(each, name);
  });
}

bool has_class_of(std::string_view list, const auto& wanted) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.size(), list.find_first_of(" \t\n\f\r"));
    if (end > 0 && wanted(list.substr(0, end))) return true;
    list.remove_prefix(std::min(list.size(), end + 1));
  }
  return false;
}

}  // namespace

bool has_screen_reader_class(std::string_view classes) {
  return has_class_of(classes, is_screen_reader_class);
}

void read_style_sheet(std::string_view css, HiddenNames& names) {
  const std::string clean = without_comments(css);
  for_each_rule(clean, [&](std::string_view selectors, std::string_view declarations) {
    if (declarations.ends_with('}')) declarations.remove_suffix(1);
    if (!style_hides(declarations)) return;
    while (!selectors.empty()) {
      std::string_view selector = ascii::trim(take_until(selectors, ','));
      if (selector.size() < 2 || (selector[0] != '.' && selector[0] != '#')) continue;
      auto& into = selector[0] == '.' ? names.classes : names.ids;
      selector.remove_prefix(1);
      // Only a name standing alone hides whatever carries it; ".menu .d" or ".d:hover" do not.
      const bool alone = std::all_of(selector.begin(), selector.end(), [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
      });
      if (alone) into.emplace(selector);
    }
  });
}

bool hides(const html::Page& page, const html::Token& tag, const HiddenNames& names) {
  if (const auto* hidden = page.find_attribute(tag, "hidden"))
    if (!ascii::equals_ignoring_case(hidden->value.of(page.bytes), "until-found")) return true;
  if (const auto* style = page.find_attribute(tag, "style"))
    if (style_hides(style->value.of(page.bytes))) return true;
  if (const auto* id = page.find_attribute(tag, "id"))
    if (!names.ids.empty() && names.ids.contains(id->value.of(page.bytes))) return true;
  const auto* classes = page.find_attribute(tag, "class");
  if (classes == nullptr) return false;
  const std::string_view list = classes->value.of(page.bytes);
  return has_class_of(list, is_screen_reader_class) ||
         (!names.classes.empty() &&
          has_class_of(list, [&](std::string_view name) { return names.classes.contains(name); }));
}

bool collapses(const html::Page& page, const html::Token& tag, Tag name) {
  if (name == Tag::Details || name == Tag::Dialog)
    return page.find_attribute(tag, "open") == nullptr;
  const auto* hidden = page.find_attribute(tag, "hidden");
  return hidden != nullptr &&
         ascii::equals_ignoring_case(hidden->value.of(page.bytes), "until-found");
}

}  // namespace candor::disclosure
