#pragma once
// Edits of a page: sorted, non-overlapping replacements of byte ranges; every byte outside of them
// passes unchanged.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "base/result.h"
#include "html/token.h"

namespace candor::html {

/// Replaces `range` by `text`; an empty range inserts.
struct Edit {
  ByteRange range;
  std::string text;
};

enum class EditError : unsigned char {
  Overlap,    ///< two edits touch the same bytes, or set the same attribute
  OutOfPage,  ///< outside the page, inside a token, or at or behind certain_until
  BadMarkup,  ///< markup that is not ASCII, or whose text could run into the page's
  Changed,    ///< the output does not tokenise to the input's tokens plus the edits: the original
              ///< must go out
};
std::string_view message_of(EditError error);

class EditList {
 public:
  /// `page` must outlive the list.
  explicit EditList(const Page& page) : page_(page) {}

  /// Markup inserted between tokens; `offset` must be a token border. ASCII only, beginning with
  /// '<' or white space and ending in '>' or white space. Insertions at one border keep their
  /// order.
  void insert_markup(std::size_t offset, std::string markup);
  /// Sets an attribute's value, keeping its quotes; unquoted values get double quotes; a missing
  /// attribute is added right behind the tag's name. `value` is plain text in UTF-8; it is escaped
  /// here. Nothing is edited where the attribute has the value already. `tag` is a start tag of the
  /// page.
  void set_attribute(const Token& tag, std::string_view lower_case_name, std::string_view value);

  bool empty() const { return edits_.empty(); }
  std::size_t size() const { return edits_.size(); }

  /// The edited page, verified: read again from each edit until the reader is where it was on the
  /// page, or whole where that cannot be told, it must be the input's tokens plus the edits.
  Result<std::string, EditError> apply() const;
  /// The verification by a reading of the whole output alone.
  bool reads_back(std::string_view output) const;

  /// As apply splices them in.
  std::vector<Edit> sorted_edits() const;

  /// What an edit means, for the comparison.
  struct Intent {
    Edit edit;
    bool markup = false;            ///< inserted markup; else an attribute is set:
    std::uint32_t value_begin = 0;  ///< where its new value stands in edit.text, as written
    std::uint32_t value_size = 0;
    std::size_t tag = 0;  ///< range.begin of its tag
    std::string name;     ///< lower case

    std::string_view value() const {
      return std::string_view(edit.text).substr(value_begin, value_size);
    }
  };
  using Ordered = std::vector<const Intent*>;  ///< by place

 private:
  Ordered ordered() const;

  const Page& page_;
  std::vector<Intent> edits_;
};

}  // namespace candor::html
