#include "css/computed_style.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "css/custom_properties.h"
#include "css/declaration.h"
#include "css/default_style.h"
#include "css/length.h"
#include "css/shape.h"
#include "css/token.h"

namespace candor::css {

struct Styles::Entry {
  ComputedStyle style;
  SeenColour text_colour;               ///< the property color; what is painted may differ
  std::optional<SeenColour> text_fill;  ///< -webkit-text-fill-color where it is set
  std::shared_ptr<const CustomProperties> custom;
};

namespace {

using P = Property;

bool is_word(std::string_view text, std::string_view word) {
  return ascii::equals_ignoring_case(text, word);
}

/// A property's winning value, its references replaced, taken out of its shorthand.
class Values {
 public:
  Values(const Winners& winners, const CustomProperties* custom)
      : winners_(winners), custom_(custom) {}

  /// Nothing when it is not set; "unset" when it is invalid once references are replaced.
  std::optional<std::string> of(Property property) const {
    const Declaration* declaration = winners_[property];
    if (declaration == nullptr) return std::nullopt;
    const auto text = with_references_replaced(declaration->value, custom_);
    if (!text) return "unset";
    const bool refers = has_reference(declaration->value);
    if (declaration->shorthand.empty() && !refers) return *text;
    return is_wide_keyword(*text)
               ? *text
               : part_of_shorthand(declaration->shorthand, *text, property).value_or("unset");
  }

 private:
  const Winners& winners_;
  const CustomProperties* custom_;
};

enum class Source : std::uint8_t { Default, Initial, Inherit, Value };

Source source_of(const std::optional<std::string>& value, bool inherits) {
  if (!value || is_word(*value, "revert") || is_word(*value, "revert-layer"))
    return Source::Default;
  if (is_word(*value, "inherit")) return Source::Inherit;
  if (is_word(*value, "initial")) return Source::Initial;
  if (is_word(*value, "unset")) return inherits ? Source::Inherit : Source::Initial;
  return Source::Value;
}

std::optional<double> size_word_px(std::string_view text, double parent_px) {
  static constexpr std::array<std::pair<std::string_view, double>, 8> kWords{{{"xx-small", 9},
                                                                              {"x-small", 10},
                                                                              {"small", 13},
                                                                              {"medium", 16},
                                                                              {"large", 18},
                                                                              {"x-large", 24},
                                                                              {"xx-large", 32},
                                                                              {"xxx-large", 48}}};
  for (const auto& [word, px] : kWords)
    if (is_word(text, word)) return px;
  if (is_word(text, "smaller")) return parent_px / 1.2;
  if (is_word(text, "larger")) return parent_px * 1.2;
  return std::nullopt;
}

SeenColour seen(std::string_view text, const SeenColour& current) {
  const auto value = parse_colour(text);
  if (!value || value->kind == ColourValue::Kind::Unknown) return {kBlack, false};
  if (value->kind == ColourValue::Kind::Current) return current;
  return {value->colour, true};
}

bool has_line(std::string_view border) {
  bool styled = false;
  for (const std::string_view part : components_of(border)) {
    if (is_word(part, "none") || is_word(part, "hidden")) return false;
    const auto width = length_px(part, {});
    if (width && *width <= 0) return false;
    if (parse_colour(part) && seen(part, {}).known && seen(part, {}).plain.alpha == 0) return false;
    for (const std::string_view word : {"solid", "dashed", "dotted", "double", "groove", "ridge"})
      styled = styled || is_word(part, word);
  }
  return styled;
}

}  // namespace

/// Makes one element's style, property by property.
class StyleMaker {
 public:
  StyleMaker(const Tree& tree, Node node, const Winners& winners, const CustomProperties* custom,
             const ComputedStyle* parent, double root_px, const Reader& reader)
      : values_(winners, custom), parent_(parent), default_(default_style(tree, node)) {
    scale_.rem = root_px;
    scale_.view_width = reader.width;
    scale_.view_height = reader.height;
    style_.unsure = winners.unsure || (parent != nullptr && parent->unsure);
  }

