// Clicks that are stored many at once, by copying rows that are laid out by hand, are stored as
// SQLite itself would have stored them.
#include "sqlite/click_batch.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <random>

#include "contract/store_contract.h"
#include "sqlite/store.h"
#include "sqlite/table_image.h"

namespace candor::sqlite {
namespace {

using contract::TemporaryDirectory;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;

/// A file in memory with one table of an id and three columns.
class ImageTest : public testing::Test {
 protected:
  static constexpr std::size_t kPages = 64;
  using Columns = std::array<std::int64_t, 3>;
  using Rows = std::vector<std::pair<std::int64_t, Columns>>;

  ImageTest() : file_(beginning(), kPages), database_(":memory:", SQLite::OPEN_READWRITE) {
    const auto bytes = file_.bytes();
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    EXPECT_EQ(sqlite3_deserialize(database_.getHandle(), "main", bytes.data(), size, size, 0),
              SQLITE_OK);
  }

  static std::string beginning() {
    SQLite::Database empty(":memory:", SQLite::OPEN_READWRITE);
    empty.exec("PRAGMA page_size = 65536; CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c)");
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(empty.getHandle(), "main", &size, 0);
    std::string copy(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return copy;
  }

  void write(const Rows& rows) {
    file_.restart();
    TableImage table(file_, 2);
    for (const auto& [id, columns] : rows) ASSERT_TRUE(table.add(id, columns));
    ASSERT_TRUE(table.finish());
  }

  Rows read() {
    Rows rows;
    SQLite::Statement query(database_, "SELECT id, a, b, c FROM t ORDER BY id");
    while (query.executeStep())
      rows.push_back({query.getColumn(0).getInt64(),
                      {query.getColumn(1).getInt64(), query.getColumn(2).getInt64(),
                       query.getColumn(3).getInt64()}});
    return rows;
  }

  PageFile file_;
  SQLite::Database database_;
};

TEST_F(ImageTest, EveryNumberIsReadAsItWasWritten) {
  Rows rows;
  for (int bits = 0; bits < 64; ++bits)
    for (const std::int64_t step : {-1, 0, 1}) {
      const auto power = static_cast<std::int64_t>(std::uint64_t{1} << bits);
      const auto value = static_cast<std::int64_t>(static_cast<std::uint64_t>(power) +
                                                   static_cast<std::uint64_t>(step));
      rows.push_back({0, {value, -(value / 2), ~value}});
    }
  for (auto& row : rows) row.first = row.second[0];
  std::ranges::sort(rows);
  const auto again = std::ranges::unique(rows, {}, [](const auto& row) { return row.first; });
  rows.erase(again.begin(), again.end());
  // No click has the least of all numbers as its id; one that did would be stored singly.
  ASSERT_EQ(rows.front().first, std::numeric_limits<std::int64_t>::min());
  rows.erase(rows.begin());
  write(rows);
  EXPECT_EQ(read(), rows);
}

TEST_F(ImageTest, EachTransactionReadsWhatWasWrittenLast) {
  std::minstd_rand random(3);
  for (const std::size_t count : {1, 5, 4'000, 60'000, 3, 9'000}) {
    Rows rows;
    std::int64_t id = 0;
    while (rows.size() < count)
      rows.push_back({id += 1 + static_cast<std::int64_t>(random() % 300),
                      {static_cast<std::int64_t>(random()), static_cast<std::int64_t>(rows.size()),
                       -static_cast<std::int64_t>(random())}});
    write(rows);
    ASSERT_EQ(read(), rows) << count;
  }
}

TEST_F(ImageTest, WhatDoesNotFitIsRefused) {
  file_.restart();
  TableImage table(file_, 2);
  const Columns columns{1'000'000, 2'000'000, 3'000'000};
  EXPECT_FALSE(TableImage(file_, 2).finish()) << "no rows";
  EXPECT_TRUE(table.add(7, columns));
  EXPECT_FALSE(table.add(7, columns)) << "not ascending";
  EXPECT_FALSE(table.add(6, columns)) << "not ascending";
  std::int64_t id = 7;
  while (table.add(++id, columns)) ASSERT_LT(id, 1'000'000);
  EXPECT_GT(id, 100'000);
}

class ClickBatchTest : public testing::Test {
 protected:
  Click random_click(std::int64_t n) {
    const auto below = [this](std::uint64_t end) { return random_() % end; };
    Click click = contract::make_click(kNoonMs + n * 40'000, LinkId{1 + n % 900},
                                       ArticleId{static_cast<std::int64_t>(below(400))});
    click.placement = static_cast<std::uint16_t>(below(65'536));
    click.visitor = random_() >> below(64);
    click.verdict = static_cast<Verdict>(below(kVerdictCount));
    click.reason = click.verdict == Verdict::Human ? "" : "pattern " + std::to_string(below(4));
    click.referrer = below(3) == 0 ? "" : "site.example/" + std::to_string(below(300));
    click.user_agent = "Sample/" + std::to_string(below(200));
    if (below(2) == 0) click.country = Country::parse("DE").value();
    click.device = static_cast<Device>(below(kDeviceCount));
    click.os = static_cast<Os>(below(kOsCount));
    click.asn_class = static_cast<AsnClass>(below(kAsnClassCount));
    click.language = below(2) == 0 ? "" : "de";
    click.variant = static_cast<std::uint8_t>(below(256));
    click.kind = static_cast<ClickKind>(below(kClickKindCount));
    if (below(9) == 0) click.skew_ms = -static_cast<std::int32_t>(below(1u << 31));
    return click;
  }
  std::vector<Click> random_clicks(std::int64_t first, std::int64_t end) {
    std::vector<Click> clicks;
    for (std::int64_t n = first; n < end; ++n) clicks.push_back(random_click(n));
    return clicks;
  }

  std::filesystem::path path(const char* name) const { return folder_.path / name; }
  void absorb(store::Store& store, const std::vector<Click>& clicks) {
    store.absorb(clicks, zone_, {.segment = 1, .offset = ++offset_});
  }

  /// Every row of a table as SQLite reads it, in a database that SQLite finds sound.
  std::vector<std::string> rows(const char* name, const std::string& table) const {
    SQLite::Database database(path(name), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
    SQLite::Statement query(database, "SELECT * FROM " + table);
    std::vector<std::string> all;
    while (query.executeStep()) {
      std::string row;
      for (int i = 0; i < query.getColumnCount(); ++i)
        row += query.getColumn(i).getString() + (query.getColumn(i).isInteger() ? "i " : "? ");
      all.push_back(row);
    }
    return all;
  }

  TemporaryDirectory folder_;
  const rollup::SiteZone zone_ = contract::berlin();
  std::mt19937_64 random_{5};
  std::uint64_t offset_ = 0;
};

TEST_F(ClickBatchTest, StoresWhatOneByOneStores) {
  const auto clicks = random_clicks(0, 12'000);
  {
    const auto at_once = open_store({.path = path("at_once.db")});
    const auto singly = open_store({.path = path("singly.db")});
    for (std::size_t from = 0; from < clicks.size();) {
      const std::size_t to = std::min(clicks.size(), from + 1 + random_() % 4'000);
      absorb(*at_once, {clicks.begin() + static_cast<std::ptrdiff_t>(from),
                        clicks.begin() + static_cast<std::ptrdiff_t>(to)});
      from = to;
    }
    for (std::size_t from = 0; from < clicks.size(); from += 10)
      absorb(*singly, {clicks.begin() + static_cast<std::ptrdiff_t>(from),
                       clicks.begin() + static_cast<std::ptrdiff_t>(from + 10)});
  }
  for (const char* table :
       {"clicks", "click_days", "user_agents", "referrers", "reasons", "languages"})
    EXPECT_EQ(rows("at_once.db", table), rows("singly.db", table)) << table;
  EXPECT_EQ(rows("at_once.db", "clicks").size(), clicks.size());
}

TEST_F(ClickBatchTest, ClicksThatAreStoredOrOutOfOrderCountOnce) {
  auto clicks = random_clicks(0, 600);
  {
    const auto store = open_store({.path = path("candor.db")});
    absorb(*store, {clicks.begin() + 100, clicks.begin() + 200});
    absorb(*store, clicks);
    std::ranges::reverse(clicks);
    absorb(*store, clicks);
    auto more = random_clicks(600, 700);
    std::ranges::reverse(more);
    absorb(*store, more);
    absorb(*store, random_clicks(700, 800));
  }
  EXPECT_EQ(rows("candor.db", "clicks").size(), 800u);
  std::int64_t counted = 0;
  const auto store = open_store({.path = path("candor.db")});
  for (const auto& day : store->clicks_by_day(0, 100'000, {}))
    for (const std::int64_t by_verdict : day.by_verdict) counted += by_verdict;
  EXPECT_EQ(counted, 800);
  ASSERT_EQ(store->find_click(clicks.front().id), clicks.front());
}

}  // namespace
}  // namespace candor::sqlite
