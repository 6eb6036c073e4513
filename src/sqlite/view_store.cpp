#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {

void SiteStore::add_views(const rollup::ViewDayDeltas& deltas) {
  database_.write([&](Writer& writer) {
    Query view(writer.connection, sql::views::add_view_day);
    for (const auto& [key, views] : deltas.views)
      view.set(":day", std::int64_t{key.day})
          .set(":article", key.article)
          .set(":verdict", static_cast<std::int64_t>(key.verdict))
          .set(":views", views)
          .run();
    Query impression(writer.connection, sql::views::add_impression_day);
    for (const auto& [key, impressions] : deltas.impressions)
      impression.set(":day", std::int64_t{key.day})
          .set(":article", key.article)
          .set(":link", key.link)
          .set(":verdict", static_cast<std::int64_t>(key.verdict))
          .set(":impressions", impressions)
          .run();
  });
}

std::vector<store::ArticleViews> SiteStore::views_by_article(rollup::DayNumber from,
                                                             rollup::DayNumber to) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::views::sum_by_article);
    query.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
    return read_all(query, [](Row& row) {
      return store::ArticleViews{.article = row.id<ArticleId>(), .views = row.integer()};
    });
  });
}

std::vector<store::LinkImpressions> SiteStore::impressions_by_link(ArticleId article,
                                                                   rollup::DayNumber from,
                                                                   rollup::DayNumber to) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::views::sum_impressions);
    query.set(":article", article).set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
    return read_all(query, [](Row& row) {
      return store::LinkImpressions{.link = row.id<LinkId>(), .impressions = row.integer()};
    });
  });
}

}  // namespace candor::sqlite
