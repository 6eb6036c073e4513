#pragma once
// Edits of a page: sorted, non-overlapping replacements of byte ranges; every byte outside of them
// passes unchanged.
#include <string>
#include <string_view>
#include <utility>
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
  Overlap,  ///< two edits touch the same bytes
  OutOfPage,
  Changed,  ///< the output does not tokenise to the input's tokens plus the edits: the original
            ///< must go out
};
std::string_view message_of(EditError error);

class EditList {
 public:
  explicit EditList(const Page& page) : page_(page) {}

  /// Markup inserted between tokens; `offset` must be a token border. ASCII only.
  void insert_markup(std::size_t offset, std::string markup);
  /// Sets an attribute's value, keeping its quotes; unquoted values get double quotes; a missing
  /// attribute is added right behind the tag's name. `value` is plain text; it is escaped here.
  void set_attribute(const Token& tag, std::string_view lower_case_name, std::string_view value);

  bool empty() const { return edits_.empty(); }
  std::size_t size() const { return edits_.size(); }

  /// The edited page, tokenised again and compared with the input's tokens plus the edits.
  Result<std::string, EditError> apply() const;

 private:
  const Page& page_;
  std::vector<Edit> edits_;
  std::vector<std::pair<std::uint32_t, std::string>>
      attribute_names_;  // token index -> attribute set, for verification
};

}  // namespace candor::html
