#pragma once
// A page's style sheets as rules: what their selectors are, what they declare of the properties
// that decide whether and how text is seen, and under which conditions they hold.
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "css/media.h"
#include "css/selector.h"

namespace candor::css {

/// The properties that are read; shorthands are taken apart into them.
enum class Property : std::uint8_t {
  BackgroundColour,
  BackgroundImage,
  BorderBottom,
  Clip,
  ClipPath,
  Colour,
  ColourScheme,
  Content,
  ContentVisibility,
  Display,
  Filter,
  FontSize,
  FontWeight,
  Height,
  Left,
  MarginLeft,
  MaxHeight,
  MaxWidth,
  MixBlendMode,
  Opacity,
  OverflowX,
  OverflowY,
  Position,
  Right,
  TextDecorationLine,
  TextFillColour,
  TextIndent,
  Top,
  Transform,
  Visibility,
  Width,
  Custom,  ///< "--name"
};
inline constexpr std::size_t kPropertyCount = static_cast<std::size_t>(Property::Custom);

/// The text views the sheet. A value that names custom properties stays whole: `shorthand` then
/// says what to take apart once they are replaced.
struct Declaration {
  Property property = Property::Custom;
  bool important = false;
  std::string_view name;  ///< of Custom
  std::string_view value;
  std::string_view shorthand;  ///< "background", "font", ...; empty: the value is the property's
};

inline constexpr std::uint32_t kNoCondition = 0xFFFFFFFFU;

/// What a rule stands in: a media query, or something whose truth is not known here.
struct Condition {
  enum class Kind : std::uint8_t { Media, Unknown };
  Kind kind = Kind::Media;
  std::string_view queries;
  std::uint32_t outer = kNoCondition;
};

struct StyleRule {
  std::vector<Selector> selectors;
  std::uint32_t first_declaration = 0;
  std::uint32_t declaration_count = 0;
  std::uint32_t condition = kNoCondition;
  std::uint32_t layer = 0;  ///< 0: in no layer; else counted from 1 in the order of first mention
  std::uint32_t order = 0;
};

/// Gives an imported sheet's text by the address in the sheet, or nothing.
using ImportReader = std::function<std::optional<std::string>(std::string_view url)>;

class StyleSheets {
 public:
  StyleSheets() = default;
  StyleSheets(const StyleSheets&) = delete;
  StyleSheets& operator=(const StyleSheets&) = delete;

  /// Reads one more sheet, whose rules come after those before. `media` are the conditions of the
  /// element that loads it. Linear in the text; texts that are larger than kMaxBytes together, or
  /// nest deeper than is sensible, are read in part: then complete() is false.
  void add(std::string text, std::string_view media, const ImportReader& import);

  const std::vector<StyleRule>& rules() const { return rules_; }
  const std::vector<Declaration>& declarations() const { return declarations_; }
  const std::vector<Condition>& conditions() const { return conditions_; }
  bool complete() const { return complete_; }

  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

 private:
  friend class SheetReader;

  std::deque<std::string> texts_;
  std::size_t bytes_ = 0;
  std::size_t selectors_ = 0;
  std::size_t imports_ = 0;
  std::vector<StyleRule> rules_;
  std::vector<Declaration> declarations_;
  std::vector<Condition> conditions_;
  std::vector<std::string> layers_;
  std::uint32_t order_ = 0;
  bool complete_ = true;
};

/// The declarations of a style attribute. Views the text.
std::vector<Declaration> parse_style_attribute(std::string_view text);

}  // namespace candor::css
