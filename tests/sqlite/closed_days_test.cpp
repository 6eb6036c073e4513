// What only a look into the file can show: rows that go, blocks that are damaged, counts that lie.
#include <gtest/gtest.h>

#include "contract/store_contract.h"
#include "sqlite/database.h"
#include "sqlite/store.h"
#include "store/errors.h"
#include "support/fake_random.h"

namespace candor::sqlite {
namespace {

using contract::berlin;
using contract::day;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00

class ClosedDays : public testing::Test {
 protected:
  ClosedDays() {
    std::vector<Click> clicks;
    for (int n = 0; n < 100; ++n)
      clicks.push_back(contract::make_click(kNoonMs + n * 1'000, LinkId{1 + n % 7}, ArticleId{2}));
    store_ = open_store({.path = path()});
    store_->absorb(clicks, berlin(), {});
  }
  std::filesystem::path path() const { return folder_.path / "candor.db"; }
  store::PackedDay pack() {
    return store_->pack_day(day("2026-01-01"), berlin(), random_, [] {});
  }
  /// Runs SQL on the closed database, as no code of ours would.
  void tamper(const std::string& statements) {
    store_.reset();
    SQLite::Database(path().string(), SQLite::OPEN_READWRITE).exec(statements);
    store_ = open_store({.path = path()});
  }
  std::int64_t number(const std::string& statement) {
    SQLite::Database database(path().string(), SQLite::OPEN_READONLY);
    return database.execAndGet(statement).getInt64();
  }
  std::vector<Click> list() {
    return store_->list_clicks({.after = ClickId{}, .net_only = false, .limit = 1000});
  }

  contract::TemporaryDirectory folder_;
  FakeRandom random_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(ClosedDays, RowsGoWhenTheirBlocksAreThere) {
  EXPECT_EQ(pack().refused, "");
  EXPECT_EQ(number("SELECT count(*) FROM clicks"), 0);
  EXPECT_EQ(number("SELECT sum(clicks) FROM click_blocks WHERE live = 1"), 100);
  EXPECT_EQ(number("SELECT count(*) FROM click_columns"), 17);
}

TEST_F(ClosedDays, RowsThatDifferFromTheirCountsStay) {
  tamper("UPDATE click_days SET clicks = clicks + 1 WHERE link = 3");
  EXPECT_NE(pack().refused, "");
  EXPECT_EQ(number("SELECT count(*) FROM clicks"), 100);
  EXPECT_EQ(number("SELECT count(*) FROM click_columns"), 0);
}

TEST_F(ClosedDays, ADamagedBlockIsReportedAndNeverSkipped) {
  pack();
  tamper(
      "UPDATE click_columns SET data = CAST(substr(data, 1, 30) || x'00' || substr(data, 32) AS "
      "BLOB) WHERE id % "
      "32 = 1");
  try {
    list();
    FAIL() << "a damaged block was read";
  } catch (const store::Broken& broken) {
    EXPECT_NE(std::string(broken.what()).find("2026-01-01"), std::string::npos) << broken.what();
    EXPECT_NE(std::string(broken.what()).find("column link"), std::string::npos) << broken.what();
  }
  tamper("DELETE FROM click_columns WHERE id % 32 = 1");
  EXPECT_THROW(list(), store::Broken);
}

}  // namespace
}  // namespace candor::sqlite
