#pragma once
// The HTML in a feed's items, and where each of its bytes stands in the feed.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "html/edit.h"

namespace candor::disclosure {

/// Bytes of an item's HTML that the feed writes in one way.
struct FeedRun {
  enum class Kind : std::uint8_t {
    Literal,    ///< as they are, in a text
    Raw,        ///< as they are, in a CDATA section or in XHTML
    Reference,  ///< all of them as one "&lt;", or otherwise than HTML writes them
  };
  Kind kind = Kind::Literal;
  std::size_t html_begin = 0;
  ByteRange source;
};

/// One description, content or summary of an item.
struct FeedPart {
  std::string html;
  std::vector<FeedRun> runs;  ///< in order; they cover `html`
  std::string item_title;
  std::string item_link;
  std::string language;    ///< of the HTML, the item or the feed, or empty
  bool is_markup = false;  ///< written as elements of the feed, not as text
  ByteRange root;          ///< the element outside of which nothing may stand; mostly empty
  std::string prefix;      ///< "h:", of the HTML's elements in the feed; mostly empty

  /// Where the byte of `html` stands in the feed.
  std::size_t source_of(std::size_t offset) const;
  /// Edits of `html` as edits of the feed; false when one would cut a reference, or leave the
  /// HTML's root.
  bool translate(const std::vector<html::Edit>& edits, std::vector<html::Edit>& to) const;
};

/// RSS or Atom, told by the root element.
bool is_feed(std::string_view bytes);

struct FeedParts {
  std::vector<FeedPart> parts;
  std::vector<std::string> unread;  ///< why the HTML of some items, or all, could not be read
};
FeedParts feed_parts(std::string_view feed);

}  // namespace candor::disclosure
