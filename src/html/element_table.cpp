#include "html/element_table.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"

namespace candor::html {
namespace {

struct Row {
  std::string_view name;
  Traits traits;
};

/// In the order of Tag.
constexpr std::array<Row, kTagCount> kRows{{
    {"", 0},
    {"a", kFormatting},
    {"address", kSpecial},
    {"annotation-xml", 0},
    {"applet", kSpecial | kScopeFence},
    {"area", kSpecial},
    {"article", kSpecial},
    {"aside", kSpecial},
    {"b", kFormatting | kBreakout},
    {"base", kSpecial},
    {"basefont", kSpecial},
    {"bgsound", kSpecial},
    {"big", kFormatting | kBreakout},
    {"blockquote", kSpecial | kBreakout},
    {"body", kSpecial | kBreakout},
    {"br", kSpecial | kBreakout},
    {"button", kSpecial | kButtonFence},
    {"caption", kSpecial | kScopeFence | kThoroughEnd},
    {"center", kSpecial | kBreakout},
    {"code", kFormatting | kBreakout},
    {"col", kSpecial},
    {"colgroup", kSpecial | kThoroughEnd},
    {"dd", kSpecial | kImpliedEnd | kBreakout},
    {"desc", 0},
    {"details", kSpecial},
    {"dialog", 0},
    {"dir", kSpecial},
    {"div", kSpecial | kBreakout},
    {"dl", kSpecial | kBreakout},
    {"dt", kSpecial | kImpliedEnd | kBreakout},
    {"em", kFormatting | kBreakout},
    {"embed", kSpecial | kBreakout},
    {"fieldset", kSpecial},
    {"figcaption", kSpecial},
    {"figure", kSpecial},
    {"font", kFormatting},
    {"footer", kSpecial},
    {"foreignobject", 0},
    {"form", kSpecial},
    {"frame", kSpecial},
    {"frameset", kSpecial},
    {"h1", kSpecial | kHeading | kBreakout},
    {"h2", kSpecial | kHeading | kBreakout},
    {"h3", kSpecial | kHeading | kBreakout},
    {"h4", kSpecial | kHeading | kBreakout},
    {"h5", kSpecial | kHeading | kBreakout},
    {"h6", kSpecial | kHeading | kBreakout},
    {"head", kSpecial | kBreakout},
    {"header", kSpecial},
    {"hgroup", kSpecial},
    {"hr", kSpecial | kBreakout},
    {"html", kSpecial | kScopeFence | kTableFence},
    {"i", kFormatting | kBreakout},
    {"iframe", kSpecial},
    {"image", 0},
    {"img", kSpecial | kBreakout},
    {"input", kSpecial},
    {"keygen", kSpecial},
    {"li", kSpecial | kImpliedEnd | kBreakout},
    {"link", kSpecial},
    {"listing", kSpecial | kBreakout},
    {"main", kSpecial},
    {"malignmark", 0},
    {"marquee", kSpecial | kScopeFence},
    {"math", 0},
    {"menu", kSpecial | kBreakout},
    {"meta", kSpecial | kBreakout},
    {"mglyph", 0},
    {"mi", 0},
    {"mn", 0},
    {"mo", 0},
    {"ms", 0},
    {"mtext", 0},
    {"nav", kSpecial},
    {"nobr", kFormatting | kBreakout},
    {"noembed", kSpecial},
    {"noframes", kSpecial},
    {"noscript", kSpecial},
    {"object", kSpecial | kScopeFence},
    {"ol", kSpecial | kListFence | kBreakout},
    {"optgroup", kImpliedEnd},
    {"option", kImpliedEnd},
    {"p", kSpecial | kImpliedEnd | kBreakout},
    {"param", kSpecial},
    {"plaintext", kSpecial},
    {"pre", kSpecial | kBreakout},
    {"rb", kImpliedEnd},
    {"rp", kImpliedEnd},
    {"rt", kImpliedEnd},
    {"rtc", kImpliedEnd},
    {"ruby", kBreakout},
    {"s", kFormatting | kBreakout},
    {"script", kSpecial},
    {"search", kSpecial},
    {"section", kSpecial},
    {"select", kSpecial | kScopeFence},
    {"small", kFormatting | kBreakout},
    {"source", kSpecial},
    {"span", kBreakout},
    {"strike", kFormatting | kBreakout},
    {"strong", kFormatting | kBreakout},
    {"style", kSpecial},
    {"sub", kBreakout},
    {"summary", kSpecial},
    {"sup", kBreakout},
    {"svg", 0},
    {"table", kSpecial | kScopeFence | kTableFence | kBreakout},
    {"tbody", kSpecial | kThoroughEnd},
    {"td", kSpecial | kScopeFence | kThoroughEnd},
    {"template", kSpecial | kScopeFence | kTableFence},
    {"textarea", kSpecial},
    {"tfoot", kSpecial | kThoroughEnd},
    {"th", kSpecial | kScopeFence | kThoroughEnd},
    {"thead", kSpecial | kThoroughEnd},
    {"title", kSpecial},
    {"tr", kSpecial | kThoroughEnd},
    {"track", kSpecial},
    {"tt", kFormatting | kBreakout},
    {"u", kFormatting | kBreakout},
    {"ul", kSpecial | kListFence | kBreakout},
    {"var", kBreakout},
    {"wbr", kSpecial},
    {"xmp", kSpecial},
}};

constexpr std::size_t kSlots = 512;
constexpr std::size_t kLongestName = 14;

/// Setting bit 5 folds the case of letters; other bytes that fall together are told apart by the
/// comparison behind the look-up.
constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ (static_cast<unsigned char>(c) | 0x20U)) * 16777619U;
  return (hash ^ (hash >> 15U)) % kSlots;
}

constexpr std::array<std::uint8_t, kSlots> make_slots() {
  std::array<std::uint8_t, kSlots> slots{};
  for (std::size_t row = 1; row < kRows.size(); ++row) {
    std::size_t slot = slot_of(kRows[row].name);
    while (slots[slot] != 0) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<std::uint8_t>(row);
  }
  return slots;
}
constexpr std::array<std::uint8_t, kSlots> kSlotTable = make_slots();

}  // namespace

Tag find_tag(std::string_view name) {
  if (name.size() > kLongestName) return Tag::Other;
  for (std::size_t slot = slot_of(name); kSlotTable[slot] != 0; slot = (slot + 1) % kSlots)
    if (ascii::equals_ignoring_case(kRows[kSlotTable[slot]].name, name))
      return static_cast<Tag>(kSlotTable[slot]);
  return Tag::Other;
}

Traits traits_of(Tag tag) { return kRows[static_cast<std::size_t>(tag)].traits; }

}  // namespace candor::html
