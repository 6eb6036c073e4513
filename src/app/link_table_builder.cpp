#include "app/link_table_builder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "networks/link_entry.h"

namespace candor::app {

std::shared_ptr<const LinkTable> build_link_table(const store::Store& store) {
  const std::vector<Link> stored = store.list_links(true);
  std::map<LinkId, std::int64_t> counts;
  if (std::ranges::any_of(stored, [](const Link& link) { return link.click_cap > 0; }))
    for (const store::LinkClicks& each : store.clicks_of_capped_links())
      counts[each.link] = each.clicks;
  std::vector<LinkEntry> links;
  const networks::LinkPatterns patterns;
  for (const Link& link : stored) {
    if (link.state == LinkState::Disabled && link.fallback.empty()) continue;
    const auto count = counts.find(link.id);
    auto entry =
        networks::make_link_entry(patterns, link, count == counts.end() ? 0 : count->second);
    if (entry) links.push_back(std::move(*entry));
  }
  std::vector<ArticleEntry> articles;
  for (const store::Article& article : store.list_articles())
    articles.push_back({article.id, article.path});
  return std::make_shared<const LinkTable>(std::move(links), std::move(articles));
}

}  // namespace candor::app
