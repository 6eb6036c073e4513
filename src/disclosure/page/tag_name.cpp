#include "disclosure/page/tag_name.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

using enum Tag;

constexpr std::array<std::pair<std::string_view, Tag>, 101> kNames{{{"a", Tag::A},
                                                                    {"abbr", Tag::Abbr},
                                                                    {"address", Tag::Address},
                                                                    {"applet", Tag::Applet},
                                                                    {"area", Tag::Area},
                                                                    {"article", Tag::Article},
                                                                    {"aside", Tag::Aside},
                                                                    {"b", Tag::B},
                                                                    {"base", Tag::Base},
                                                                    {"big", Tag::Big},
                                                                    {"blockquote", Tag::Blockquote},
                                                                    {"body", Tag::Body},
                                                                    {"br", Tag::Br},
                                                                    {"button", Tag::Button},
                                                                    {"caption", Tag::Caption},
                                                                    {"center", Tag::Center},
                                                                    {"code", Tag::Code},
                                                                    {"col", Tag::Col},
                                                                    {"colgroup", Tag::Colgroup},
                                                                    {"dd", Tag::Dd},
                                                                    {"details", Tag::Details},
                                                                    {"dialog", Tag::Dialog},
                                                                    {"dir", Tag::Dir},
                                                                    {"div", Tag::Div},
                                                                    {"dl", Tag::Dl},
                                                                    {"dt", Tag::Dt},
                                                                    {"em", Tag::Em},
                                                                    {"embed", Tag::Embed},
                                                                    {"fieldset", Tag::Fieldset},
                                                                    {"figcaption", Tag::Figcaption},
                                                                    {"figure", Tag::Figure},
                                                                    {"font", Tag::Font},
                                                                    {"footer", Tag::Footer},
                                                                    {"form", Tag::Form},
                                                                    {"frame", Tag::Frame},
                                                                    {"frameset", Tag::Frameset},
                                                                    {"h1", Tag::H1},
                                                                    {"h2", Tag::H2},
                                                                    {"h3", Tag::H3},
                                                                    {"h4", Tag::H4},
                                                                    {"h5", Tag::H5},
                                                                    {"h6", Tag::H6},
                                                                    {"head", Tag::Head},
                                                                    {"header", Tag::Header},
                                                                    {"hgroup", Tag::Hgroup},
                                                                    {"hr", Tag::Hr},
                                                                    {"html", Tag::Html},
                                                                    {"i", Tag::I},
                                                                    {"iframe", Tag::Iframe},
                                                                    {"img", Tag::Img},
                                                                    {"input", Tag::Input},
                                                                    {"label", Tag::Label},
                                                                    {"legend", Tag::Legend},
                                                                    {"li", Tag::Li},
                                                                    {"link", Tag::Link},
                                                                    {"main", Tag::Main},
                                                                    {"marquee", Tag::Marquee},
                                                                    {"math", Tag::Math},
                                                                    {"menu", Tag::Menu},
                                                                    {"meta", Tag::Meta},
                                                                    {"nav", Tag::Nav},
                                                                    {"nobr", Tag::Nobr},
                                                                    {"noscript", Tag::Noscript},
                                                                    {"object", Tag::Object},
                                                                    {"ol", Tag::Ol},
                                                                    {"optgroup", Tag::Optgroup},
                                                                    {"option", Tag::Option},
                                                                    {"p", Tag::P},
                                                                    {"param", Tag::Param},
                                                                    {"pre", Tag::Pre},
                                                                    {"s", Tag::S},
                                                                    {"script", Tag::Script},
                                                                    {"search", Tag::Search},
                                                                    {"section", Tag::Section},
                                                                    {"select", Tag::Select},
                                                                    {"small", Tag::Small},
                                                                    {"source", Tag::Source},
                                                                    {"span", Tag::Span},
                                                                    {"strike", Tag::Strike},
                                                                    {"strong", Tag::Strong},
                                                                    {"style", Tag::Style},
                                                                    {"sub", Tag::Sub},
                                                                    {"summary", Tag::Summary},
                                                                    {"sup", Tag::Sup},
                                                                    {"svg", Tag::Svg},
                                                                    {"table", Tag::Table},
                                                                    {"tbody", Tag::Tbody},
                                                                    {"td", Tag::Td},
                                                                    {"template", Tag::Template},
                                                                    {"textarea", Tag::Textarea},
                                                                    {"tfoot", Tag::Tfoot},
                                                                    {"th", Tag::Th},
                                                                    {"thead", Tag::Thead},
                                                                    {"time", Tag::Time},
                                                                    {"title", Tag::Title},
                                                                    {"tr", Tag::Tr},
                                                                    {"track", Tag::Track},
                                                                    {"tt", Tag::Tt},
                                                                    {"u", Tag::U},
                                                                    {"ul", Tag::Ul},
                                                                    {"wbr", Tag::Wbr}}};
