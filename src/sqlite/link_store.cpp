#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

Link read_link(Row& row) {
  return {.id = row.id<LinkId>(),
          .slug = row.text(),
          .destination = row.text(),
          .match_url = row.text(),
          .network = row.text(),
          .merchant = row.text(),
          .title = row.text(),
          .state = row.number<LinkState>(),
          .created_at_ms = row.integer(),
          .updated_at_ms = row.integer(),
          .code = row.number<int>(),
          .starts_at_ms = row.integer(),
          .expires_at_ms = row.integer(),
          .click_cap = row.integer(),
          .fallback = row.text(),
          .targeting = row.text()};
}

std::optional<Link> read_slug(Connection& connection, std::string_view slug) {
  Query query(connection, sql::links::find_link_by_slug);
  query.set(":slug", slug);
  return read_first(query, read_link);
}

void set_members(Query& query, const Link& link) {
  query.set_view(":slug", link.slug)
      .set_view(":destination", link.destination)
      .set_view(":match_url", link.match_url)
      .set_view(":network", link.network)
      .set_view(":merchant", link.merchant)
      .set_view(":title", link.title)
      .set(":state", static_cast<std::int64_t>(link.state))
      .set(":updated_at_ms", link.updated_at_ms)
      .set(":code", std::int64_t{link.code})
      .set(":starts_at_ms", link.starts_at_ms)
      .set(":expires_at_ms", link.expires_at_ms)
      .set(":click_cap", link.click_cap)
      .set_view(":fallback", link.fallback)
      .set_view(":targeting", link.targeting);
}

/// False when the slug is taken.
bool insert_link(Connection& connection, const Link& link) {
  Query insert(connection, sql::links::insert_link);
  set_members(insert, link);
  return insert.set(":created_at_ms", link.created_at_ms).run() == 1;
}

std::int64_t read_epoch(Connection& connection) {
  Query query(connection, sql::links::find_epoch);
  return read_first(query, [](Row& row) { return row.integer(); }).value_or(0);
}

void raise_epoch(Connection& connection) { Query(connection, sql::links::raise_epoch).run(); }

}  // namespace

std::vector<Link> SiteStore::list_links(bool include_disabled) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::links::list_links);
    query.set(":include_disabled", std::int64_t{include_disabled});
    return read_all(query, read_link);
  });
}

std::vector<Link> SiteStore::list_links_after(LinkId after, std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::links::list_links_after_id);
    query.set(":after", after).set(":limit", row_limit(limit));
    return read_all(query, read_link);
  });
}

std::vector<Link> SiteStore::list_links_after(std::string_view after, std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::links::list_links_after_slug);
    query.set(":after", after).set(":limit", row_limit(limit));
    return read_all(query, read_link);
  });
}

std::optional<Link> SiteStore::find_link(std::string_view slug) const {
  return database_.read([&](Connection& connection) { return read_slug(connection, slug); });
}

std::optional<Link> SiteStore::find_link(LinkId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::links::find_link_by_id);
    query.set(":id", id);
    return read_first(query, read_link);
  });
}

std::optional<Link> SiteStore::add_link(const Link& link) {
  return database_.write([&](Writer& writer) -> std::optional<Link> {
    if (!insert_link(writer.connection, link)) return std::nullopt;
    Link added = link;
    added.id = {writer.connection.database().getLastInsertRowid()};
    raise_epoch(writer.connection);
    return added;
  });
}

std::vector<Link> SiteStore::add_links(const std::vector<Link>& links) {
  return database_.write([&](Writer& writer) {
    std::vector<Link> stored;
    stored.reserve(links.size());
    bool changed = false;
    for (const Link& link : links) {
      if (insert_link(writer.connection, link)) changed = true;
      stored.push_back(read_slug(writer.connection, link.slug).value());
    }
    if (changed) raise_epoch(writer.connection);
    return stored;
  });
}

bool SiteStore::update_link(const Link& link) {
  return database_.write([&](Writer& writer) {
    Query update(writer.connection, sql::links::update_link);
    set_members(update, link);
    if (update.set(":id", link.id).run() == 0) return false;
    raise_epoch(writer.connection);
    return true;
  });
}

bool SiteStore::remove_link(LinkId id) {
  return database_.write([&](Writer& writer) {
    if (Query(writer.connection, sql::links::remove_link).set(":id", id).run() == 0) return false;
    raise_epoch(writer.connection);
    return true;
  });
}

std::int64_t SiteStore::link_epoch() const { return database_.read(read_epoch); }

std::optional<store::LinkChanges> SiteStore::list_link_changes(std::int64_t since,
                                                               std::size_t limit) const {
  return database_.read([&](Connection& connection) -> std::optional<store::LinkChanges> {
    store::LinkChanges changes{.epoch = read_epoch(connection)};
    Query query(connection, sql::links::list_changed_links);
    query.set(":since", since).set(":limit", row_limit(limit + 1));
    std::size_t rows = 0;
    for (; query.next(); ++rows) {
      Row row(query);
      Link link = read_link(row);
      if (row.integer() != 0)
        changes.removed.push_back(link.id);
      else
        changes.links.push_back(std::move(link));
    }
    if (rows > limit) return std::nullopt;
    return changes;
  });
}

}  // namespace candor::sqlite
