#pragma once
// One SQLite connection with its prepared statements, and what it takes to run one. For one thread
// at a time.
#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/strong_id.h"

namespace candor::sqlite {

/// Turns SQLite's complaint into a store::Broken for the person at the terminal.
[[noreturn]] void throw_broken(const std::filesystem::path& path, const SQLite::Exception& error);

/// A statement, prepared, that remembers where its parameters are: names are looked up once.
struct Prepared {
  Prepared(SQLite::Database& database, std::string_view text)
      : statement(database, std::string(text)) {}

  /// `name` is a literal: its address is the key.
  int index_of(const char* name);

  SQLite::Statement statement;

 private:
  std::vector<std::pair<const char*, int>> indexes_;
  std::size_t next_ = 0;  ///< parameters are set in the same order each time
};

class Connection {
 public:
  enum class Mode : std::uint8_t {
    Owner,      ///< reads, writes, checkpoints; creates the file; one per database
    Reader,     ///< read-only
    Immutable,  ///< read-only, of a file without a write-ahead log: creates no file beside it
  };

  Connection(const std::filesystem::path& path, Mode mode);

  SQLite::Database& database() { return database_; }
  /// Prepared at first use. `statement` is one of sql/: its address is the key.
  Prepared& prepared(std::string_view statement);

 private:
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<Prepared>> statements_;
};

/// One use of a statement, from its parameters to its last row. A statement is not used twice at a
/// time.
class Query {
 public:
  Query(Connection& connection, std::string_view statement)
      : prepared_(connection.prepared(statement)) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& set(const char* name, std::int64_t value);
  Query& set(const char* name, std::optional<std::int64_t> value);
  Query& set(const char* name, std::string_view value);
  /// Keeps no copy: `value` outlives the query or its next run.
  Query& set_view(const char* name, const std::string& value);
  /// Keeps no copy, like set_view().
  Query& set_bytes(const char* name, std::string_view value);
  /// The parameters from the `first`-th on, counted from 1, in the order of the statement.
  Query& set_from(int first, std::span<const std::int64_t> values);
  template <class Tag>
  Query& set(const char* name, StrongId<Tag> id) {
    return set(name, id.value);
  }

  /// Steps to the next row; false when there is none.
  bool next() { return prepared_.statement.executeStep(); }
  /// Runs a statement that answers no rows, and may be run again with other parameters; how many
  /// rows it changed.
  int run();

  SQLite::Column column(int index) { return prepared_.statement.getColumn(index); }

 private:
  Prepared& prepared_;
};

/// Takes the columns of a query's current row from left to right, as its SELECT names them.
class Row {
 public:
  explicit Row(Query& query) : query_(query) {}

  std::int64_t integer() { return query_.column(index_++).getInt64(); }
  std::string text() { return query_.column(index_++).getString(); }
  /// Valid until the query goes on.
  std::string_view bytes() {
    const SQLite::Column column = query_.column(index_++);
    const void* data = column.getBlob();
    return {static_cast<const char*>(data), static_cast<std::size_t>(column.getBytes())};
  }
  std::optional<std::int64_t> optional_integer() {
    const SQLite::Column column = query_.column(index_++);
    if (column.isNull()) return std::nullopt;
    return column.getInt64();
  }
  template <class Id>
  Id id() {
    return Id{integer()};
  }
  /// An enumerator that was stored by its number.
  template <class Enum>
  Enum number() {
    return static_cast<Enum>(integer());
  }

 private:
  Query& query_;
  int index_ = 0;
};

}  // namespace candor::sqlite
