#pragma once
// A page's elements and blocks of text, from its tokens: which element holds which, where the main
// content is, what is footer, navigation or sidebar, and what is hidden. An outline is close to the
// browser's tree where pages are close to the standard; nothing is ever edited on its word alone
// (edits are verified against the tokens).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/page/tag_name.h"
#include "html/encoding.h"
#include "html/token.h"

namespace candor::disclosure {

enum class Zone : std::uint8_t { Content, Header, Nav, Footer, Aside };

inline constexpr std::uint32_t kNoElement = 0xFFFFFFFFU;
inline constexpr std::uint32_t kNoBlock = 0xFFFFFFFFU;

struct Element {
  std::uint32_t start_token = 0;
  std::uint32_t end_token = 0;  ///< the end tag, or the first token that is no longer inside
  std::uint32_t parent = kNoElement;
  std::uint32_t text_bytes = 0;  ///< of paragraphs and the like inside, links not counted
  Tag tag = Tag::Other;
  Zone zone = Zone::Content;
  Zone own_zone = Zone::Content;  ///< by its own name, role or class
  bool zone_by_class = false;     ///< own_zone is only a class name's guess
  bool has_end_tag = false;       ///< end_token is its end tag
  bool foreign = false;           ///< svg or math
  bool hidden = false;            ///< it or an ancestor is not shown
  bool collapsed = false;         ///< it or an ancestor is shown on request only
  bool inert = false;             ///< template content
  bool main_role = false;         ///< role=main
  bool misnested = false;         ///< its end tag came while blocks inside were open
};

/// A run of text that a browser would lay out as one block.
struct TextBlock {
  std::string text;  ///< UTF-8, references decoded, white space folded
  ByteRange range;   ///< from the first text token to the last
  std::uint32_t element = kNoElement;
  std::uint32_t link_bytes = 0;  ///< bytes of `text` inside a and button
  bool hidden = false;
  bool collapsed = false;
  bool inert = false;
};

/// An a or area element with its place in the text. A link around whole blocks begins in one and
/// ends in another.
struct Anchor {
  std::uint32_t element = kNoElement;
  std::uint32_t block = kNoBlock;  ///< the block its text begins in
  std::uint32_t text_begin = 0;    ///< in that block
  std::uint32_t text_end = 0;
  std::uint32_t last_block = kNoBlock;  ///< the block its text ends in
  std::uint32_t last_begin = 0;         ///< in that block
  std::uint32_t last_end = 0;
};

/// Another form of the page that it names in its head.
struct Variant {
  std::string kind;  ///< "AMP", "translation", "mobile", "print"
  std::string url;   ///< as written, decoded
};

struct Outline {
  std::vector<Element> elements;  ///< in page order; a parent stands before its children
  std::vector<TextBlock> blocks;
  std::vector<Anchor> anchors;
  std::uint32_t main = kNoElement;  ///< the main content; kNoElement: the whole page
  std::string title;                ///< first h1, else <title>
  std::string language;
  std::string canonical_url;
  std::string base_href;  ///< of the first base element, as written, decoded
  std::vector<Variant> variants;

  bool is_inside(std::uint32_t element, std::uint32_t ancestor) const;
  Zone zone_of(std::uint32_t element) const;
};

/// `content_selector`: see Policy.
Outline outline_of(const html::Page& page, const html::Encoding& encoding,
                   std::string_view content_selector = {});

/// An attribute's value, decoded to UTF-8; nothing when the attribute is missing.
std::optional<std::string> attribute_text(const html::Page& page, const html::Token& tag,
                                          std::string_view name, const html::Encoding& encoding);

}  // namespace candor::disclosure
