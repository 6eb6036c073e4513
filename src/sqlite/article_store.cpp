#include "sqlite/article_revisions.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::Article read_article(Row& row) {
  return {.id = row.id<ArticleId>(),
          .path = row.text(),
          .title = row.text(),
          .verdict = row.text(),
          .origin = row.text(),
          .seen_at_ms = row.integer(),
          .finding_count = row.integer(),
          .findings_json = row.text(),
          .wholly_paid = row.integer() != 0};
}

store::ScannedLink read_scanned_link(Row& row) {
  return {
      .placement = row.integer(), .href = row.text(), .network = row.text(), .slug = row.text()};
}

std::int64_t record_article(Connection& connection, const store::Article& article) {
  Query query(connection, sql::articles::record_article);
  query.set_view(":path", article.path)
      .set_view(":title", article.title)
      .set_view(":verdict", article.verdict)
      .set_view(":origin", article.origin)
      .set(":seen_at_ms", article.seen_at_ms)
      .set(":finding_count", article.finding_count)
      .set(":findings_json", article.findings_json.empty() ? "[]" : article.findings_json)
      .set(":wholly_paid", article.wholly_paid ? 1 : 0);
  query.next();
  return query.column(0).getInt64();
}

void replace_links(Connection& connection, std::int64_t article,
                   const std::vector<store::ScannedLink>& links) {
  Query(connection, sql::articles::delete_article_links).set(":article", article).run();
  std::int64_t position = 0;
  for (const store::ScannedLink& link : links)
    Query(connection, sql::articles::insert_article_link)
        .set(":article", article)
        .set(":position", ++position)
        .set(":placement", link.placement)
        .set_view(":href", link.href)
        .set_view(":network", link.network)
        .set_view(":slug", link.slug)
        .run();
}

std::optional<store::Article> find_by_path(Connection& connection, std::string_view path) {
  Query query(connection, sql::articles::find_article_by_path);
  query.set(":path", path);
  return read_first(query, read_article);
}

std::vector<store::ScannedLink> links_of(Connection& connection, ArticleId id) {
  Query query(connection, sql::articles::list_article_links);
  query.set(":article", id);
  return read_all(query, read_scanned_link);
}

void record_scan(Connection& connection, const store::ArticleScan& scan) {
  const auto before = find_by_path(connection, scan.article.path);
  const auto links_before =
      before ? links_of(connection, before->id) : std::vector<store::ScannedLink>{};
  const std::int64_t id = record_article(connection, scan.article);
  replace_links(connection, id, scan.links);
  keep_revision(connection, ArticleId{id}, before, links_before, scan);
}

}  // namespace

std::vector<store::Article> SiteStore::list_articles() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::articles::list_articles);
    return read_all(query, read_article);
  });
}

std::vector<ArticleEntry> SiteStore::list_article_paths(ArticleId after) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::articles::list_article_paths);
    query.set(":after", after);
    return read_all(query, [](Row& row) {
      return ArticleEntry{.id = row.id<ArticleId>(), .path = row.text()};
    });
  });
}

std::optional<store::Article> SiteStore::find_article(std::string_view path) const {
  return database_.read([&](Connection& connection) { return find_by_path(connection, path); });
}

std::optional<store::Article> SiteStore::find_article(ArticleId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::articles::find_article_by_id);
    query.set(":id", id);
    return read_first(query, read_article);
  });
}

std::vector<std::string> SiteStore::list_wholly_paid() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::articles::list_wholly_paid);
    return read_all(query, [](Row& row) { return row.text(); });
  });
}

std::vector<store::ScannedLink> SiteStore::list_article_links(ArticleId id) const {
  return database_.read([&](Connection& connection) { return links_of(connection, id); });
}

void SiteStore::record_scans(const std::vector<store::ArticleScan>& scans) {
  if (scans.empty()) return;
  database_.write([&](Writer& writer) {
    for (const store::ArticleScan& scan : scans) record_scan(writer.connection, scan);
    Query(writer.connection, sql::links::raise_epoch).run();
  });
}

}  // namespace candor::sqlite
