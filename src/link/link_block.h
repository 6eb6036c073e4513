#pragma once
// Links and articles packed for look-ups: the plain links' texts in one run of bytes, which is also
// what links.snapshot holds. Immutable once built; read by any thread without a lock.
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/strong_id.h"
#include "link/destination.h"
#include "link/link.h"
#include "link/text_index.h"

namespace candor {

struct LinkPlan;

/// A link made ready for redirecting.
struct LinkEntry {
  LinkId id;
  std::string slug;
  Destination destination;  ///< of a link without a plan
  LinkState state = LinkState::Active;
  bool keeps_referer = true;  ///< Referrer-Policy lets the merchant see our page ("unsafe-url"
                              ///< never: origin only otherwise)
  std::shared_ptr<const LinkPlan> plan{};  ///< rules and the like (link/route.h); mostly none
};

/// The same as a table holds it; views the table's bytes.
struct FoundLink {
  LinkId id;
  std::string_view slug;
  DestinationView destination;
  LinkState state = LinkState::Active;
  bool keeps_referer = true;
  const LinkPlan* plan = nullptr;
};

/// A link with a cap, and how many people had clicked it when the table was built.
struct CappedLink {
  LinkId id;
  std::int64_t human_clicks = 0;
};

struct ArticleEntry {
  ArticleId id;
  std::string path;  ///< canonical URL path, begins with '/'

  friend bool operator==(const ArticleEntry&, const ArticleEntry&) = default;
};

/// What a block is made of: everything there is, or what changed since an earlier epoch.
struct LinkContent {
  explicit LinkContent(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
      : plain(memory) {}

  void add(const LinkEntry& link);
  void add(const FoundLink& link);

  std::int64_t since = 0;  ///< of the store's epochs, the last one without these changes; 0: all
  std::int64_t epoch = 0;  ///< the last one with them
  std::pmr::vector<char> plain;   ///< records: a head, slug and destination, each from a multiple
                                  ///< of eight
  std::vector<LinkEntry> rare{};  ///< links with a plan, and texts too long for a record
  std::vector<ArticleEntry> articles{};
  std::vector<LinkId> replaced{};  ///< links of which an older block holds nothing true any more
};

class LinkBlock {
 public:
  LinkBlock() : LinkBlock(LinkContent()) {}
  explicit LinkBlock(LinkContent content);
  // The index is made of positions in the content.
  LinkBlock(const LinkBlock&) = delete;
  LinkBlock& operator=(const LinkBlock&) = delete;

  /// Nothing when there is none. Case-sensitive; allocates nothing. Of two links with one slug the
  /// first wins.
  std::optional<FoundLink> find_link(std::string_view slug, std::uint64_t hash) const;
  const ArticleEntry* find_article(std::string_view path, std::uint64_t hash) const;
  const ArticleEntry* find_article(ArticleId id) const;
  bool replaces(LinkId id) const { return replaced_.contains(id); }
  /// Holds every link, not only changes.
  bool is_complete() const { return content_.since == 0; }
  /// Whether `changes` on top of this are the links as of the changes' epoch.
  bool takes(const LinkBlock& changes) const {
    return changes.content_.since <= content_.epoch && content_.epoch <= changes.content_.epoch;
  }
  /// This with `changes` in it.
  LinkContent merged_with(const LinkBlock& changes, std::pmr::memory_resource* memory =
                                                        std::pmr::get_default_resource()) const;

  const LinkContent& content() const { return content_; }
  std::size_t link_count() const { return plain_count_ + content_.rare.size(); }
  ArticleId last_article() const;

  /// Of a link outside a table, as if it were in one.
  static FoundLink view_of(const LinkEntry& link);
  /// How many records the bytes are; nothing when they are not whole records.
  static std::optional<std::size_t> count_records(std::span<const char> plain);

 private:
  FoundLink plain_link(std::size_t at, std::size_t* next = nullptr) const;
  FoundLink link_at(std::uint32_t number) const;
  void index_links();
  void index_articles();

  LinkContent content_;
  std::size_t plain_count_ = 0;
  TextIndex links_;
  TextIndex articles_;
  std::vector<std::uint32_t> articles_by_id_;  // positions
  std::unordered_set<LinkId> replaced_;
};

}  // namespace candor