  ComputedStyle make(bool is_root) {
    make_font(is_root);
    make_display();
    make_place();
    make_size();
    make_paint();
    make_decoration();
    return style_;
  }

  SeenColour make_colour(const SeenColour& inherited) {
    const auto value = values_.of(P::Colour);
    switch (source_of(value, true)) {
      case Source::Default:
        return default_.colour ? SeenColour{*default_.colour, true} : inherited;
      case Source::Initial:
        return {};
      case Source::Inherit:
        return inherited;
      case Source::Value:
        return seen(*value, inherited);
    }
    return inherited;
  }

  std::optional<SeenColour> make_fill(const std::optional<SeenColour>& inherited,
                                      const SeenColour& own) {
    const auto value = values_.of(P::TextFillColour);
    const Source source = source_of(value, true);
    if (source == Source::Value) return seen(*value, own);
    return source == Source::Initial ? std::nullopt : inherited;
  }

  void make_background(const SeenColour& own, ComputedStyle& style) {
    if (default_.background) style.background = {*default_.background, true};
    style.background_image = default_.background_image;
    const auto colour = values_.of(P::BackgroundColour);
    const Source source = source_of(colour, false);
    if (source == Source::Value) style.background = seen(*colour, own);
    if (source == Source::Initial) style.background = {kTransparent, true};
    if (source == Source::Inherit && parent_ != nullptr) style.background = parent_->background;
    const auto image = values_.of(P::BackgroundImage);
    if (source_of(image, false) != Source::Default)
      style.background_image = source_of(image, false) == Source::Value && !is_word(*image, "none");
  }

 private:
  void make_font(bool is_root) {
    const double inherited = parent_ == nullptr ? 16 : parent_->font_px;
    style_.font_known = parent_ == nullptr || parent_->font_known;
    style_.font_px = default_.font_px.value_or(inherited * default_.font_share.value_or(1));
    const auto value = values_.of(P::FontSize);
    const Source source = source_of(value, true);
    if (source == Source::Initial) style_.font_px = 16;
    if (source == Source::Inherit) style_.font_px = inherited;
    if (source == Source::Value) {
      scale_.em = inherited;
      scale_.whole = inherited;
      if (is_root) scale_.rem = 16;
      const auto word = size_word_px(*value, inherited);
      const auto px = word ? word : length_px(*value, scale_);
      style_.font_px = px ? std::max(0.0, *px) : inherited;
      style_.font_known = px.has_value();
    }
    scale_.em = style_.font_px;
    scale_.whole = scale_.view_width;
    if (is_root) scale_.rem = style_.font_px;
    const auto weight = values_.of(P::FontWeight);
    style_.bold = default_.bold || (parent_ != nullptr && parent_->bold);
    if (source_of(weight, true) == Source::Value)
      style_.bold = weight->starts_with("bold") || plain_number(*weight).value_or(0) >= 600;
  }

  void make_display() {
    const auto value = values_.of(P::Display);
    const Source source = source_of(value, false);
    style_.displayed = default_.displayed;
    style_.is_inline = default_.is_inline;
    if (source == Source::Initial) {
      style_.displayed = true;
      style_.is_inline = true;
    }
    if (source == Source::Inherit && parent_ != nullptr) {
      style_.displayed = parent_->displayed;
      style_.is_inline = parent_->is_inline;
    }
    if (source == Source::Value) {
      style_.displayed = !is_word(*value, "none");
      style_.is_inline = is_word(*value, "inline") || is_word(*value, "contents");
      const std::string lower = ascii::to_lower(*value);
      style_.lays_out_items =
          lower.find("flex") != std::string::npos || lower.find("grid") != std::string::npos;
    }
    if (parent_ != nullptr && parent_->lays_out_items) style_.is_inline = false;
    if (const auto shown = values_.of(P::ContentVisibility))
      style_.contents_shown = !is_word(*shown, "hidden");
    make_visibility();
    if (const auto opacity = values_.of(P::Opacity); source_of(opacity, false) == Source::Value)
      style_.opacity = std::clamp(plain_number(*opacity).value_or(1), 0.0, 1.0);
  }

