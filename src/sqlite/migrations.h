#pragma once
// Brings a database to the schema of this binary: forward only, each step in one transaction with
// its hash beside it.
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "sql/sqlite_statements.h"
#include "sqlite/connection.h"

namespace candor::sqlite {

/// Which of the binary's migrations a database has.
struct SchemaState {
  bool fresh = false;  ///< no tables at all
  int applied = 0;     ///< the first `applied` migrations
};

/// BLAKE2b-256 of a migration's text, in lower-case hex.
std::string migration_hash(std::string_view text);

/// Reads only. Throws store::NewerSchema when the database has migrations that `known` lacks, and
/// store::Broken when it is not one of ours or a recorded hash differs.
SchemaState check_schema(Connection& connection, std::span<const sql::Migration> known,
                         const std::filesystem::path& path);

/// Applies what is missing. A step that fails leaves the database as the step before left it.
void migrate(Connection& connection, std::span<const sql::Migration> known, SchemaState state);

/// "candor.db.before-0002" for the first migration that is missing.
std::filesystem::path copy_path(const std::filesystem::path& path, SchemaState state);

/// A synced copy of the whole database, also of what is only in its write-ahead log; in place at
/// once or not at all. `between` is called every few megabytes: when it throws, there is no copy.
void copy_database(Connection& connection, const std::filesystem::path& copy,
                   const std::function<void()>& between = nullptr);

}  // namespace candor::sqlite
