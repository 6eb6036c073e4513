// The list of active formatting elements and the adoption agency algorithm (WHATWG 13.2.4.3,
// 13.2.6.4.7). Without a tree, the agency only reorders the stack and the list; what it moves
// between parents does not matter here.
#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "html/open_elements.h"

namespace candor::html {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
/// Each new paragraph reopens all of them; pages that nest more than this are hostile.
constexpr std::size_t kMostFormatting = 64;
constexpr int kSameFormatting = 3;  // "Noah's Ark clause"
constexpr int kAdoptions = 8;
constexpr int kRenewals = 3;

/// Eight bytes at a time: links have long values.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  std::uint64_t hash = (seed + text.size()) * kFactor;
  for (std::size_t at = 0; at < text.size(); at += sizeof hash) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
    hash = (hash ^ (hash >> 29U) ^ word) * kFactor;
  }
  return hash;
}

}  // namespace

std::size_t OpenElements::find_entry(std::uint32_t id) const {
  for (std::size_t entry = formatting_.size(); entry-- > 0;)
    if (!formatting_[entry].marker && formatting_[entry].id == id) return entry;
  return kNone;
}

std::size_t OpenElements::find_formatting(Tag tag) const {
  for (std::size_t entry = formatting_.size(); entry-- > 0;) {
    if (formatting_[entry].marker) return kNone;
    if (formatting_[entry].tag == tag) return entry;
  }
  return kNone;
}

bool OpenElements::has_formatting(Tag tag) const { return find_formatting(tag) != kNone; }

void OpenElements::forget_formatting(Tag tag) {
  const std::size_t entry = find_formatting(tag);
  if (entry == kNone) return;
  const std::size_t index = formatting_[entry].open ? find_on_stack(formatting_[entry].id) : kNone;
  formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(entry));
  if (index != kNone) remove_from_stack(index);
}

void OpenElements::push_formatting(Tag tag, std::string_view name,
                                   std::span<const Attribute> attributes) {
  Formatting added;
  added.name = name;
  added.id = next_id_;
  added.tag = tag;
  added.open = true;
  if (!attributes.empty())
    added.first_attribute =
        static_cast<std::uint32_t>(attributes.data() - read_from_.attributes->data());
  added.attribute_count = static_cast<std::uint32_t>(attributes.size());
  if (read_from_.attributes != first_.attributes)
    added.attributes_hash = attributes_hash(added, read_from_);
  if (!push_html(tag, name) || formatting_.size() >= kMostFormatting) return;
  drop_fourth(added);
  formatting_.push_back(added);
}

/// Of more than three elements with the same name and attributes the earliest leaves the list.
void OpenElements::drop_fourth(const Formatting& added) {
  int same_name = 0;
  for (std::size_t entry = formatting_.size(); entry-- > 0 && !formatting_[entry].marker;)
    same_name += formatting_[entry].tag == added.tag ? 1 : 0;
  if (same_name < kSameFormatting) return;
  compared_attributes_ = true;
  const std::uint64_t hash =
      added.attributes_hash == 0 ? attributes_hash(added, first_) : added.attributes_hash;
  int same = 0;
  std::size_t earliest = kNone;
  for (std::size_t entry = formatting_.size(); entry-- > 0 && !formatting_[entry].marker;) {
    Formatting& each = formatting_[entry];
    if (each.tag != added.tag || each.attribute_count != added.attribute_count) continue;
    if (each.attributes_hash == 0) each.attributes_hash = attributes_hash(each, first_);
    if (each.attributes_hash != hash) continue;
    ++same;
    earliest = entry;
  }
  if (same >= kSameFormatting)
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(earliest));
}

/// Equal for tags with the same attributes in any order, as written; never 0.
std::uint64_t OpenElements::attributes_hash(const Formatting& entry, const Source& source) {
  std::uint64_t sum = entry.attribute_count;
  for (std::uint32_t i = 0; i < entry.attribute_count; ++i) {
    const Attribute& attribute = (*source.attributes)[entry.first_attribute + i];
    std::uint64_t name = 0;
    for (const char c : attribute.name.of(source.bytes))
      name = name * 31 + static_cast<unsigned char>(ascii::lower(c));
    sum += hash_of(attribute.value.of(source.bytes), name);
  }
  return sum | 1U;
}