  void make_visibility() {
    using Visibility = ComputedStyle::Visibility;
    if (parent_ != nullptr) style_.visibility = parent_->visibility;
    const auto value = values_.of(P::Visibility);
    const Source source = source_of(value, true);
    if (source == Source::Initial) style_.visibility = Visibility::Visible;
    if (source != Source::Value) return;
    style_.visibility = is_word(*value, "hidden")     ? Visibility::Hidden
                        : is_word(*value, "collapse") ? Visibility::Collapse
                                                      : Visibility::Visible;
  }

  double px(Property property) const {
    const auto value = values_.of(property);
    if (source_of(value, false) != Source::Value) return 0;
    return length_px(*value, scale_).value_or(0);
  }

  void make_place() {
    const auto position = values_.of(P::Position);
    if (source_of(position, false) == Source::Value) {
      style_.positioned_out = is_word(*position, "absolute") || is_word(*position, "fixed");
      style_.placed = !is_word(*position, "static");
    }
    if (style_.positioned_out) style_.is_inline = false;
    style_.left_px = px(P::Left);
    style_.right_px = px(P::Right);
    style_.top_px = px(P::Top);
    style_.margin_left_px = px(P::MarginLeft);
    if (parent_ != nullptr) style_.text_indent_px = parent_->text_indent_px;
    const auto indent = values_.of(P::TextIndent);
    const Source source = source_of(indent, true);
    if (source == Source::Initial) style_.text_indent_px = 0;
    if (source == Source::Value)
      for (const std::string_view part : components_of(*indent))
        if (const auto length = length_px(part, scale_)) style_.text_indent_px = *length;
    const auto clip = values_.of(P::Clip);
    if (style_.positioned_out && clip && clips_to_nothing(*clip, scale_))
      style_.clipped_away = true;
    if (const auto path = values_.of(P::ClipPath); path && path_is_empty(*path, scale_))
      style_.clipped_away = true;
    if (const auto transform = values_.of(P::Transform)) {
      const Shift shift = read_transform(*transform, scale_);
      style_.scaled_away = shift.to_nothing;
      style_.shift_px = std::min(shift.x_px, shift.y_px);
    }
  }

  std::optional<double> size_of(Property size, Property most) const {
    std::optional<double> smaller;
    for (const Property property : {size, most}) {
      const auto value = values_.of(property);
      if (source_of(value, false) != Source::Value) continue;
      if (const auto length = length_px(*value, scale_))
        smaller = std::min(smaller.value_or(*length), *length);
    }
    return smaller;
  }

  void make_size() {
    style_.width_px = size_of(P::Width, P::MaxWidth);
    style_.height_px = size_of(P::Height, P::MaxHeight);
    for (const Property property : {P::OverflowX, P::OverflowY}) {
      const auto value = values_.of(property);
      if (source_of(value, false) == Source::Value && !is_word(*value, "visible"))
        style_.overflow_cut = true;
    }
  }

  void make_paint() {
    for (const Property property : {P::Filter, P::MixBlendMode}) {
      const auto value = values_.of(property);
      if (source_of(value, false) == Source::Value && !is_word(*value, "none") &&
          !is_word(*value, "normal"))
        style_.blended = true;
    }
  }

  void make_decoration() {
    const auto line = values_.of(P::TextDecorationLine);
    const Source source = source_of(line, false);
    bool own = source == Source::Default && default_.underlined;
    if (source == Source::Value)
      own = ascii::to_lower(*line).find("underline") != std::string::npos;
    if (source == Source::Inherit && parent_ != nullptr) own = parent_->underlined;
    style_.underlined =
        own || (parent_ != nullptr && parent_->underlined && !style_.positioned_out);
    if (const auto border = values_.of(P::BorderBottom); source_of(border, false) == Source::Value)
      style_.border_bottom = has_line(*border);
  }

