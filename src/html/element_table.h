#pragma once
// Internal: the elements that tree construction treats apart, and how (WHATWG 13.2.4, 13.2.6).
#include <cstdint>
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

Tag find_tag(std::string_view name);  ///< ignoring ASCII case
Traits traits_of(Tag tag);

}  // namespace candor::html
