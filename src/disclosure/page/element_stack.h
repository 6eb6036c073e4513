#pragma once
// The open elements while a page is read, with HTML's implied end tags: a depth-limited likeness of
// the tree builder's stack, linear in the page.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "disclosure/page/outline.h"

namespace candor::disclosure {

class ElementStack {
 public:
  ElementStack(const html::Page& page, std::vector<Element>& elements)
      : page_(page), elements_(elements) {}

  /// Closes what a start tag closes by itself, then adds its element. The element is left open
  /// unless it is void. Returns its index.
  std::uint32_t start(std::uint32_t token, Tag tag);
  /// Closes the element an end tag belongs to and those inside it. Returns its index, or kNoElement
  /// for a stray end tag.
  std::uint32_t end(std::uint32_t token, Tag tag);
  void close_all(std::uint32_t token);

  std::uint32_t top() const { return open_.empty() ? kNoElement : open_.back(); }
  /// Innermost open element that makes a block; kNoElement at the page's top.
  std::uint32_t block() const { return blocks_.empty() ? kNoElement : blocks_.back(); }

 private:
  Tag tag_of(std::uint32_t element) const { return elements_[element].tag; }
  bool is_open(Tag tag) const { return count_[static_cast<std::size_t>(tag)] > 0; }
  bool same_name(std::uint32_t element, const html::Token& tag) const;
  /// Pops down to position `to`; everything above ends in front of `token`.
  void pop_to(std::size_t to, std::uint32_t token);
  /// Position of the innermost open `tag` above a fence of scopes; open_.size() when there is none.
  std::size_t find_in_scope(Tag tag) const;
  void close_implied(std::uint32_t token, Tag tag);
  void close_first_of(std::initializer_list<Tag> tags, std::initializer_list<Tag> fences,
                      std::uint32_t token);
  std::uint32_t end_formatting(std::uint32_t token, Tag tag);
  std::uint32_t end_inline(std::uint32_t token, Tag tag);
  std::uint32_t close_at(std::size_t position, std::uint32_t token);

  const html::Page& page_;
  std::vector<Element>& elements_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t>
      blocks_;  ///< for each open element the innermost block, itself included
  std::array<std::uint32_t, 256> count_{};
  std::uint32_t too_deep_ = 0;  ///< elements open beyond the depth limit: known by number only
};

}  // namespace candor::disclosure
