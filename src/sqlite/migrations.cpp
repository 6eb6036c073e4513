#include "sqlite/migrations.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "store/errors.h"

namespace candor::sqlite {
namespace {

constexpr int kPagesAtATime = 1024;

struct Applied {
  std::int64_t number = 0;
  std::string name;
  std::string hash;
};

std::vector<Applied> list_applied(Connection& connection) {
  std::vector<Applied> all;
  Query query(connection, sql::schema::list_migrations);
  while (query.next()) {
    Row row(query);
    all.push_back({.number = row.integer(), .name = row.text(), .hash = row.text()});
  }
  return all;
}

void sync_file(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw store::Broken(fmt::format("cannot sync {}", path.string()));
}

}  // namespace

std::string migration_hash(std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

SchemaState check_schema(Connection& connection, std::span<const sql::Migration> known,
                         const std::filesystem::path& path) {
  {
    Query tables(connection, sql::schema::count_tables);
    tables.next();
    Row row(tables);
    const std::int64_t count = row.integer();
    if (count == 0) return {.fresh = true};
    if (row.integer() == 0)
      throw store::Broken(fmt::format("{}: a database, but not one of ours", path.string()));
  }
  SchemaState state;
  for (const Applied& applied : list_applied(connection)) {
    if (applied.number > static_cast<std::int64_t>(known.size()))
      throw store::NewerSchema(
          fmt::format("{} was written by a newer version (schema {}, this binary knows {}): "
                      "install that version; the file was not touched",
                      path.string(), applied.number, known.size()));
    if (applied.number != state.applied + 1)
      throw store::Broken(fmt::format("{}: the record of migrations has a gap before {}",
                                      path.string(), applied.name));
    const sql::Migration& migration = known[static_cast<std::size_t>(state.applied)];
    if (applied.hash != migration_hash(migration.text))
      throw store::Broken(
          fmt::format("{}: migration {} was applied from another text than this binary's {}",
                      path.string(), applied.name, migration.name));
    ++state.applied;
  }
  return state;
}

void migrate(Connection& connection, std::span<const sql::Migration> known, SchemaState state) {
  for (const sql::Migration& migration : known.subspan(static_cast<std::size_t>(state.applied))) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    connection.database().exec(std::string(migration.text));
    Query(connection, sql::schema::insert_migration)
        .set(":number", std::int64_t{migration.number})
        .set(":name", migration.name)
        .set(":hash", migration_hash(migration.text))
        .run();
    transaction.commit();
  }
}

std::filesystem::path copy_path(const std::filesystem::path& path, SchemaState state) {
  return path.string() + fmt::format(".before-{:04}", state.applied + 1);
}

void copy_database(Connection& connection, const std::filesystem::path& copy,
                   const std::function<void()>& between) {
  const std::filesystem::path part = copy.string() + ".part";
  std::filesystem::remove(part);
  const int descriptor =
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) throw store::Broken(fmt::format("cannot create {}", part.string()));
  ::close(descriptor);
  {
    SQLite::Database destination(part.string(), SQLite::OPEN_READWRITE);
    SQLite::Backup backup(destination, connection.database());
    while (backup.executeStep(between ? kPagesAtATime : -1) != SQLITE_DONE)
      if (between) between();
  }
  sync_file(part, O_RDONLY);
  std::filesystem::rename(part, copy);
  sync_file(copy.parent_path().empty() ? "." : copy.parent_path(), O_RDONLY | O_DIRECTORY);
}

}  // namespace candor::sqlite
