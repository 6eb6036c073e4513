#pragma once
// Internal: the elements that tree construction treats apart, and how (WHATWG 13.2.4, 13.2.6).
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace candor::html {

/// Other stands for every element without rules of its own. Alphabetical.
enum class Tag : std::uint8_t {
  Other,
  A,
  Address,
  AnnotationXml,
  Applet,
  Area,
  Article,
  Aside,
  B,
  Base,
  Basefont,
  Bgsound,
  Big,
  Blockquote,
  Body,
  Br,
  Button,
  Caption,
  Center,
  Code,
  Col,
  Colgroup,
  Dd,
  Desc,
  Details,
  Dialog,
  Dir,
  Div,
  Dl,
  Dt,
  Em,
  Embed,
  Fieldset,
  Figcaption,
  Figure,
  Font,
  Footer,
  ForeignObject,
  Form,
  Frame,
  Frameset,
  H1,
  H2,
  H3,
  H4,
  H5,
  H6,
  Head,
  Header,
  Hgroup,
  Hr,
  Html,
  I,
  Iframe,
  Image,
  Img,
  Input,
  Keygen,
  Li,
  Link,
  Listing,
  Main,
  Malignmark,
  Marquee,
  Math,
  Menu,
  Meta,
  Mglyph,
  Mi,
  Mn,
  Mo,
  Ms,
  Mtext,
  Nav,
  Nobr,
  Noembed,
  Noframes,
  Noscript,
  Object,
  Ol,
  Optgroup,
  Option,
  P,
  Param,
  Plaintext,
  Pre,
  Rb,
  Rp,
  Rt,
  Rtc,
  Ruby,
  S,
  Script,
  Search,
  Section,
  Select,
  Small,
  Source,
  Span,
  Strike,
  Strong,
  Style,
  Sub,
  Summary,
  Sup,
  Svg,
  Table,
  Tbody,
  Td,
  Template,
  Textarea,
  Tfoot,
  Th,
  Thead,
  Title,
  Tr,
  Track,
  Tt,
  U,
  Ul,
  Var,
  Wbr,
  Xmp,
};
constexpr std::size_t kTagCount = static_cast<std::size_t>(Tag::Xmp) + 1;

/// What an HTML element of the name is; bits.
using Traits = std::uint16_t;
constexpr Traits kSpecial = 1;
constexpr Traits kScopeFence = 2;    ///< ends "has an element in scope"
constexpr Traits kButtonFence = 4;   ///< ends button scope too
constexpr Traits kListFence = 8;     ///< ends list item scope too
constexpr Traits kTableFence = 16;   ///< ends table scope
constexpr Traits kImpliedEnd = 32;   ///< closed by "generate implied end tags"
constexpr Traits kThoroughEnd = 64;  ///< closed by generating them thoroughly
constexpr Traits kFormatting = 128;
constexpr Traits kHeading = 256;
constexpr Traits kBreakout = 512;              ///< its start tag leaves foreign content
constexpr Traits kHtmlIntegration = 1024;      ///< of foreign elements only
constexpr Traits kMathTextIntegration = 2048;  ///< of foreign elements only
constexpr Traits kTextType = 4096;             ///< its start tag begins another text mode
constexpr Traits kUnsettled = 8192;  ///< what browsers read otherwise may begin or end here

namespace element_table {

struct Row {
  std::string_view name;
  Traits traits;
};

/// In the order of Tag.
inline constexpr std::array<Row, kTagCount> kRows{{
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
    {"iframe", kSpecial | kTextType},
    {"image", 0},
    {"img", kSpecial | kBreakout},
    {"input", kSpecial | kUnsettled},
    {"keygen", kSpecial | kUnsettled},
    {"li", kSpecial | kImpliedEnd | kBreakout},
    {"link", kSpecial},
    {"listing", kSpecial | kBreakout},
    {"main", kSpecial},
    {"malignmark", 0},
    {"marquee", kSpecial | kScopeFence},
    {"math", kUnsettled},
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
    {"noembed", kSpecial | kTextType},
    {"noframes", kSpecial | kTextType},
    {"noscript", kSpecial | kTextType},
    {"object", kSpecial | kScopeFence},
    {"ol", kSpecial | kListFence | kBreakout},
    {"optgroup", kImpliedEnd},
    {"option", kImpliedEnd},
    {"p", kSpecial | kImpliedEnd | kBreakout},
    {"param", kSpecial},
    {"plaintext", kSpecial | kTextType},
    {"pre", kSpecial | kBreakout},
    {"rb", kImpliedEnd},
    {"rp", kImpliedEnd},
    {"rt", kImpliedEnd},
    {"rtc", kImpliedEnd},
    {"ruby", kBreakout},
    {"s", kFormatting | kBreakout},
    {"script", kSpecial | kTextType},
    {"search", kSpecial},
    {"section", kSpecial},
    {"select", kSpecial | kScopeFence | kUnsettled},
    {"small", kFormatting | kBreakout},
    {"source", kSpecial},
    {"span", kBreakout},
    {"strike", kFormatting | kBreakout},
    {"strong", kFormatting | kBreakout},
    {"style", kSpecial | kTextType},
    {"sub", kBreakout},
    {"summary", kSpecial},
    {"sup", kBreakout},
    {"svg", kUnsettled},
    {"table", kSpecial | kScopeFence | kTableFence | kBreakout},
    {"tbody", kSpecial | kThoroughEnd},
    {"td", kSpecial | kScopeFence | kThoroughEnd},
    {"template", kSpecial | kScopeFence | kTableFence},
    {"textarea", kSpecial | kTextType},
    {"tfoot", kSpecial | kThoroughEnd},
    {"th", kSpecial | kScopeFence | kThoroughEnd},
    {"thead", kSpecial | kThoroughEnd},
    {"title", kSpecial | kTextType},
    {"tr", kSpecial | kThoroughEnd},
    {"track", kSpecial},
    {"tt", kFormatting | kBreakout},
    {"u", kFormatting | kBreakout},
    {"ul", kSpecial | kListFence | kBreakout},
    {"var", kBreakout},
    {"wbr", kSpecial},
    {"xmp", kSpecial | kTextType},
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
inline constexpr std::array<Slot, kSlots> kSlotTable = make_slots();

inline Tag find(const Key& key, char last) {
  for (std::size_t slot = slot_of(key); kSlotTable[slot].row != 0; slot = (slot + 1) % kSlots) {
    if (kSlotTable[slot].key != key) continue;
    const auto tag = static_cast<Tag>(kSlotTable[slot].row);
    const bool numbered = tag >= Tag::H1 && tag <= Tag::H6;
    return numbered && last != kRows[kSlotTable[slot].row].name.back() ? Tag::Other : tag;
  }
  return Tag::Other;
}

}  // namespace element_table

/// Ignoring ASCII case.
inline Tag find_tag(std::string_view name) {
  if (name.empty() || name.size() > element_table::kLongestName) return Tag::Other;
  return element_table::find(element_table::key_of(name), name.back());
}

/// The same for a name that at least 16 readable bytes begin with: two loads instead of a loop.
inline Tag find_tag_in_page(const char* name, std::size_t size) {
  if (size == 0 || size > element_table::kLongestName) return Tag::Other;
  if constexpr (std::endian::native != std::endian::little) return find_tag({name, size});
  constexpr std::uint64_t kFold = 0x2020202020202020U;
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  element_table::Key key;
  std::memcpy(&key.low, name, sizeof key.low);
  std::memcpy(&key.high, name + sizeof key.low, sizeof key.high);
  const std::uint64_t low_mask = size >= 8 ? kAll : kAll >> (64 - 8 * size);
  const std::uint64_t high_mask = size <= 8 ? 0 : kAll >> (128 - 8 * size);
  key.low = (key.low | kFold) & low_mask;
  key.high = (key.high | kFold) & high_mask;
  return element_table::find(key, name[size - 1]);
}

constexpr Traits traits_of(Tag tag) {
  return element_table::kRows[static_cast<std::size_t>(tag)].traits;
}

}  // namespace candor::html
