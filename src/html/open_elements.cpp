#include "html/open_elements.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::html {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
/// html, body, and a table's parts down to a cell must always fit.
constexpr std::size_t kLeastDepth = 8;

/// Known names have a bucket each; unknown ones share the rest, so that a stray end tag seldom
/// costs a walk over the stack.
std::uint8_t bucket_of(Tag tag, std::string_view name) {
  if (tag != Tag::Other) return static_cast<std::uint8_t>(tag);
  std::uint32_t hash = 0;
  for (const char c : name) hash = hash * 31 + (static_cast<unsigned char>(c) | 0x20U);
  return static_cast<std::uint8_t>(kTagCount + hash % (256 - kTagCount));
}

Traits fence_of(Scope scope) {
  switch (scope) {
    case Scope::Default:
      return kScopeFence;
    case Scope::Button:
      return kScopeFence | kButtonFence;
    case Scope::ListItem:
      return kScopeFence | kListFence;
    case Scope::Table:
      return kTableFence;
  }
  return kScopeFence;
}

}  // namespace

OpenElements::OpenElements(std::string_view bytes, const std::vector<Attribute>& attributes,
                           std::size_t depth_limit)
    : first_{bytes, &attributes},
      read_from_(first_),
      depth_limit_(std::max(depth_limit, kLeastDepth)) {
  stack_.reserve(std::min<std::size_t>(depth_limit_, 512));
}

bool OpenElements::has_in_scope(Tag tag, Scope scope) const {
  if (!has(tag)) return false;
  const Traits fence = fence_of(scope);
  for (auto element = stack_.rbegin(); element != stack_.rend(); ++element) {
    if (element->is_html(tag)) return true;
    if (element->has(fence)) return false;
  }
  return false;
}

bool OpenElements::has_heading_in_scope() const {
  for (auto element = stack_.rbegin(); element != stack_.rend(); ++element) {
    if (element->has(kHeading)) return true;
    if (element->has(kScopeFence)) return false;
  }
  return false;
}

bool OpenElements::push_html(Tag tag, std::string_view name) {
  return push(tag, name, Namespace::Html, traits_of(tag));
}

bool OpenElements::push_foreign(Tag tag, std::string_view name, Namespace space, Traits traits) {
  return push(tag, name, space, traits);
}

bool OpenElements::push(Tag tag, std::string_view name, Namespace space, Traits traits) {
  const std::uint32_t id = next_id_++;
  const std::uint8_t bucket = bucket_of(tag, name);
  if (stack_.size() >= depth_limit_) {
    ++untracked_[bucket];
    ++untracked_total_;
    return false;
  }
  if (space == Namespace::Html) ++count_[bucket];
  stack_.push_back({name, id, tag, space, bucket, traits});
  return true;
}

void OpenElements::left_the_stack(const OpenElement& element) {
  if (untracked_total_ > 0) {
    untracked_.fill(0);
    untracked_total_ = 0;
  }
  if (element.space != Namespace::Html) return;
  --count_[element.bucket];
  if (!element.has(kFormatting)) return;
  const std::size_t entry = find_entry(element.id);
  if (entry != kNone) formatting_[entry].open = false;
}

void OpenElements::pop() {
  const OpenElement element = stack_.back();
  stack_.pop_back();
  left_the_stack(element);
}

void OpenElements::pop_to(std::size_t size) {
  while (stack_.size() > size) pop();
}

void OpenElements::pop_until(Tag tag) {
  while (!stack_.empty()) {
    const bool last = stack_.back().is_html(tag);
    pop();
    if (last) return;
  }
}

void OpenElements::pop_until_heading() {
  while (!stack_.empty()) {
    const bool last = stack_.back().has(kHeading);
    pop();
    if (last) return;
  }
}

void OpenElements::remove_from_stack(std::size_t index) {
  const OpenElement element = stack_[index];
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(index));
  left_the_stack(element);
}

void OpenElements::remove_last(Tag tag) {
  for (std::size_t index = stack_.size(); index-- > 0;)
    if (stack_[index].is_html(tag)) return remove_from_stack(index);
}

void OpenElements::clear_back_to(std::initializer_list<Tag> tags) {
  const auto stays = [&](const OpenElement& element) {
    return std::ranges::any_of(tags, [&](Tag tag) { return element.is_html(tag); });
  };
  while (stack_.size() > 1 && !stays(stack_.back())) pop();
}

void OpenElements::close_implied(Tag except) {
  while (!stack_.empty() && current().has(kImpliedEnd) && current().tag != except) pop();
}

void OpenElements::close_implied_thoroughly() {
  while (!stack_.empty() && current().has(kImpliedEnd | kThoroughEnd)) pop();
}

void OpenElements::close_paragraph() {
  if (!has_in_scope(Tag::P, Scope::Button)) return;
  close_implied(Tag::P);
  pop_until(Tag::P);
}

bool OpenElements::pop_untracked(Tag tag, std::string_view name) {
  if (untracked_total_ == 0) return false;
  std::uint32_t& count = untracked_[bucket_of(tag, name)];
  if (count == 0) return false;
  --count;
  --untracked_total_;
  return true;
}

void OpenElements::close_other(Tag tag, std::string_view name) {
  if (count_[bucket_of(tag, name)] == 0) return;
  for (std::size_t index = stack_.size(); index-- > 0;) {
    const OpenElement& element = stack_[index];
    const bool same = element.is_html(tag) &&
                      (tag != Tag::Other || ascii::equals_ignoring_case(element.name, name));
    if (same) return pop_to(index);  // the implied end tags close what lies above it anyway
    if (element.has(kSpecial)) return;
  }
}

void OpenElements::read_from(std::string_view bytes, const std::vector<Attribute>& attributes) {
  read_from_ = {bytes, &attributes};
}

bool OpenElements::same_state(const OpenElements& other) const {
  if (stack_.size() != other.stack_.size() || formatting_.size() != other.formatting_.size() ||
      untracked_total_ != 0 || other.untracked_total_ != 0)
    return false;
  for (std::size_t index = stack_.size(); index-- > 0;) {
    const OpenElement& mine = stack_[index];
    const OpenElement& theirs = other.stack_[index];
    const bool same = mine.tag == theirs.tag && mine.space == theirs.space &&
                      mine.traits == theirs.traits &&
                      ascii::equals_ignoring_case(mine.name, theirs.name);
    if (!same) return false;
  }
  for (std::size_t entry = 0; entry < formatting_.size(); ++entry)
    if (!same_entry(entry, other)) return false;
  return true;
}

std::size_t OpenElements::find_on_stack(std::uint32_t id) const {
  for (std::size_t index = stack_.size(); index-- > 0;)
    if (stack_[index].id == id) return index;
  return kNone;
}

}  // namespace candor::html