bool OpenElements::same_entry(std::size_t entry, const OpenElements& other) const {
  const Formatting& mine = formatting_[entry];
  const Formatting& theirs = other.formatting_[entry];
  if (mine.marker || theirs.marker) return mine.marker == theirs.marker;
  return mine.tag == theirs.tag && mine.open == theirs.open &&
         mine.attributes_hash == theirs.attributes_hash &&
         mine.first_attribute == theirs.first_attribute &&
         mine.attribute_count == theirs.attribute_count &&
         (!mine.open || find_on_stack(mine.id) == other.find_on_stack(theirs.id));
}

void OpenElements::add_marker() {
  Formatting marker;
  marker.marker = true;
  formatting_.push_back(marker);
}

void OpenElements::clear_to_marker() {
  while (!formatting_.empty()) {
    const bool marker = formatting_.back().marker;
    formatting_.pop_back();
    if (marker) return;
  }
}

void OpenElements::reconstruct_formatting() {
  std::size_t first = formatting_.size();
  while (first > 0 && !formatting_[first - 1].marker && !formatting_[first - 1].open) --first;
  for (; first < formatting_.size(); ++first) {
    Formatting& entry = formatting_[first];
    const std::uint32_t id = next_id_;
    if (!push_html(entry.tag, entry.name)) return;
    entry.id = id;
    entry.open = true;
  }
}

void OpenElements::adopt(Tag tag, std::string_view name) {
  if (!empty() && current().is_html(tag) && find_entry(current().id) == kNone) return pop();
  for (int round = 0; round < kAdoptions; ++round)
    if (!adopt_once(tag, name)) return;
}

std::size_t OpenElements::find_furthest_block(std::size_t formatting) const {
  for (std::size_t index = formatting + 1; index < stack_.size(); ++index)
    if (stack_[index].has(kSpecial)) return index;
  return kNone;
}

/// One round of the outer loop; false when the algorithm ends.
bool OpenElements::adopt_once(Tag tag, std::string_view name) {
  std::size_t entry = find_formatting(tag);
  if (entry == kNone) {
    close_other(tag, name);
    return false;
  }
  if (!formatting_[entry].open) {
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(entry));
    return false;
  }
  const std::size_t formatting = find_on_stack(formatting_[entry].id);
  for (std::size_t index = stack_.size() - 1; index > formatting; --index)
    if (stack_[index].has(kScopeFence)) return false;
  std::size_t furthest = find_furthest_block(formatting);
  if (furthest == kNone) {
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(entry));
    pop_to(formatting);
    return false;
  }
  std::size_t bookmark = entry;
  renew_between(formatting, furthest, entry, bookmark);

  Formatting renewed = formatting_[entry];
  renewed.id = next_id_++;
  formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(entry));
  if (entry < bookmark) --bookmark;
  formatting_.insert(formatting_.begin() + static_cast<std::ptrdiff_t>(bookmark), renewed);
  OpenElement element = stack_[formatting];
  element.id = renewed.id;
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(formatting);
  std::rotate(begin, begin + 1, stack_.begin() + static_cast<std::ptrdiff_t>(furthest) + 1);
  stack_[furthest] = element;  // right below the furthest block, which moved up by one
  return true;
}

/// The inner loop: elements between the formatting element and the furthest block are renewed when
/// they format, else they leave the stack. `bookmark` ends up where the formatting element's new
/// entry goes.
void OpenElements::renew_between(std::size_t formatting, std::size_t& furthest, std::size_t& entry,
                                 std::size_t& bookmark) {
  bool first_renewed = true;
  int seen = 0;
  for (std::size_t index = furthest; --index > formatting;) {
    ++seen;
    std::size_t own = stack_[index].has(kFormatting) ? find_entry(stack_[index].id) : kNone;
    if (seen > kRenewals && own != kNone) {
      formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(own));
      if (own < entry) --entry;
      if (own < bookmark) --bookmark;
      own = kNone;
    }
    if (own == kNone) {
      remove_from_stack(index);
      --furthest;
      continue;
    }
    stack_[index].id = formatting_[own].id = next_id_++;
    if (first_renewed) bookmark = own + 1;
    first_renewed = false;
  }
}

}  // namespace candor::html
