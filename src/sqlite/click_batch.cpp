#include "sqlite/click_batch.h"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "sql/sqlite_statements.h"

namespace candor::sqlite {
namespace {

// 16 MiB: some 200,000 clicks. Only what a batch needs is ever touched.
constexpr std::size_t kPages = 256;

std::string table_of_clicks(SQLite::Database& database) {
  SQLite::Statement columns(database, "SELECT count(*) FROM pragma_table_info('clicks')");
  columns.executeStep();
  if (columns.getColumn(0).getInt64() != std::tuple_size_v<ClickColumns> + 1)
    throw std::logic_error("the table of clicks has other columns than a batch writes");
  SQLite::Statement table(database, "SELECT sql FROM main.sqlite_schema WHERE name = 'clicks'");
  table.executeStep();
  return table.getColumn(0).getString();
}

std::uint32_t root_of(SQLite::Database& database, const char* table) {
  SQLite::Statement root(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?");
  root.bind(1, table);
  root.executeStep();
  return root.getColumn(0).getUInt();
}

std::string bytes_of(SQLite::Database& database) {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(database.getHandle(), "main", &size, 0), &sqlite3_free);
  if (!bytes) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

}  // namespace

void ClickBatch::attach(Connection& connection) {
  SQLite::Database empty(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  empty.exec("PRAGMA page_size = " + std::to_string(PageFile::kPageBytes) +
             "; PRAGMA auto_vacuum = NONE;");
  empty.exec(table_of_clicks(connection.database()));
  empty.exec(std::string(sql::batch::create_day_counts));
  clicks_root_ = root_of(empty, "clicks");
  counts_root_ = root_of(empty, "day_counts");
  file_.emplace(bytes_of(empty), kPages);

  connection.database().exec("ATTACH ':memory:' AS batch");
  const std::span<unsigned char> bytes = file_->bytes();
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  // Not marked read-only: a transaction that is to write locks what is attached as well.
  const int outcome =
      sqlite3_deserialize(connection.database().getHandle(), "batch", bytes.data(), size, size, 0);
  if (outcome != SQLITE_OK) throw SQLite::Exception(connection.database().getHandle(), outcome);
}

void ClickBatch::restart() {
  file_->restart();
  clicks_.emplace(*file_, clicks_root_);
}

bool ClickBatch::add(std::int64_t id, const ClickColumns& columns) {
  return clicks_->add(id, columns);
}

bool ClickBatch::store(Connection& connection) {
  if (!clicks_->finish()) return false;
  try {
    Query(connection, sql::batch::insert_clicks).run();
    return true;
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_CONSTRAINT) return false;
    throw;
  }
}

bool ClickBatch::count(Connection& connection,
                       std::span<const std::pair<rollup::ClickDayKey, std::int64_t>> counts) {
  TableImage table(*file_, counts_root_);
  std::int64_t row = 0;
  for (const auto& [key, clicks] : counts) {
    const std::array<std::int64_t, 5> columns{key.day, key.article.value, key.link.value,
                                              static_cast<std::int64_t>(key.verdict), clicks};
    if (!table.add(++row, columns)) return false;
  }
  if (!table.finish()) return false;
  Query(connection, sql::batch::add_click_days).run();
  return true;
}

}  // namespace candor::sqlite
