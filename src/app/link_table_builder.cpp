#include "app/link_table_builder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "journal/journal.h"
#include "networks/link_entry.h"

namespace candor::app {

namespace {

using Counts = std::map<LinkId, std::int64_t>;

/// What is absorbed between two looks would be counted twice, so that a link ended early; the
/// journal behind the position is then read at leisure.
Counts count_stored(const store::Store& store, journal::Position& position) {
  for (;;) {
    position = store.absorbed();
    Counts counts;
    for (const store::LinkClicks& each : store.clicks_of_capped_links())
      counts[each.link] = each.clicks;
    if (store.absorbed() == position) return counts;
  }
}

Counts count_clicks(const store::Store& store, const std::filesystem::path& journal) {
  constexpr std::size_t kBatch = 16'384;
  journal::Position at;
  Counts counts = count_stored(store, at);
  journal::Reader reader(journal);
  for (;;) {
    const journal::Batch batch = reader.read(at, kBatch);
    for (const Click& click : batch.clicks)
      if (click.verdict == Verdict::Human) ++counts[click.link];
    if (batch.next == at) return counts;
    at = batch.next;
  }
}

}  // namespace

std::shared_ptr<const LinkTable> build_link_table(const store::Store& store,
                                                  const std::filesystem::path& journal) {
  const std::vector<Link> stored = store.list_links(true);
  Counts counts;
  if (std::ranges::any_of(stored, [](const Link& link) { return link.click_cap > 0; }))
    counts = count_clicks(store, journal);
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
