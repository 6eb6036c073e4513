#pragma once
// What the redirect front needs to know of links and articles, frozen: built once, then read by any
// thread without a lock.
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "link/destination.h"
#include "link/link.h"

namespace candor {

struct LinkPlan;

struct LinkEntry {
  LinkId id;
  std::string slug;
  Destination destination;  ///< of a link without a plan
  LinkState state = LinkState::Active;
  bool keeps_referer = true;  ///< Referrer-Policy lets the merchant see our page ("unsafe-url"
                              ///< never: origin only otherwise)
  std::shared_ptr<const LinkPlan> plan{};  ///< rules and the like (link/route.h); mostly none
};

/// A link with a cap, and how many people had clicked it when the table was built.
struct CappedLink {
  LinkId id;
  std::int64_t human_clicks = 0;
};

struct ArticleEntry {
  ArticleId id;
  std::string path;  ///< canonical URL path, begins with '/'
};

class LinkTable {
 public:
  LinkTable() = default;
  LinkTable(std::vector<LinkEntry> links, std::vector<ArticleEntry> articles);

  /// Null when there is none. Case-sensitive; allocates nothing. Of two links with one slug the
  /// first wins. The pointer lives as long as the table.
  const LinkEntry* find_link(std::string_view slug) const;
  /// The none-id when the path is not a known article.
  ArticleId find_article(std::string_view path) const;

  /// Empty when the article is not known.
  std::string_view path_of(ArticleId article) const;
  std::span<const CappedLink> capped_links() const { return capped_; }

  std::span<const LinkEntry> links() const { return links_; }
  std::span<const ArticleEntry> articles() const { return articles_; }

 private:
  std::vector<LinkEntry> links_;
  std::vector<ArticleEntry> articles_;
  /// A slot of an open-addressing index. The tag, a part of the key's hash, spares most looks at
  /// entries that are not the one wanted: with a million links each look is a wait for memory.
  struct Slot {
    std::uint32_t next_position = 0;  ///< position + 1; 0: free
    std::uint32_t tag = 0;
  };
  template <class Entry, class KeyOf>
  static std::vector<Slot> build_index(const std::vector<Entry>& entries, KeyOf key_of);
  template <class Entry, class KeyOf>
  static const Entry* find_entry(const std::vector<Entry>& entries, const std::vector<Slot>& index,
                                 std::string_view key, KeyOf key_of);

  std::vector<Slot> link_index_;
  std::vector<Slot> article_index_;
  std::vector<std::uint32_t> articles_by_id_;  // positions
  std::vector<CappedLink> capped_;
};

}  // namespace candor
