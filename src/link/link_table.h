#pragma once
// What the redirect front needs to know of links and articles, frozen: built once, then read by any
// thread without a lock. A change makes a new table, of the same block and the changes since.
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "link/link_block.h"

namespace candor {

class LinkTable {
 public:
  LinkTable() : LinkTable(std::vector<LinkEntry>{}, {}) {}
  LinkTable(const std::vector<LinkEntry>& links, std::vector<ArticleEntry> articles);
  /// `changes` may be null, else `base` takes them.
  explicit LinkTable(std::shared_ptr<const LinkBlock> base,
                     std::shared_ptr<const LinkBlock> changes = nullptr);

  /// Nothing when there is none. Case-sensitive; allocates nothing. Of two links with one slug the
  /// first wins. What is found lives as long as the table.
  std::optional<FoundLink> find_link(std::string_view slug) const;
  /// The none-id when the path is not a known article.
  ArticleId find_article(std::string_view path) const;

  /// Empty when the article is not known.
  std::string_view path_of(ArticleId article) const;
  std::span<const CappedLink> capped_links() const { return capped_; }

  const std::shared_ptr<const LinkBlock>& base() const { return base_; }
  /// Null when there are none.
  const std::shared_ptr<const LinkBlock>& changes() const { return changes_; }
  /// The block that knows the latest.
  const LinkBlock& newest() const { return changes_ ? *changes_ : *base_; }

 private:
  std::shared_ptr<const LinkBlock> base_;
  std::shared_ptr<const LinkBlock> changes_;
  std::vector<CappedLink> capped_;
};

}  // namespace candor