static_assert(std::is_sorted(kNames.begin(), kNames.end()));

constexpr std::size_t kLongest = 10;
constexpr std::size_t kSlots = 256;

/// By length, first, middle and last letter: that tells most names apart.
constexpr std::size_t slot_of(std::string_view lower) {
  const auto letter = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(lower[at]));
  };
  return (lower.size() * 37 + letter(0) * 11 + letter(lower.size() / 2) * 3 +
          letter(lower.size() - 1) * 53) %
         kSlots;
}

/// Where each name's search begins; 0 ends it, else one more than the name's place in kNames.
constexpr std::array<std::uint8_t, kSlots> kSlotTable = [] {
  std::array<std::uint8_t, kSlots> slots{};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    std::size_t slot = slot_of(kNames[i].first);
    while (slots[slot] != 0) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return slots;
}();

/// A set of tags as bits, so that asking is a shift.
class TagSet {
 public:
  constexpr TagSet(std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) bits_[index(tag) / 64] |= 1ULL << index(tag) % 64;
  }
  constexpr bool has(Tag tag) const {
    return (bits_[index(tag) / 64] >> index(tag) % 64 & 1U) != 0;
  }

 private:
  static constexpr std::size_t index(Tag tag) { return static_cast<std::size_t>(tag); }
  std::array<std::uint64_t, 2> bits_{};
};

constexpr TagSet kVoid{Area,  Base, Br,   Col,   Embed,  Frame, Hr, Img,
                       Input, Link, Meta, Param, Source, Track, Wbr};
constexpr TagSet kBlock{
    Address, Article,  Aside,    Blockquote, Body,    Caption,  Center,     Dd,     Details,
    Dialog,  Dir,      Div,      Dl,         Dt,      Fieldset, Figcaption, Figure, Footer,
    Form,    H1,       H2,       H3,         H4,      H5,       H6,         Header, Hgroup,
    Hr,      Html,     Legend,   Li,         Main,    Menu,     Nav,        Ol,     Optgroup,
    Option,  P,        Pre,      Search,     Section, Select,   Summary,    Table,  Tbody,
    Td,      Template, Textarea, Tfoot,      Th,      Thead,    Tr,         Ul,     Head,
    Title,   Iframe,   Object,   Marquee,    Applet,  Noscript};
constexpr TagSet kClosesP{
    Address, Article, Aside,    Blockquote, Center,  Details, Dialog, Dir,  Div,  Dl,
    Dd,      Dt,      Fieldset, Figcaption, Figure,  Footer,  Form,   H1,   H2,   H3,
    H4,      H5,      H6,       Header,     Hgroup,  Hr,      Li,     Main, Menu, Nav,
    Ol,      P,       Pre,      Search,     Section, Summary, Table,  Ul};
constexpr TagSet kFormatting{A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U};
constexpr TagSet kHeading{H1, H2, H3, H4, H5, H6};

}  // namespace

Tag find_tag(std::string_view name) {
  if (name.empty() || name.size() > kLongest) return Other;
  std::array<char, kLongest> letters{};
  std::transform(name.begin(), name.end(), letters.begin(), ascii::lower);
  const std::string_view lower(letters.data(), name.size());
  for (std::size_t slot = slot_of(lower); kSlotTable[slot] != 0; slot = (slot + 1) % kSlots) {
    const auto& [known, tag] = kNames[kSlotTable[slot] - std::size_t{1}];
    if (known == lower) return tag;
  }
  return Other;
}

bool is_void(Tag tag) { return kVoid.has(tag); }
bool is_block(Tag tag) { return kBlock.has(tag); }
bool closes_p(Tag tag) { return kClosesP.has(tag); }
bool is_formatting(Tag tag) { return kFormatting.has(tag); }
bool is_heading(Tag tag) { return kHeading.has(tag); }

}  // namespace candor::disclosure
