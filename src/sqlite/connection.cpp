#include "sqlite/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/errors.h"

namespace candor::sqlite {
namespace {

int open_flags(Connection::Mode mode) {
  // Connections are never shared between threads, so SQLite's own mutex would only cost.
  switch (mode) {
    case Connection::Mode::Owner:
      return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
    case Connection::Mode::Reader:
      return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
    case Connection::Mode::Immutable:
      break;
  }
  return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI;
}

std::string open_name(const std::filesystem::path& path, Connection::Mode mode) {
  if (mode != Connection::Mode::Immutable) return path.string();
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '?' || c == '#' || c == '%')
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      uri += c;
  }
  return uri + "?immutable=1";
}

}  // namespace

void throw_broken(const std::filesystem::path& path, const SQLite::Exception& error) {
  const char* meaning = nullptr;
  switch (error.getErrorCode()) {
    case SQLITE_FULL:
      meaning = "no space left on its disk";
      break;
    case SQLITE_CORRUPT:
      meaning = "damaged: restore a backup";
      break;
    case SQLITE_NOTADB:
      meaning = "not a database";
      break;
    case SQLITE_READONLY:
      meaning = "read-only";
      break;
    case SQLITE_IOERR:
      meaning = "its disk failed to read or write";
      break;
    default:
      throw store::Broken(fmt::format("{}: {}", path.string(), error.what()));
  }
  throw store::Broken(fmt::format("{}: {} ({})", path.string(), meaning, error.what()));
}

Connection::Connection(const std::filesystem::path& path, Mode mode)
    : database_(open_name(path, mode), open_flags(mode)) {
  // Two connections that write or checkpoint at once can corrupt a write-ahead log (before 3.51.3),
  // so the owner alone does either, and only when told to.
  if (mode != Mode::Owner)
    sqlite3_db_config(database_.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_extended_result_codes(database_.getHandle(), 0);
  // Memory-mapped reads would turn a failing disk into SIGBUS.
  database_.exec("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;");
  if (mode == Mode::Owner)
    database_.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
        "PRAGMA wal_autocheckpoint = 0;");
  else
    database_.exec("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;");
}

int Prepared::index_of(const char* name) {
  if (next_ >= indexes_.size()) next_ = 0;
  if (next_ < indexes_.size() && indexes_[next_].first == name) return indexes_[next_++].second;
  for (std::size_t i = 0; i < indexes_.size(); ++i)
    if (indexes_[i].first == name) {
      next_ = i + 1;
      return indexes_[i].second;
    }
  return indexes_.emplace_back(name, statement.getIndex(name)).second;
}

Prepared& Connection::prepared(std::string_view statement) {
  auto& slot = statements_[statement.data()];
  if (!slot) slot = std::make_unique<Prepared>(database_, statement);
  return *slot;
}

Query::~Query() {
  prepared_.statement.tryReset();
  prepared_.statement.clearBindings();
}

int Query::run() {
  const int changed = prepared_.statement.exec();
  prepared_.statement.reset();
  return changed;
}

Query& Query::set(const char* name, std::int64_t value) {
  prepared_.statement.bind(prepared_.index_of(name), value);
  return *this;
}

Query& Query::set(const char* name, std::optional<std::int64_t> value) {
  if (value) return set(name, *value);
  prepared_.statement.bind(prepared_.index_of(name));
  return *this;
}

Query& Query::set(const char* name, std::string_view value) {
  prepared_.statement.bind(prepared_.index_of(name), std::string(value));
  return *this;
}

Query& Query::set_from(int first, std::span<const std::int64_t> values) {
  for (const std::int64_t value : values) prepared_.statement.bind(first++, value);
  return *this;
}

Query& Query::set_bytes(const char* name, std::string_view value) {
  prepared_.statement.bindNoCopy(prepared_.index_of(name), value.data(),
                                 static_cast<int>(value.size()));
  return *this;
}

Query& Query::set_view(const char* name, const std::string& value) {
  prepared_.statement.bindNoCopy(prepared_.index_of(name), value);
  return *this;
}

}  // namespace candor::sqlite
