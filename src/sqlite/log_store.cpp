#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {

void SiteStore::add_log_entry(const store::LogEntry& entry) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::insert_log_entry)
        .set(":at_ms", entry.at_ms)
        .set_view(":who", entry.who)
        .set_view(":address", entry.address)
        .set_view(":action", entry.action)
        .set_view(":subject", entry.subject)
        .set_view(":changes", entry.changes)
        .run();
  });
}

std::vector<store::LogEntry> SiteStore::list_log(std::int64_t before_id, std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::list_log_entries);
    query.set(":before", before_id).set(":limit", row_limit(limit));
    return read_all(query, [](Row& row) {
      return store::LogEntry{.id = row.integer(),
                             .at_ms = row.integer(),
                             .who = row.text(),
                             .address = row.text(),
                             .action = row.text(),
                             .subject = row.text(),
                             .changes = row.text()};
    });
  });
}

std::optional<store::AnsweredRequest> SiteStore::find_answered(std::string_view key_hash) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::accounts::find_answered_request);
    query.set(":key_hash", key_hash);
    return read_first(query, [&](Row& row) {
      return store::AnsweredRequest{.key_hash = std::string(key_hash),
                                    .request_hash = row.text(),
                                    .status = static_cast<int>(row.integer()),
                                    .body = row.text(),
                                    .at_ms = row.integer()};
    });
  });
}

void SiteStore::add_answered(const store::AnsweredRequest& request, std::int64_t keep_from_ms) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::accounts::delete_answered_requests_before)
        .set(":before_ms", keep_from_ms)
        .run();
    Query(writer.connection, sql::accounts::insert_answered_request)
        .set_view(":key_hash", request.key_hash)
        .set_view(":request_hash", request.request_hash)
        .set(":status", std::int64_t{request.status})
        .set_view(":body", request.body)
        .set(":at_ms", request.at_ms)
        .run();
  });
}

}  // namespace candor::sqlite
