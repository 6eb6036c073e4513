#include "absorb/absorber.h"

#include <gmock/gmock.h>

#include <fstream>

#include "contract/store_contract.h"
#include "journal/journal.h"
#include "sqlite/store.h"

namespace candor::absorb {
namespace {

using contract::TemporaryDirectory;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00

Click click_of(std::int64_t n) {
  Click click = contract::make_click(kNoonMs + n, LinkId{n % 97 + 1}, ArticleId{n % 13});
  click.verdict = n % 7 == 0 ? Verdict::Bot : Verdict::Human;
  click.reason = n % 7 == 0 ? "crawler" : "";
  click.referrer = "site.example/" + std::to_string(n % 41);
  return click;
}

class AbsorberTest : public testing::Test {
 protected:
  AbsorberTest() { open(); }

  void open() { store_ = sqlite::open_store({.path = folder_.path / "candor.db"}); }
  void reopen() {
    store_.reset();
    open();
  }
  std::filesystem::path journal() const { return folder_.path / "journal"; }

  /// A journal's life: appends clicks [from, to) and closes, so that all of them are written.
  void record(std::int64_t from, std::int64_t to) {
    std::filesystem::create_directories(journal());
    journal::Journal open({.directory = journal(),
                           .durability = journal::Durability::Process,
                           .segment_bytes = 64u << 10});
    for (std::int64_t n = from; n < to; ++n)
      open.append(click_of(n), [](journal::AppendOutcome outcome) {
        EXPECT_EQ(outcome, journal::AppendOutcome::Recorded);
      });
  }

  std::size_t segments() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(journal()))
      if (entry.path().extension() == ".clicks") ++count;
    return count;
  }

  std::int64_t counted() const {
    std::int64_t sum = 0;
    for (const auto& each :
         store_->clicks_by_day(contract::day("2026-01-01"), contract::day("2026-01-09"), {}))
      for (const std::int64_t clicks : each.by_verdict) sum += clicks;
    return sum;
  }

  void expect_stored(std::int64_t count) {
    const auto clicks =
        store_->list_clicks({.after = ClickId{0}, .net_only = false, .limit = 1'000'000});
    ASSERT_EQ(clicks.size(), static_cast<std::size_t>(count));
    for (std::int64_t n = 0; n < count; ++n)
      ASSERT_EQ(clicks[static_cast<std::size_t>(n)], click_of(n));
    EXPECT_EQ(counted(), count);
  }

  Progress absorb(std::size_t batch = 4096) {
    Absorber absorber(journal(), *store_, zone_);
    return absorber.absorb_all(batch);
  }

  TemporaryDirectory folder_;
  std::unique_ptr<store::Store> store_;
  const rollup::SiteZone zone_ = contract::berlin();
};

