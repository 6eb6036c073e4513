#include "link/link_table.h"

#include <utility>

#include "link/route.h"

namespace candor {
namespace {

std::shared_ptr<const LinkBlock> pack(const std::vector<LinkEntry>& links,
                                      std::vector<ArticleEntry> articles) {
  LinkContent content;
  for (const LinkEntry& link : links) content.add(link);
  content.articles = std::move(articles);
  return std::make_shared<const LinkBlock>(std::move(content));
}

}  // namespace

LinkTable::LinkTable(const std::vector<LinkEntry>& links, std::vector<ArticleEntry> articles)
    : LinkTable(pack(links, std::move(articles))) {}

LinkTable::LinkTable(std::shared_ptr<const LinkBlock> base,
                     std::shared_ptr<const LinkBlock> changes)
    : base_(std::move(base)), changes_(std::move(changes)) {
  for (const LinkBlock* block : {base_.get(), changes_.get()}) {
    if (block == nullptr) continue;
    for (const LinkEntry& link : block->content().rare)
      if (link.plan && link.plan->link.click_cap > 0 &&
          (block == changes_.get() || !changes_ || !changes_->replaces(link.id)))
        capped_.push_back({link.id, link.plan->human_clicks});
  }
}

std::optional<FoundLink> LinkTable::find_link(std::string_view slug) const {
  const std::uint64_t hash = hash_text(slug);
  if (!changes_) return base_->find_link(slug, hash);
  if (auto changed = changes_->find_link(slug, hash)) return changed;
  auto found = base_->find_link(slug, hash);
  if (found && changes_->replaces(found->id)) found.reset();
  return found;
}

ArticleId LinkTable::find_article(std::string_view path) const {
  const std::uint64_t hash = hash_text(path);
  const ArticleEntry* entry = base_->find_article(path, hash);
  if (entry == nullptr && changes_) entry = changes_->find_article(path, hash);
  return entry != nullptr ? entry->id : ArticleId{};
}

std::string_view LinkTable::path_of(ArticleId article) const {
  const ArticleEntry* entry = base_->find_article(article);
  if (entry == nullptr && changes_) entry = changes_->find_article(article);
  return entry != nullptr ? std::string_view(entry->path) : std::string_view();
}

}  // namespace candor