  Values values_;
  const ComputedStyle* parent_;
  DefaultStyle default_;
  LengthScale scale_;
  ComputedStyle style_;
};

Styles::Styles(const StyleSheets& sheets, const Tree& tree, const Reader& reader)
    : tree_(tree), reader_(reader), index_(sheets, tree, reader) {}

Styles::~Styles() = default;

std::unique_ptr<Styles::Entry> Styles::make_entry(Node node, const Entry* parent,
                                                  const Entry* root) {
  auto entry = std::make_unique<Entry>();
  std::vector<Declaration> attribute;
  const auto written = tree_.attribute(node, "style");
  if (written) attribute = parse_style_attribute(*written);
  const Winners winners = index_.winners_of(node, PseudoElement::None, attribute);
  if (parent != nullptr) entry->custom = parent->custom;
  if (!winners.custom.empty()) {
    auto own = entry->custom ? std::make_shared<CustomProperties>(*entry->custom)
                             : std::make_shared<CustomProperties>();
    for (const auto& [name, winner] : winners.custom) (*own)[name] = winner.declaration->value;
    entry->custom = std::move(own);
  }
  StyleMaker maker(tree_, node, winners, entry->custom.get(),
                   parent == nullptr ? nullptr : &parent->style,
                   root == nullptr ? 16 : root->style.font_px, reader_);
  entry->style = maker.make(root == nullptr);
  entry->text_colour = maker.make_colour(parent == nullptr ? SeenColour{} : parent->text_colour);
  entry->text_fill =
      maker.make_fill(parent == nullptr ? std::nullopt : parent->text_fill, entry->text_colour);
  entry->style.colour = entry->text_fill.value_or(entry->text_colour);
  maker.make_background(entry->text_colour, entry->style);
  return entry;
}

Styles::Entry& Styles::entry_of(Node node) {
  if (const auto known = entries_.find(node); known != entries_.end()) return *known->second;
  std::vector<Node> missing;
  Node at = node;
  for (; at != kNoNode && !entries_.contains(at); at = tree_.parent(at)) missing.push_back(at);
  const Entry* parent = at == kNoNode ? nullptr : entries_.at(at).get();
  Node top = node;
  while (tree_.parent(top) != kNoNode) top = tree_.parent(top);
  while (!missing.empty()) {
    const Node each = missing.back();
    missing.pop_back();
    const Entry* root = each == top ? nullptr : entries_.at(top).get();
    auto& made = entries_[each];
    made = make_entry(each, parent, root);
    parent = made.get();
  }
  return *entries_.at(node);
}

bool Styles::read_as(const Reader& reader) {
  reader_ = reader;
  if (!index_.read_as(reader)) return false;
  entries_.clear();
  return true;
}

const ComputedStyle& Styles::of(Node node) { return entry_of(node).style; }

std::optional<std::string> Styles::content_of(Node node, PseudoElement pseudo) {
  const Winners winners = index_.winners_of(node, pseudo, {});
  if (winners[P::Content] == nullptr) return std::nullopt;
  const Entry& entry = entry_of(node);
  const Values values(winners, entry.custom.get());
  if (const auto display = values.of(P::Display); display && is_word(*display, "none"))
    return std::nullopt;
  const std::string value = values.of(P::Content).value_or("");
  std::string text;
  Scanner scanner(value);
  for (Token token = scanner.next(); !token.is(TokenKind::End); token = scanner.next()) {
    if (token.is(TokenKind::String)) text += unescaped(token.text);
    if (token.is_delim('/')) break;  // what follows is for screen readers
    if (!token.is_function("attr")) continue;
    token = scanner.next();
    if (token.is(TokenKind::Ident))
      text += tree_.attribute(node, ascii::to_lower(token.text)).value_or("");
  }
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace candor::css
