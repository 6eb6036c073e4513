#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::LinkCheck read_check(Row& row) {
  return {.link = row.id<LinkId>(),
          .url = row.text(),
          .health = row.text(),
          .status = row.number<int>(),
          .detail = row.text(),
          .checked_at_ms = row.integer(),
          .failing_since_ms = row.optional_integer(),
          .failures = row.integer()};
}

}  // namespace

std::vector<store::LinkCheck> SiteStore::list_link_checks() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::link_checks::list_checks);
    return read_all(query, read_check);
  });
}

std::vector<store::LinkCheck> SiteStore::list_dead_links() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::link_checks::list_dead);
    return read_all(query, read_check);
  });
}

std::optional<store::LinkCheck> SiteStore::find_link_check(LinkId link) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::link_checks::find_check);
    query.set(":link", link);
    return read_first(query, read_check);
  });
}

void SiteStore::record_link_checks(const std::vector<store::LinkCheck>& checks) {
  database_.write([&](Writer& writer) {
    for (const store::LinkCheck& check : checks)
      Query(writer.connection, sql::link_checks::set_check)
          .set(":link", check.link)
          .set(":url", check.url)
          .set(":health", check.health)
          .set(":status", std::int64_t{check.status})
          .set(":detail", check.detail)
          .set(":checked_at_ms", check.checked_at_ms)
          .set(":failing_since_ms", check.failing_since_ms)
          .set(":failures", check.failures)
          .run();
  });
}

std::vector<ArticleId> SiteStore::list_articles_of_slug(std::string_view slug) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::link_checks::list_articles_of_slug);
    query.set(":slug", slug);
    return read_all(query, [](Row& row) { return row.id<ArticleId>(); });
  });
}

}  // namespace candor::sqlite
