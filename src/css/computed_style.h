#pragma once
// What a reader's browser would make of an element: its style after cascade and inheritance, of the
// properties that decide whether and how text is seen.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "css/cascade.h"
#include "css/colour.h"

namespace candor::css {

/// A colour that may not be known; then `plain` means nothing.
struct SeenColour {
  Colour plain = kBlack;
  bool known = true;
};

struct ComputedStyle {
  enum class Visibility : std::uint8_t { Visible, Hidden, Collapse };

  bool displayed = true;       ///< display is not none
  bool contents_shown = true;  ///< content-visibility is not hidden
  Visibility visibility = Visibility::Visible;
  double opacity = 1;  ///< its own; ancestors' multiply
  double font_px = 16;
  bool font_known = true;
  SeenColour colour{};  ///< what its text is painted in
  SeenColour background{kTransparent, true};
  bool background_image = false;
  bool blended = false;  ///< filter or mix-blend-mode change what is painted
  bool bold = false;
  bool underlined = false;  ///< itself, or what it stands in
  bool border_bottom = false;
  bool is_inline = false;       ///< width, height and overflow do not apply
  bool lays_out_items = false;  ///< flex or grid: its children are no inline boxes
  bool positioned_out = false;  ///< absolute or fixed
  bool placed = false;          ///< left, top and right apply
  bool clipped_away = false;    ///< by clip or clip-path
  bool scaled_away = false;     ///< by transform
  bool overflow_cut = false;    ///< overflow is not visible
  double text_indent_px = 0;
  double left_px = 0;  ///< 0 where it is auto, as the others are
  double right_px = 0;
  double top_px = 0;
  double margin_left_px = 0;
  double shift_px = 0;             ///< the smaller of a transform's two ways
  std::optional<double> width_px;  ///< the smaller of width and max-width; nothing for auto
  std::optional<double> height_px;
  /// A selector that is not decided here may change it.
  bool unsure = false;
};

/// Not for several threads at once.
class Styles {
 public:
  /// All must outlive this.
  Styles(const StyleSheets& sheets, const Tree& tree, const Reader& reader);
  ~Styles();

  /// From here on for another reader. False when nothing changes by it; else the styles given so
  /// far are no longer valid.
  bool read_as(const Reader& reader);

  /// Valid as long as this. Each element is looked at once.
  const ComputedStyle& of(Node node);
  /// The text that ::before or ::after puts in; nothing when there is none.
  std::optional<std::string> content_of(Node node, PseudoElement pseudo);
  /// Matching took more work than a page is worth: answers may be unsure.
  bool exhausted() const { return index_.exhausted(); }

 private:
  struct Entry;

  Entry& entry_of(Node node);
  std::unique_ptr<Entry> make_entry(Node node, const Entry* parent, const Entry* root);

  const Tree& tree_;
  Reader reader_;
  RuleIndex index_;
  std::unordered_map<Node, std::unique_ptr<Entry>> entries_;
};

}  // namespace candor::css
