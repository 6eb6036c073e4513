#include "link/link_table.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>
#include <utility>

#include "link/route.h"

namespace candor {
namespace {

struct KeyHash {
  explicit KeyHash(std::string_view key) : value(std::hash<std::string_view>{}(key)) {}
  std::size_t home(std::size_t slots) const { return value & (slots - 1); }
  std::uint32_t tag() const { return static_cast<std::uint32_t>(value >> 32); }

  std::size_t value;
};

std::string_view slug_of(const LinkEntry& entry) { return entry.slug; }
std::string_view article_key(const ArticleEntry& entry) { return entry.path; }

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
      article_index_(build_index(articles_, article_key)),
      articles_by_id_(articles_.size()) {
  std::iota(articles_by_id_.begin(), articles_by_id_.end(), 0U);
  std::ranges::sort(articles_by_id_, {}, [this](std::uint32_t at) { return articles_[at].id; });
  for (const LinkEntry& link : links_)
    if (link.plan && link.plan->link.click_cap > 0)
      capped_.push_back({link.id, link.plan->human_clicks});
}

const LinkEntry* LinkTable::find_link(std::string_view slug) const {
  return find_entry(links_, link_index_, slug, slug_of);
}

ArticleId LinkTable::find_article(std::string_view path) const {
  const ArticleEntry* entry = find_entry(articles_, article_index_, path, article_key);
  return entry != nullptr ? entry->id : ArticleId{};
}

std::string_view LinkTable::path_of(ArticleId article) const {
  const auto found = std::ranges::lower_bound(
      articles_by_id_, article, {}, [this](std::uint32_t at) { return articles_[at].id; });
  if (found == articles_by_id_.end() || articles_[*found].id != article) return {};
  return articles_[*found].path;
}

}  // namespace candor
