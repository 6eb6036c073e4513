#include "link/link_table.h"

#include <bit>
#include <functional>
#include <utility>

namespace candor {
namespace {

struct KeyHash {
  explicit KeyHash(std::string_view key) : value(std::hash<std::string_view>{}(key)) {}
  std::size_t home(std::size_t slots) const { return value & (slots - 1); }
  std::uint32_t tag() const { return static_cast<std::uint32_t>(value >> 32); }

  std::size_t value;
};

std::string_view slug_of(const LinkEntry& entry) { return entry.slug; }
std::string_view path_of(const ArticleEntry& entry) { return entry.path; }

}  // namespace

// A power of two at least twice the entries: short probes, and the probe always meets a free slot.
template <class Entry, class KeyOf>
std::vector<LinkTable::Slot> LinkTable::build_index(const std::vector<Entry>& entries,
                                                    KeyOf key_of) {
  if (entries.empty()) return {};
  std::vector<Slot> index(std::bit_ceil(entries.size() * 2));
  for (std::size_t position = 0; position < entries.size(); ++position) {
    const KeyHash hash(key_of(entries[position]));
    std::size_t slot = hash.home(index.size());
    while (index[slot].next_position != 0) slot = (slot + 1) & (index.size() - 1);
    index[slot] = {static_cast<std::uint32_t>(position + 1), hash.tag()};
  }
  return index;
}

template <class Entry, class KeyOf>
const Entry* LinkTable::find_entry(const std::vector<Entry>& entries,
                                   const std::vector<Slot>& index, std::string_view key,
                                   KeyOf key_of) {
  if (index.empty()) return nullptr;
  const KeyHash hash(key);
  for (std::size_t slot = hash.home(index.size()); index[slot].next_position != 0;
       slot = (slot + 1) & (index.size() - 1)) {
    if (index[slot].tag != hash.tag()) continue;
    const Entry& entry = entries[index[slot].next_position - 1];
    if (key_of(entry) == key) return &entry;
  }
  return nullptr;
}

LinkTable::LinkTable(std::vector<LinkEntry> links, std::vector<ArticleEntry> articles)
    : links_(std::move(links)),
      articles_(std::move(articles)),
      link_index_(build_index(links_, slug_of)),
      article_index_(build_index(articles_, path_of)) {}

const LinkEntry* LinkTable::find_link(std::string_view slug) const {
  return find_entry(links_, link_index_, slug, slug_of);
}

ArticleId LinkTable::find_article(std::string_view path) const {
  const ArticleEntry* entry = find_entry(articles_, article_index_, path, path_of);
  return entry != nullptr ? entry->id : ArticleId{};
}

}  // namespace candor
