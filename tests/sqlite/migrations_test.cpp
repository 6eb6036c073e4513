#include "sqlite/migrations.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "contract/store_contract.h"
#include "sqlite/database.h"
#include "sqlite/store.h"
#include "store/errors.h"

namespace candor::sqlite {
namespace {

using contract::TemporaryDirectory;

class Migrations : public testing::Test {
 protected:
  std::unique_ptr<store::Store> open() { return open_store({.path = path()}); }
  std::filesystem::path path() const { return folder_.path / "candor.db"; }

  /// Runs SQL on the closed database, as no code of ours would.
  void tamper(const std::string& statements) {
    SQLite::Database database(path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(statements);
  }

  /// Every file of the folder but the lock's, with its bytes.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path)) {
      if (entry.path().extension() == ".lock") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << file.rdbuf();
      all[entry.path().filename()] = bytes.str();
    }
    return all;
  }

 private:
  TemporaryDirectory folder_;
};

std::string message_of(const std::exception& error) { return error.what(); }

TEST_F(Migrations, AFreshDatabaseHasThemAllAndIsTheOwnersAlone) {
  open();
  SQLite::Database database(path().string());
  SQLite::Statement query(database, "SELECT number, name, hash FROM migrations ORDER BY number");
  for (const sql::Migration& migration : sql::kMigrations) {
    ASSERT_TRUE(query.executeStep());
    EXPECT_EQ(query.getColumn(0).getInt(), migration.number);
    EXPECT_EQ(query.getColumn(1).getString(), migration.name);
    EXPECT_EQ(query.getColumn(2).getString(), migration_hash(migration.text));
  }
  EXPECT_FALSE(query.executeStep());
  EXPECT_EQ(std::filesystem::status(path()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Migrations, AHashIsBlake2b256) {
  EXPECT_EQ(migration_hash("abc"),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_F(Migrations, AnOrderlyEndLeavesOneFile) {
  open();
  EXPECT_EQ(files().size(), 1u);
}

TEST_F(Migrations, ANewerDatabaseIsRefusedUntouched) {
  open();
  tamper("INSERT INTO migrations VALUES (9999, '9999_future', 'ff')");
  const auto before = files();
  try {
    open();
    FAIL() << "opened";
  } catch (const store::NewerSchema& newer) {
    EXPECT_NE(message_of(newer).find("schema 9999"), std::string::npos) << message_of(newer);
  }
  EXPECT_EQ(files(), before);
}

TEST_F(Migrations, ANewerDatabaseIsRefusedAlsoWhenItsLogTellsSo) {
  open();
  std::map<std::string, std::string> before;
  {
    // A crash leaves commits in the log only.
    SQLite::Database crashed(path().string(), SQLite::OPEN_READWRITE);
    crashed.exec(
        "PRAGMA wal_autocheckpoint = 0; INSERT INTO migrations VALUES (9999, 'future', 'ff')");
    before = files();
  }
  for (const auto& [name, bytes] : before) {
    if (name == "candor.db-shm") continue;
    std::ofstream(path().parent_path() / name, std::ios::binary) << bytes;
  }
  ASSERT_FALSE(before.at("candor.db-wal").empty());
  EXPECT_THROW(open(), store::NewerSchema);
  EXPECT_EQ(files().at("candor.db"), before.at("candor.db"));
  EXPECT_EQ(files().at("candor.db-wal"), before.at("candor.db-wal"));
}

TEST_F(Migrations, AnotherTextThanTheRecordedOneIsRefused) {
  open();
  tamper("UPDATE migrations SET hash = 'beef' WHERE number = 1");
  const auto before = files();
  try {
    open();
    FAIL() << "opened";
  } catch (const store::Broken& broken) {
    EXPECT_NE(message_of(broken).find("0001_site"), std::string::npos) << message_of(broken);
  }
  EXPECT_EQ(files(), before);
}

TEST_F(Migrations, AStrangersDatabaseIsRefusedUntouched) {
  tamper("CREATE TABLE wp_posts (id INTEGER)");
  const auto before = files();
  EXPECT_THROW(open(), store::Broken);
  EXPECT_EQ(files(), before);
}

TEST_F(Migrations, AFileThatIsNoDatabaseIsRefusedUntouched) {
  std::ofstream(path()) << std::string(5'000, 'x');
  const auto before = files();
  try {
    open();
    FAIL() << "opened";
  } catch (const store::Broken& broken) {
    EXPECT_NE(message_of(broken).find("not a database"), std::string::npos) << message_of(broken);
  }
  EXPECT_EQ(files(), before);
}

TEST_F(Migrations, AnEmptyFileIsAFreshDatabase) {
  std::ofstream{path()};
  EXPECT_EQ(open()->link_epoch(), 1);
}

std::vector<sql::Migration> with_next(std::string_view text) {
  std::vector<sql::Migration> all(sql::kMigrations.begin(), sql::kMigrations.end());
  all.push_back({static_cast<int>(all.size()) + 1, "next", text});
  return all;
}

std::int64_t count_of(const std::filesystem::path& path, const char* query) {
  return SQLite::Database(path.string()).execAndGet(query).getInt64();
}

TEST_F(Migrations, AnExistingDatabaseIsCopiedBeforeItChanges) {
  open()->set_password_hash({1}, "kept");
  const auto migrations = with_next("-- One more.\nCREATE TABLE next (id INTEGER) STRICT;");
  {
    const Database database(path(), migrations);
  }
  const auto copy = copy_path(path(), {.applied = static_cast<int>(sql::kMigrations.size())});
  const std::string next = std::to_string(sql::kMigrations.size() + 1);
  EXPECT_EQ(copy.filename(), "candor.db.before-" + std::string(4 - next.size(), '0') + next);
  constexpr const char* kNextTables = "SELECT count(*) FROM sqlite_schema WHERE name = 'next'";
  EXPECT_EQ(count_of(path(), kNextTables), 1);
  EXPECT_EQ(count_of(copy, kNextTables), 0);
  EXPECT_EQ(count_of(copy, "SELECT count(*) FROM users WHERE password_hash = 'kept'"), 1);
  EXPECT_EQ(std::filesystem::status(copy).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_THROW(open(), store::NewerSchema);
}

TEST_F(Migrations, AFailingStepLeavesThePreviousSchema) {
  open()->set_password_hash({1}, "kept");
  const auto migrations =
      with_next("-- Fails half-way.\nDROP TABLE users; CREATE TABLE links (id INTEGER) STRICT;");
  EXPECT_THROW(Database(path(), migrations), store::Broken);
  EXPECT_EQ(open()->find_user(store::UserId{1})->password_hash, "kept");
}

TEST_F(Migrations, AnOwnersPasswordBecomesTheFirstUsers) {
  constexpr std::size_t kBeforeUsers = 9;
  {
    const Database database(path(), std::span(sql::kMigrations).first(kBeforeUsers));
  }
  tamper("INSERT INTO accounts (role, password_hash) VALUES ('owner', 'kept')");
  EXPECT_EQ(open()->find_user("owner")->password_hash, "kept");
}

TEST_F(Migrations, TheSchemaIsTheGoldenOne) {
  open();
  SQLite::Database database(path().string());
  SQLite::Statement query(
      database,
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
      "ORDER BY tbl_name, type DESC, name");
  std::string schema =
      "-- The schema after all migrations, as SQLite keeps it; compared by a test.\n";
  while (query.executeStep()) schema += query.getColumn(0).getString() + ";\n\n";
  const std::filesystem::path golden = CANDOR_SOURCE_DIR "/tests/fixtures/schema.sql";
  if (std::getenv("CANDOR_UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << schema;
  std::ostringstream expected;
  expected << std::ifstream(golden).rdbuf();
  EXPECT_EQ(schema, expected.str())
      << "if the change is meant: CANDOR_UPDATE_GOLDEN=1 writes the file anew";
}

}  // namespace
}  // namespace candor::sqlite
