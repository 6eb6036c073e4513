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

/// A name of up to 16 bytes in two words. Setting bit 5 folds the case of letters; it also folds
/// control characters into digits, which find_tag() tells apart.
struct Key {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const Key&, const Key&) = default;
};

constexpr Key key_of(std::string_view name) {
  Key key;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const std::uint64_t byte = static_cast<unsigned char>(name[at]) | 0x20U;
    (at < 8 ? key.low : key.high) |= byte << (at % 8 * 8);
  }
  return key;
}

constexpr std::size_t slot_of(const Key& key) {
  return ((key.low ^ (key.high << 7U)) * 0x9E3779B97F4A7C15U) >> 55U;
}

struct Slot {
  Key key;
  std::uint8_t row = 0;  ///< 0: empty
};

constexpr std::array<Slot, kSlots> make_slots() {
  std::array<Slot, kSlots> slots{};
  for (std::size_t row = 1; row < kRows.size(); ++row) {
    const Key key = key_of(kRows[row].name);
    std::size_t slot = slot_of(key);
    while (slots[slot].row != 0) slot = (slot + 1) % kSlots;
    slots[slot] = {key, static_cast<std::uint8_t>(row)};
  }
  return slots;
}
constexpr std::array<Slot, kSlots> kSlotTable = make_slots();

}  // namespace

Tag find_tag(std::string_view name) {
  if (name.size() > kLongestName) return Tag::Other;
  const Key key = key_of(name);
  for (std::size_t slot = slot_of(key); kSlotTable[slot].row != 0; slot = (slot + 1) % kSlots) {
    if (kSlotTable[slot].key != key) continue;
    const std::string_view found = kRows[kSlotTable[slot].row].name;
    const bool digit = ascii::is_digit(found.back());
    if (digit && name.back() != found.back()) return Tag::Other;
    return static_cast<Tag>(kSlotTable[slot].row);
  }
  return Tag::Other;
}

Traits traits_of(Tag tag) { return kRows[static_cast<std::size_t>(tag)].traits; }

}  // namespace candor::html