TEST_F(AbsorberTest, EveryRecordedClickIsStoredOnce) {
  record(0, 1'000);
  EXPECT_EQ(absorb(17).clicks, 1'000u);
  expect_stored(1'000);
  EXPECT_EQ(absorb().clicks, 0u);
  expect_stored(1'000);
}

TEST_F(AbsorberTest, GoesOnWhereItStopped) {
  Absorber absorber(journal(), *store_, zone_);
  record(0, 100);
  EXPECT_EQ(absorber.absorb_all().clicks, 100u);
  EXPECT_EQ(absorber.absorb_all().clicks, 0u);
  record(100, 250);
  EXPECT_EQ(absorber.absorb_all().clicks, 150u);
  record(250, 300);
  reopen();
  EXPECT_EQ(absorb().clicks, 50u);
  expect_stored(300);
}

TEST_F(AbsorberTest, ALostPositionCountsNothingTwice) {
  record(0, 300);
  absorb();
  store_->absorb({}, zone_, {});  // as in a database restored from a backup
  EXPECT_EQ(absorb().clicks, 300u);
  expect_stored(300);
}

TEST_F(AbsorberTest, NothingBehindTheWrittenPositionIsAbsorbed) {
  record(0, 10);
  const journal::Position written = journal::read(journal(), {}, 10).next;
  record(10, 20);
  Absorber absorber(journal(), *store_, zone_);
  EXPECT_EQ(absorber.absorb_all(4096, written).clicks, 10u);
  EXPECT_EQ(absorber.absorb_all().clicks, 10u);
  expect_stored(20);
}

TEST_F(AbsorberTest, SegmentsGoOnceTheyAreCheckpointed) {
  record(0, 20'000);
  const std::size_t before = segments();
  ASSERT_GT(before, 3u);
  Absorber absorber(journal(), *store_, zone_);
  absorber.absorb_all(1'000);
  EXPECT_LE(segments(), 2u);
  expect_stored(20'000);
}

TEST_F(AbsorberTest, AnEmptyJournalIsNothing) {
  std::filesystem::create_directories(journal());
  const Progress progress = absorb();
  EXPECT_EQ(progress.clicks, 0u);
  EXPECT_TRUE(progress.damage.empty());
}

TEST_F(AbsorberTest, DamageIsReportedOnceAndTheRestAbsorbed) {
  record(0, 3'000);
  const std::filesystem::path first = journal() / "0000000001.clicks";
  {
    std::fstream file(first, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(20'000);
    file.put('\x55').put('\xaa');
  }
  Absorber absorber(journal(), *store_, zone_);
  const Progress progress = absorber.absorb_all();
  ASSERT_FALSE(progress.damage.empty());
  EXPECT_EQ(progress.damage[0].segment, 1u);
  EXPECT_LT(progress.clicks, 3'000u);
  EXPECT_GT(progress.clicks, 2'000u);
  EXPECT_EQ(counted(), static_cast<std::int64_t>(progress.clicks));
  EXPECT_TRUE(absorber.absorb_all().damage.empty());
}

/// A store whose disk does not take a checkpoint; what the absorber does not call is not there.
class UncheckpointedStore final : public store::ClickStore {
 public:
  explicit UncheckpointedStore(store::ClickStore& store) : store_(store) {}

  bool checkpoint() override { return false; }
  journal::Position absorbed() const override { return store_.absorbed(); }
  void absorb_records(const journal::Records& records, const rollup::SiteZone& zone,
                      journal::Position next) override {
    store_.absorb_records(records, zone, next);
  }

  std::vector<Click> list_clicks(const store::ClickFilter&) const override { throw uncalled(); }
  std::optional<Click> find_click(ClickId) const override { throw uncalled(); }
  ClickId last_click() const override { throw uncalled(); }
  std::size_t change_verdicts(const std::vector<store::NewVerdict>&, const rollup::SiteZone&,
                              std::int64_t) override {
    throw uncalled();
  }
  std::optional<store::FirstVerdict> find_first_verdict(ClickId) const override {
    throw uncalled();
  }
  std::vector<store::DayClicks> clicks_by_day(rollup::DayNumber, rollup::DayNumber,
                                              std::optional<ArticleId>) const override {
    throw uncalled();
  }
  std::vector<store::ArticleClicks> clicks_by_article(rollup::DayNumber,
                                                      rollup::DayNumber) const override {
    throw uncalled();
  }
  std::vector<store::LinkClicks> clicks_of_capped_links() const override { throw uncalled(); }
  std::int64_t start_run(std::int64_t) override { throw uncalled(); }
  void save_run(const store::Run&) override { throw uncalled(); }
  std::vector<store::Run> list_runs(std::size_t) const override { throw uncalled(); }
  std::vector<store::Outage> list_outages(std::int64_t, std::int64_t) const override {
    throw uncalled();
  }

 private:
  static std::logic_error uncalled() { return std::logic_error("not the absorber's business"); }
  store::ClickStore& store_;
};

TEST_F(AbsorberTest, SegmentsStayUntilTheyAreCheckpointed) {
  record(0, 20'000);
  const std::size_t before = segments();
  UncheckpointedStore stuck(*store_);
  Absorber absorber(journal(), stuck, zone_);
  EXPECT_EQ(absorber.absorb_all(1'000).clicks, 20'000u);
  EXPECT_EQ(segments(), before);
  EXPECT_FALSE(absorber.settle());
  EXPECT_EQ(segments(), before);

  Absorber later(journal(), *store_, zone_);
  EXPECT_EQ(later.absorb_all().clicks, 0u);
  EXPECT_TRUE(later.settle());
  EXPECT_LE(segments(), 2u);
  expect_stored(20'000);
}

}  // namespace
}  // namespace candor::absorb
