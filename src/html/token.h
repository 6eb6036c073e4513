#pragma once
// What a page is made of: tags, text, comments, each with the exact bytes it came from. Tokens tile
// the page: the first begins at 0, each begins where the one before ends, the last ends at the
// page's size.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"

namespace candor::html {

enum class TokenKind : std::uint8_t {
  Text,
  StartTag,
  EndTag,
  Comment,  ///< also bogus comments and processing instructions
  Doctype,
  Cdata,       ///< a CDATA section in foreign content, with its delimiters
  Unfinished,  ///< bytes that make no token in the standard's sense: a tag cut off by the end of
               ///< the page, or "</>"
};

/// How the text behind a start tag is read (WHATWG 13.2.5): decided by the tokenizer's parse
/// feedback.
enum class TextMode : std::uint8_t { Data, Rcdata, Rawtext, ScriptData, Plaintext };

enum class Quote : std::uint8_t { NoValue, Unquoted, Single, Double };

/// A ByteRange in half the room: tokens are what a page's reading writes most of.
struct PageRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend auto operator<=>(const PageRange&, const PageRange&) = default;

  operator ByteRange() const { return {begin, end}; }
  std::size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(std::size_t offset) const { return begin <= offset && offset < end; }
  std::string_view of(std::string_view page) const { return {page.data() + begin, size()}; }
};
/// Longer pages have no tokens, and nothing of them is certain.
inline constexpr std::size_t kLongestPage = 0xFFFFFFFFU;

struct Attribute {
  PageRange name;
  PageRange value;  ///< without quotes; empty and at name.end for NoValue
  Quote quote = Quote::NoValue;
};

/// The element names that tree construction decides on (element_table.h).
enum class Tag : std::uint8_t;

struct Token {
  TokenKind kind = TokenKind::Text;
  TextMode mode = TextMode::Data;  ///< of a Text token: the mode it was read in; of a start tag:
                                   ///< the mode it begins
  bool self_closing : 1 = false;   ///< of a start tag: ends in "/>"
  bool foreign : 1 = false;        ///< the tag of an svg or math element, their roots included
  Tag tag{};                       ///< of tags, by name; Tag::Other for most names
  PageRange range;                 ///< all bytes of the token
  PageRange name;                  ///< of tags
  std::uint32_t first_attribute = 0;
  std::uint32_t attribute_count = 0;  ///< of start tags; end tags have none in the standard's sense
};

struct TokenizeLimits {
  std::size_t depth = 512;  ///< open elements tracked; deeper ones are not (as browsers cap theirs)
  std::size_t attributes_per_tag =
      1024;  ///< further ones are passed over, their bytes still belong to the tag
};

struct Page {
  std::string_view bytes;  ///< the caller's buffer; must outlive this
  std::vector<Token> tokens;
  std::vector<Attribute> attributes;
  /// Offset from which tag boundaries are uncertain because browsers differ (text-type tag inside
  /// select, after frameset): nothing may be edited at or behind it. Page size when all is certain.
  std::size_t certain_until = 0;
  /// Whether it ever mattered to the page's reading which attributes a formatting element (a, b,
  /// font, ...) has.
  bool attributes_compared = false;
  TokenizeLimits limits;  ///< the ones it was made with

  std::span<const Attribute> attributes_of(const Token& token) const {
    return std::span(attributes).subspan(token.first_attribute, token.attribute_count);
  }
  std::string_view name_of(const Token& token) const { return token.name.of(bytes); }
  /// Whether the tag's name is this one, ignoring ASCII case.
  bool is(const Token& token, std::string_view lower_case_name) const;
  /// First attribute of the name (the one browsers use), or null.
  const Attribute* find_attribute(const Token& token, std::string_view lower_case_name) const;
};

}  // namespace candor::html
