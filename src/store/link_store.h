#pragma once
// Links and articles: what redirects point at and which pages carry them. Callable from any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "link/link.h"
#include "link/link_block.h"

namespace candor::store {

struct Article {
  ArticleId id;
  std::string path;  ///< canonical URL path
  std::string title;
  std::string verdict;  ///< of the last audit ("pass", "fail", ..., empty: never audited)
  std::string origin;   ///< "inject", "audit", "owner": how it became known
  std::int64_t seen_at_ms = 0;
  std::int64_t finding_count = 0;  ///< errors and warnings of the last audit
  std::string findings_json;  ///< the last audit's findings, as the API shows them; "[]" when none
  bool wholly_paid = false;  ///< every link of it to a shop pays; a scan without a verdict keeps it
};

struct ScannedLink {
  std::int64_t placement = 0;
  std::string href;
  std::string network;
  std::string slug;  ///< empty: a direct link
};

/// What an audit or injection saw of one article; replaces what was known of its links.
struct ArticleScan {
  Article article;  ///< id ignored
  std::vector<ScannedLink> links;
};

/// What a table of links needs to catch up, all of one moment.
struct LinkChanges {
  std::int64_t epoch = 0;
  std::vector<Link> links{};  ///< added or changed
  std::vector<LinkId> removed{};
};

class LinkStore {
 public:
  virtual ~LinkStore() = default;

  /// By slug; with `include_disabled` false only active ones.
  virtual std::vector<Link> list_links(bool include_disabled) const = 0;
  /// In pieces, by id or by slug: those above `after`, at most `limit`, disabled ones too.
  virtual std::vector<Link> list_links_after(LinkId after, std::size_t limit) const = 0;
  virtual std::vector<Link> list_links_after(std::string_view after, std::size_t limit) const = 0;
  virtual std::optional<Link> find_link(std::string_view slug) const = 0;
  /// Also a removed link: past clicks and commissions name it.
  virtual std::optional<Link> find_link(LinkId id) const = 0;
  /// Nothing when the slug is taken. The returned link has its id.
  virtual std::optional<Link> add_link(const Link& link) = 0;
  /// All at once or none; existing slugs are left as they are and returned as stored.
  virtual std::vector<Link> add_links(const std::vector<Link>& links) = 0;
  /// False when there is no such id, or the new slug is taken.
  virtual bool update_link(const Link& link) = 0;
  /// Removes the link from redirects; its clicks and commissions stay (the row is kept as removed).
  virtual bool remove_link(LinkId id) = 0;

  virtual std::vector<Article> list_articles() const = 0;
  /// By id, those above `after`. An article's path never changes.
  virtual std::vector<ArticleEntry> list_article_paths(ArticleId after) const = 0;
  virtual std::optional<Article> find_article(std::string_view path) const = 0;
  virtual std::optional<Article> find_article(ArticleId id) const = 0;
  /// Paths of the articles whose every link to a shop pays.
  virtual std::vector<std::string> list_wholly_paid() const = 0;
  virtual std::vector<ScannedLink> list_article_links(ArticleId id) const = 0;
  /// One transaction. A scan without a verdict (or title) keeps the last known one; the origin
  /// stays the first one.
  virtual void record_scans(const std::vector<ArticleScan>& scans) = 0;

  /// Amazon's tracking ID that the direct links on an article's pages carry; see rule_store.h.
  virtual std::optional<std::string> find_page_tag(std::string_view path) const = 0;

  /// Rises with every change of a link, article or page's tag: a new LinkTable is due. Begins at 1.
  virtual std::int64_t link_epoch() const = 0;
  /// Nothing when more than `limit` links have changed since the epoch.
  virtual std::optional<LinkChanges> list_link_changes(std::int64_t since,
                                                       std::size_t limit) const = 0;
};

/// Gives `use` every link, disabled ones too, by slug. They are read in pieces, so that few are
/// held at a time and the database's log can be cut meanwhile; a slug comes at most once whatever
/// changes.
template <class Use>
void each_link(const LinkStore& store, Use use) {
  constexpr std::size_t kAtOnce = 10'000;
  for (std::string last;;) {
    const std::vector<Link> links = store.list_links_after(std::string_view(last), kAtOnce);
    if (links.empty()) return;
    for (const Link& link : links) use(link);
    last = links.back().slug;
  }
}

}  // namespace candor::store
