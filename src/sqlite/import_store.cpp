#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::Import read_import(Row& row) {
  return {.id = row.id<ImportId>(),
          .network = row.text(),
          .report = row.text(),
          .account = row.text(),
          .file_name = row.text(),
          .file_hash = row.text(),
          .imported_at_ms = row.integer(),
          .row_count = row.integer(),
          .new_count = row.integer(),
          .changed_count = row.integer(),
          .unchanged_count = row.integer(),
          .bad_count = row.integer()};
}

RowError read_row_error(Row& row) {
  return {.row = row.integer(), .column = row.text(), .reason = row.text(), .text = row.text()};
}

ImportId insert_import(Connection& connection, const store::Import& import) {
  Query(connection, sql::imports::insert_import)
      .set_view(":network", import.network)
      .set_view(":report", import.report)
      .set_view(":account", import.account)
      .set_view(":file_name", import.file_name)
      .set_view(":file_hash", import.file_hash)
      .set(":imported_at_ms", import.imported_at_ms)
      .run();
  return {connection.database().getLastInsertRowid()};
}

void set_counts(Connection& connection, const store::Import& import) {
  Query(connection, sql::imports::set_counts)
      .set(":id", import.id)
      .set(":row_count", import.row_count)
      .set(":new_count", import.new_count)
      .set(":changed_count", import.changed_count)
      .set(":unchanged_count", import.unchanged_count)
      .set(":bad_count", import.bad_count)
      .run();
}

struct Known {
  CommissionId id;
  CommissionRow row;
};

std::optional<Known> find_latest(Connection& connection, const std::string& network,
                                 const CommissionRow& row) {
  Query query(connection, sql::commissions::find_latest);
  query.set_view(":network", network)
      .set_view(":account", row.account)
      .set_view(":identity", row.identity);
  return read_first(query, [](Row& columns) {
    const auto id = columns.id<CommissionId>();
    return Known{.id = id, .row = read_commission_row(columns)};
  });
}

CommissionId insert_commission(Connection& connection, const std::string& network,
                               const CommissionRow& row) {
  Query(connection, sql::commissions::insert_commission)
      .set_view(":network", network)
      .set_view(":account", row.account)
      .set_view(":identity", row.identity)
      .run();
  return {connection.database().getLastInsertRowid()};
}

void append_event(Connection& connection, CommissionId commission, ImportId import,
                  const CommissionRow& row) {
  Query insert(connection, sql::commissions::insert_event);
  set_observation(insert, row);
  insert.set(":commission", commission).set(":import", import).run();
  const std::int64_t event = connection.database().getLastInsertRowid();
  Query(connection, sql::commissions::set_latest_event)
      .set(":event", event)
      .set(":commission", commission)
      .run();
  Query(connection, sql::commissions::insert_unbooked)
      .set(":event", event)
      .set(":commission", commission)
      .run();
}

void publish_row(Connection& connection, store::Import& import, const CommissionRow& row) {
  const std::optional<Known> known = find_latest(connection, import.network, row);
  if (known && known->row == row) {
    ++import.unchanged_count;
    return;
  }
  ++(known ? import.changed_count : import.new_count);
  const CommissionId commission =
      known ? known->id : insert_commission(connection, import.network, row);
  append_event(connection, commission, import.id, row);
}

void insert_errors(Connection& connection, ImportId import, const std::vector<RowError>& errors) {
  std::int64_t position = 0;
  for (const RowError& error : errors)
    Query(connection, sql::imports::insert_import_error)
        .set(":import", import)
        .set(":position", ++position)
        .set(":row", error.row)
        .set_view(":column", error.column)
        .set_view(":reason", error.reason)
        .set_view(":text", error.text)
        .run();
}

}  // namespace

std::optional<store::Import> SiteStore::find_import(std::string_view file_hash,
                                                    std::string_view account) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::find_import_by_hash);
    query.set(":file_hash", file_hash).set(":account", account);
    return read_first(query, read_import);
  });
}

store::Import SiteStore::publish_import(store::Import import,
                                        const std::vector<CommissionRow>& rows,
                                        const std::vector<RowError>& errors) {
  return database_.write([&](Writer& writer) {
    store::Import published = import;
    published.id = insert_import(writer.connection, published);
    published.new_count = published.changed_count = published.unchanged_count = 0;
    for (const CommissionRow& row : rows) {
      throw_when_stopped();
      publish_row(writer.connection, published, row);
    }
    insert_errors(writer.connection, published.id, errors);
    published.bad_count = static_cast<std::int64_t>(errors.size());
    published.row_count = static_cast<std::int64_t>(rows.size() + errors.size());
    set_counts(writer.connection, published);
    return published;
  });
}

std::vector<store::Import> SiteStore::list_imports(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::list_imports);
    query.set(":limit", row_limit(limit));
    return read_all(query, read_import);
  });
}

std::vector<RowError> SiteStore::list_import_errors(ImportId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::imports::list_import_errors);
    query.set(":import", id);
    return read_all(query, read_row_error);
  });
}

}  // namespace candor::sqlite
