#include "sqlite/store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <iostream>

#include "contract/store_contract.h"
#include "sqlite/database.h"
#include "store/errors.h"

namespace candor::contract {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(StoreKind{"sqlite",
                                                   [](const std::filesystem::path& folder) {
                                                     return sqlite::open_store(
                                                         {.path = folder / "candor.db"});
                                                   }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace candor::contract

namespace candor::sqlite {
namespace {

using contract::TemporaryDirectory;

TEST(SqliteStore, HasOneOwner) {
  const TemporaryDirectory folder;
  const auto store = open_store({.path = folder.path / "candor.db"});
  std::filesystem::create_symlink(folder.path / "candor.db", folder.path / "alias.db");
  for (const char* name : {"candor.db", "alias.db"}) {
    try {
      open_store({.path = folder.path / name});
      FAIL() << "two owners";
    } catch (const store::Busy& busy) {
      EXPECT_EQ(busy.what(), "owned by pid " + std::to_string(::getpid()));
    }
  }
}

TEST(SqliteStore, ReadersCannotWrite) {
  const TemporaryDirectory folder;
  Database database(folder.path / "candor.db", sql::kMigrations);
  EXPECT_THROW(database.read([](Connection& connection) {
    return Query(connection, sql::links::raise_epoch).run();
  }),
               store::Broken);
}

TEST(SqliteStore, TheOwnerSyncsEveryCommitAndAloneCheckpoints) {
  const TemporaryDirectory folder;
  Database database(folder.path / "candor.db", sql::kMigrations);
  database.write([](Writer& writer) {
    SQLite::Database& owner = writer.connection.database();
    EXPECT_EQ(owner.execAndGet("PRAGMA journal_mode").getString(), "wal");
    EXPECT_EQ(owner.execAndGet("PRAGMA synchronous").getInt(), 2);
    EXPECT_EQ(owner.execAndGet("PRAGMA wal_autocheckpoint").getInt(), 0);
    EXPECT_EQ(owner.execAndGet("PRAGMA foreign_keys").getInt(), 1);
    EXPECT_EQ(owner.execAndGet("PRAGMA mmap_size").getString(), "0");
  });
}

TEST(SqliteStore, AnExceptionRollsBackAndForgetsItsTexts) {
  const TemporaryDirectory folder;
  Database database(folder.path / "candor.db", sql::kMigrations);
  const auto id_of = [&](const std::string& text, bool fails) {
    return database.write([&](Writer& writer) {
      const std::int64_t id = writer.user_agents.id_of(writer.connection, text);
      if (fails) throw std::runtime_error("stop");
      return id;
    });
  };
  EXPECT_THROW(id_of("lost", true), std::runtime_error);
  const std::int64_t kept = id_of("kept", false);
  EXPECT_NE(id_of("lost", false), kept);
}

TEST(SqliteStore, ACheckpointEmptiesTheLog) {
  const TemporaryDirectory folder;
  const auto store = open_store({.path = folder.path / "candor.db"});
  store->set_password_hash({1}, "x");
  EXPECT_GT(std::filesystem::file_size(folder.path / "candor.db-wal"), 0u);
  EXPECT_TRUE(store->checkpoint());
  EXPECT_EQ(std::filesystem::file_size(folder.path / "candor.db-wal"), 0u);
}

TEST(SqliteStore, ACheckpointSaysWhenAReaderKeepsItFromCompleting) {
  const TemporaryDirectory folder;
  Database database(folder.path / "candor.db", sql::kMigrations);
  const auto change = [&] {
    database.write([](Writer& writer) { Query(writer.connection, sql::links::raise_epoch).run(); });
  };
  change();
  database.read([&](Connection& connection) {
    Query(connection, sql::links::find_epoch).next();  // the snapshot begins
    change();
    EXPECT_FALSE(database.checkpoint());
    return 0;
  });
  EXPECT_TRUE(database.checkpoint());
}

TEST(SqliteStore, OutlivesItsOwnersCrash) {
  const TemporaryDirectory folder;
  const auto path = folder.path / "candor.db";
  const auto copy = folder.path / "copy" / "candor.db";
  std::filesystem::create_directory(copy.parent_path());
  {
    const auto store = open_store({.path = path});
    store->absorb({contract::make_click(1'767'265'200'000, LinkId{1})}, contract::berlin(),
                  {.segment = 1, .offset = 5});
    // What a crash leaves: the files as they stand, without the end of their owner.
    for (const char* suffix : {"", "-wal"})
      std::filesystem::copy_file(path.string() + suffix, copy.string() + suffix);
  }
  const auto store = open_store({.path = copy});
  EXPECT_EQ(store->list_clicks({}).size(), 1u);
  EXPECT_EQ(store->absorbed(), (journal::Position{.segment = 1, .offset = 5}));
}

TEST(SqliteStore, AClickTakesAtMost80Bytes) {
  constexpr std::int64_t kClicks = 40'000;
  const TemporaryDirectory folder;
  const auto path = folder.path / "candor.db";
  const auto store = open_store({.path = path});
  const auto absorb = [&](std::int64_t first) {
    std::vector<Click> clicks;
    for (std::int64_t n = first; n < first + kClicks; ++n) {
      Click click = contract::make_click(1'767'265'200'000 + n, LinkId{n % 1000 + 1},
                                         ArticleId{n * 7 % 500 + 1});
      click.placement = static_cast<std::uint16_t>(n % 9 + 1);
      click.visitor = 0x9E3779B97F4A7C15u * static_cast<std::uint64_t>(n + 1);
      click.referrer = "site.example/" + std::to_string(n % 2000);
      click.user_agent = "Mozilla/5.0 Sample/" + std::to_string(n % 1000);
      click.country = Country::parse(n % 3 == 0 ? "GB" : "DE").value();
      click.device = n % 2 == 0 ? Device::Mobile : Device::Desktop;
      click.os = n % 2 == 0 ? Os::Android : Os::Windows;
      click.asn_class = AsnClass::Reader;
      click.language = n % 3 == 0 ? "en" : "de";
      clicks.push_back(std::move(click));
    }
    store->absorb(clicks, contract::berlin(), {});
    EXPECT_TRUE(store->checkpoint());
    return std::filesystem::file_size(path);
  };
  const auto before = absorb(0);  // texts and day counts are there from now on
  const double bytes = static_cast<double>(absorb(kClicks) - before) / kClicks;
  std::cout << "[ FIGURES  ] " << bytes << " bytes a click\n";
  EXPECT_LE(bytes, 80.0);

  // No limit on the time: a machine may be busy. The figure is how long a slice holds others up.
  std::vector<store::NewVerdict> slice;
  for (std::int64_t n = 0; n < 500; ++n)
    slice.push_back({first_click_id(1'767'265'200'000 + n), Verdict::Bot, "pattern 12"});
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(store->change_verdicts(slice, contract::berlin(), 1), 500u);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  std::cout << "[ FIGURES  ] " << took.count() << " ms to judge 500 clicks anew\n";
}

TEST(SqliteStore, SaysThatItsFolderIsMissing) {
  EXPECT_THROW(open_store({.path = "/nonexistent/candor.db"}), store::Broken);
}

}  // namespace
}  // namespace candor::sqlite
