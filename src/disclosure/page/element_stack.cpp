#include "disclosure/page/element_stack.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

using enum Tag;

constexpr std::size_t kDepth = 512;

bool is_scope_fence(Tag tag) {
  return tag == Table || tag == Td || tag == Th || tag == Caption || tag == Template ||
         tag == Object || tag == Applet || tag == Marquee || tag == Html;
}

bool one_of(Tag tag, std::initializer_list<Tag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_table_part(Tag tag) {
  return one_of(tag, {Table, Caption, Colgroup, Tbody, Thead, Tfoot, Tr, Td, Th});
}

/// Elements that an inline element's end tag cannot reach over.
bool is_special(Tag tag) { return is_block(tag) || tag == Button; }

}  // namespace

bool ElementStack::same_name(std::uint32_t element, const html::Token& tag) const {
  const html::Token& start = page_.tokens[elements_[element].start_token];
  return ascii::equals_ignoring_case(page_.name_of(start), page_.name_of(tag));
}

void ElementStack::pop_to(std::size_t to, std::uint32_t token) {
  while (open_.size() > to) {
    elements_[open_.back()].end_token = token;
    --count_[static_cast<std::size_t>(tag_of(open_.back()))];
    open_.pop_back();
    blocks_.pop_back();
  }
}

std::size_t ElementStack::find_in_scope(Tag tag) const {
  if (!is_open(tag)) return open_.size();
  for (std::size_t i = open_.size(); i-- > 0;) {
    const Tag here = tag_of(open_[i]);
    if (here == tag) return i;
    if (is_scope_fence(here) || (tag == P && here == Button)) return open_.size();
  }
  return open_.size();
}

void ElementStack::close_first_of(std::initializer_list<Tag> tags,
                                  std::initializer_list<Tag> fences, std::uint32_t token) {
  if (std::none_of(tags.begin(), tags.end(), [this](Tag tag) { return is_open(tag); })) return;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const Tag here = tag_of(open_[i]);
    if (one_of(here, tags)) return pop_to(i, token);
    if (one_of(here, fences) || here == Template) return;
  }
}

void ElementStack::close_implied(std::uint32_t token, Tag tag) {
  if (closes_p(tag))
    if (const std::size_t at = find_in_scope(P); at != open_.size()) pop_to(at, token);
  switch (tag) {
    case Li:
      return close_first_of({Li}, {Ul, Ol, Menu, Table, Td, Th, Caption, Object}, token);
    case Dd:
    case Dt:
      return close_first_of({Dd, Dt}, {Dl, Table, Td, Th, Caption, Object}, token);
    case Option:
      return close_first_of({Option}, {Select, Optgroup}, token);
    case Optgroup:
      return close_first_of({Optgroup}, {Select}, token);
    case Td:
    case Th:
      return close_first_of({Td, Th, Caption}, {Tr, Table}, token);
    case Tr:
      return close_first_of({Tr, Caption}, {Table}, token);
    case Tbody:
    case Thead:
    case Tfoot:
      return close_first_of({Tbody, Thead, Tfoot, Caption}, {Table}, token);
    case A:
      if (const std::size_t at = find_in_scope(A); at != open_.size()) close_at(at, token);
      return;
    default:
      break;
  }
  if (is_heading(tag) && !open_.empty() && is_heading(tag_of(open_.back())))
    pop_to(open_.size() - 1, token);
  // The end tag of head may be left out: content of the body closes it.
  if (tag == Body || (is_open(Head) && tag_of(open_.back()) == Head && is_block(tag) &&
                      !one_of(tag, {Title, Template, Noscript, Head})))
    close_first_of({Head}, {}, token);
}

std::uint32_t ElementStack::start(std::uint32_t token, Tag tag) {
  const html::Token& start_tag = page_.tokens[token];
  if (!start_tag.foreign) close_implied(token, tag);
  const auto index = static_cast<std::uint32_t>(elements_.size());
  Element element;
  element.start_token = token;
  element.end_token = token;
  element.parent = top();
  element.tag = tag;
  element.foreign = start_tag.foreign;
  elements_.push_back(element);
  const bool empty = start_tag.foreign ? start_tag.self_closing : is_void(tag);
  if (empty) return index;
  if (open_.size() >= kDepth) {
    ++too_deep_;
    return index;
  }
  blocks_.push_back(is_block(tag) ? index : block());
  open_.push_back(index);
  ++count_[static_cast<std::size_t>(tag)];
  return index;
}

std::uint32_t ElementStack::close_at(std::size_t position, std::uint32_t token) {
  const std::uint32_t element = open_[position];
  bool block_above = false;
  for (std::size_t i = position + 1; i < open_.size() && !block_above; ++i)
    block_above = is_special(tag_of(open_[i]));
  if (!block_above) {
    pop_to(position, token);
    return element;
  }
  elements_[element].end_token = token;
  elements_[element].misnested = true;
  --count_[static_cast<std::size_t>(tag_of(element))];
  // A formatting element is no block: what stands above it keeps its innermost block.
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(position));
  blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(position));
  return element;
}

std::uint32_t ElementStack::end_formatting(std::uint32_t token, Tag tag) {
  const std::size_t at = find_in_scope(tag);
  return at == open_.size() ? kNoElement : close_at(at, token);
}

std::uint32_t ElementStack::end_inline(std::uint32_t token, Tag tag) {
  for (std::size_t i = open_.size(); i-- > 0;) {
    const Tag here = tag_of(open_[i]);
    if (here == tag && (tag != Other || same_name(open_[i], page_.tokens[token]))) {
      const std::uint32_t element = open_[i];
      pop_to(i, token);
      return element;
    }
    if (is_special(here)) return kNoElement;
  }
  return kNoElement;
}

std::uint32_t ElementStack::end(std::uint32_t token, Tag tag) {
  if (too_deep_ > 0) {
    --too_deep_;
    return kNoElement;
  }
  // An end tag of body or html is not believed: browsers put what follows into the body.
  if (!is_open(tag) || tag == Body || tag == Html) return kNoElement;
  std::uint32_t closed = kNoElement;
  if (is_formatting(tag)) {
    closed = end_formatting(token, tag);
  } else if (!is_special(tag)) {
    closed = end_inline(token, tag);
  } else {
    std::size_t at = open_.size();
    if (is_table_part(tag) || tag == Template) {
      for (std::size_t i = open_.size(); i-- > 0 && at == open_.size();) {
        if (tag_of(open_[i]) == tag) at = i;
        if (tag_of(open_[i]) == Table || tag_of(open_[i]) == Template) break;
      }
    } else {
      at = find_in_scope(tag);
    }
    if (at == open_.size()) return kNoElement;
    closed = open_[at];
    pop_to(at, token);
  }
  if (closed != kNoElement) elements_[closed].has_end_tag = true;
  return closed;
}

void ElementStack::close_all(std::uint32_t token) { pop_to(0, token); }

}  // namespace candor::disclosure
