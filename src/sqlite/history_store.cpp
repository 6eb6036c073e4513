#include <algorithm>
#include <set>

#include "sqlite/article_revisions.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::Annotation read_annotation(Row& row) {
  return {.id = row.integer(),
          .from = static_cast<rollup::DayNumber>(row.integer()),
          .to = static_cast<rollup::DayNumber>(row.integer()),
          .article = row.id<ArticleId>(),
          .text = row.text(),
          .author = row.text(),
          .version = row.integer(),
          .created_at_ms = row.integer()};
}

store::ArticleRevision read_revision(Row& row) {
  return {.article = row.id<ArticleId>(),
          .at_ms = row.integer(),
          .title = row.text(),
          .verdict = row.text(),
          .finding_count = row.integer(),
          .link_count = row.integer(),
          .links_added = row.integer(),
          .links_removed = row.integer()};
}

std::multiset<std::string> addresses_of(const std::vector<store::ScannedLink>& links) {
  std::multiset<std::string> addresses;
  for (const store::ScannedLink& link : links) addresses.insert(link.href);
  return addresses;
}

/// How many of `these` are not among `those`.
std::int64_t count_beyond(const std::multiset<std::string>& these,
                          const std::multiset<std::string>& those) {
  std::vector<std::string> beyond;
  std::ranges::set_difference(these, those, std::back_inserter(beyond));
  return std::ssize(beyond);
}

}  // namespace

void keep_revision(Connection& connection, ArticleId article,
                   const std::optional<store::Article>& before,
                   const std::vector<store::ScannedLink>& links_before,
                   const store::ArticleScan& scan) {
  const store::Article& seen = scan.article;
  // A scan without a verdict or a title keeps the known ones.
  const bool judged = !seen.verdict.empty();
  const std::string& title = seen.title.empty() && before ? before->title : seen.title;
  const std::string& verdict = judged || !before ? seen.verdict : before->verdict;
  const std::int64_t findings = judged || !before ? seen.finding_count : before->finding_count;
  const auto then = addresses_of(links_before);
  const auto now = addresses_of(scan.links);
  if (before && before->title == title && before->verdict == verdict &&
      before->finding_count == findings && then == now)
    return;
  Query(connection, sql::history::insert_revision)
      .set(":article", article)
      .set(":at_ms", seen.seen_at_ms)
      .set_view(":title", title)
      .set_view(":verdict", verdict)
      .set(":finding_count", findings)
      .set(":link_count", std::ssize(scan.links))
      .set(":links_added", before ? count_beyond(now, then) : 0)
      .set(":links_removed", before ? count_beyond(then, now) : 0)
      .run();
}

std::int64_t SiteStore::add_annotation(const store::Annotation& annotation) {
  return database_.write([&](Writer& writer) {
    Query query(writer.connection, sql::history::insert_annotation);
    query.set(":from_day", std::int64_t{annotation.from})
        .set(":to_day", std::int64_t{annotation.to})
        .set(":article", annotation.article)
        .set_view(":text", annotation.text)
        .set_view(":author", annotation.author)
        .set(":created_at_ms", annotation.created_at_ms);
    query.next();
    return query.column(0).getInt64();
  });
}

bool SiteStore::update_annotation(const store::Annotation& annotation) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::history::update_annotation)
               .set(":from_day", std::int64_t{annotation.from})
               .set(":to_day", std::int64_t{annotation.to})
               .set(":article", annotation.article)
               .set_view(":text", annotation.text)
               .set(":id", annotation.id)
               .set(":version", annotation.version)
               .run() != 0;
  });
}

bool SiteStore::remove_annotation(std::int64_t id) {
  return database_.write([&](Writer& writer) {
    return Query(writer.connection, sql::history::delete_annotation).set(":id", id).run() != 0;
  });
}

std::optional<store::Annotation> SiteStore::find_annotation(std::int64_t id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::history::find_annotation);
    query.set(":id", id);
    return read_first(query, read_annotation);
  });
}

std::vector<store::Annotation> SiteStore::list_annotations(rollup::DayNumber from,
                                                           rollup::DayNumber to) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::history::list_annotations);
    query.set(":to", std::int64_t{to}).set(":from", std::int64_t{from});
    return read_all(query, read_annotation);
  });
}

std::vector<store::ArticleRevision> SiteStore::list_revisions(ArticleId article) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::history::list_revisions_of_article);
    query.set(":article", article);
    return read_all(query, read_revision);
  });
}

std::vector<store::ArticleRevision> SiteStore::list_revisions_before(std::int64_t before_ms) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::history::list_revisions);
    query.set(":before_ms", before_ms);
    return read_all(query, read_revision);
  });
}

}  // namespace candor::sqlite
