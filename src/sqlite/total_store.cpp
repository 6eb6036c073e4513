// What summary reports count, and what articles earned of a network: for the choice of tags.
#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

std::optional<rollup::DayNumber> read_day(Row& row) {
  const std::int64_t day = row.integer();
  if (day == 0) return std::nullopt;
  return static_cast<rollup::DayNumber>(day);
}

store::CountedClicks read_counted(Row& row) {
  store::CountedClicks counted;
  counted.name = row.text();
  counted.clicks = row.integer();
  counted.from_day = read_day(row);
  counted.to_day = read_day(row);
  return counted;
}

std::vector<store::CountedClicks> read_counts(Connection& connection, std::string_view statement,
                                              std::string_view network) {
  Query query(connection, statement);
  query.set(":network", network);
  return read_all(query, read_counted);
}

}  // namespace

std::vector<rollup::DayNumber> SiteStore::list_order_days(std::string_view network,
                                                          std::string_view tag,
                                                          std::string_view product) const {
  if (product.empty()) return {};
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::totals::list_order_days);
    query.set(":product", product).set(":tag", tag).set(":network", network);
    return read_all(query, [](Row& row) { return static_cast<rollup::DayNumber>(row.integer()); });
  });
}

std::vector<store::CountedClicks> SiteStore::list_tag_clicks(std::string_view network) const {
  return database_.read([&](Connection& connection) {
    return read_counts(connection, sql::totals::list_tag_clicks, network);
  });
}

std::vector<store::CountedClicks> SiteStore::list_link_type_clicks(std::string_view network) const {
  return database_.read([&](Connection& connection) {
    return read_counts(connection, sql::totals::list_link_type_clicks, network);
  });
}

std::vector<store::ArticleMoney> SiteStore::list_article_money(std::string_view network,
                                                               std::int64_t from_ms) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::totals::sum_money_by_article);
    query.set(":network", network).set(":from_ms", from_ms);
    return read_all(query, [](Row& row) {
      store::ArticleMoney money;
      money.article = row.id<ArticleId>();
      money.amount.currency = read_currency(row);
      money.amount.micro_units = row.integer();
      return money;
    });
  });
}

}  // namespace candor::sqlite
