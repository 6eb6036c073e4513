#include "app/link_table_builder.h"

#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::app {

std::shared_ptr<const LinkTable> build_link_table(const store::LinkStore& store) {
  std::vector<LinkEntry> links;
  const networks::LinkPatterns patterns;
  for (const Link& link : store.list_links(true)) {
    if (link.state == LinkState::Disabled) continue;
    const auto url = parse_url(link.destination);
    if (!url) continue;  // refused when it was added; a hand-edited row must not become a header
    // Whatever the row says: what leads to Amazon never gets a token.
    const auto match = patterns.match(*url);
    const std::string_view network =
        match && match->sure ? match->network : std::string_view(link.network);
    links.push_back({link.id, link.slug,
                     make_destination(url->href, networks::sub_id_slot(network)), link.state,
                     true});
  }
  std::vector<ArticleEntry> articles;
  for (const store::Article& article : store.list_articles())
    articles.push_back({article.id, article.path});
  return std::make_shared<const LinkTable>(std::move(links), std::move(articles));
}

}  // namespace candor::app
