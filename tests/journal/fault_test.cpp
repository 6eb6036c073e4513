// A disk that fills, fails or stalls: what was reported recorded is there, what was reported lost
// was counted, and the journal goes on by itself.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <thread>

#include "journal/faulty_disk.h"
#include "journal/journal.h"
#include "journal/journal_testing.h"
#include "journal/record.h"

namespace candor::journal {
namespace {

using Call = FaultyDisk::Call;

Options options(const TemporaryDirectory& directory) {
  return {.directory = directory.path(), .segment_bytes = 4 * kBlockBytes};
}

struct Fault {
  Call call;
  int error;
};

class EveryFault : public testing::TestWithParam<Fault> {};

TEST_P(EveryFault, AtAnyPlaceLosesOnlyWhatIsReportedLost) {
  const auto clicks = sample_clicks(0, 4000);
  for (int nth = 1;; ++nth) {
    TemporaryDirectory directory;
    FaultyDisk disk;
    disk.fail(GetParam().call, nth, 1, GetParam().error);
    Outcomes outcomes;
    std::vector<Click> read_back;
    {
      Journal journal(options(directory), disk);
      append_all(journal, outcomes, clicks, 200);
      const Counters counters = journal.counters();
      EXPECT_EQ(counters.recorded, outcomes.recorded().size());
      EXPECT_EQ(counters.failed, outcomes.failed());
      EXPECT_EQ(counters.recorded + counters.failed, clicks.size());
      EXPECT_LE(counters.failed, 200u) << "call " << nth;
      const Batch batch = read_all(directory.path());
      EXPECT_EQ(batch.clicks, outcomes.recorded()) << "call " << nth;
      EXPECT_TRUE(batch.damage.empty()) << "call " << nth << ": " << batch.damage[0].reason;
    }
    EXPECT_EQ(read_all(directory.path()).clicks, outcomes.recorded()) << "call " << nth;
    if (disk.failed_calls() == 0) {
      std::cout << "calls failed one by one: " << nth - 1 << "\n";
      break;
    }
    ASSERT_LT(nth, 1000);
  }
}

TEST_P(EveryFault, LeavesEveryClickAccountedForWhenTheQueueIsFullToo) {
  constexpr std::int64_t kClicks = 3000;
  constexpr std::int64_t kBurst = 250;
  for (int nth = 1;; ++nth) {
    TemporaryDirectory directory;
    FaultyDisk disk;
    disk.fail(GetParam().call, nth, 3, GetParam().error);
    Options with = options(directory);
    with.durability = Durability::Process;
    with.queue_limit = 200;
    Outcomes outcomes;
    Counters counters;
    {
      Journal journal(with, disk);
      for (std::int64_t n = 0; n < kClicks; n += kBurst) {
        outcomes.append(journal, sample_clicks(n, n + kBurst));
        outcomes.wait_for(static_cast<std::size_t>(n + kBurst));
      }
      counters = journal.counters();
    }
    EXPECT_EQ(counters.recorded + counters.failed + counters.shed,
              static_cast<std::uint64_t>(kClicks));
    EXPECT_EQ(counters.recorded, outcomes.recorded().size());
    EXPECT_EQ(counters.failed, outcomes.failed());
    EXPECT_EQ(counters.shed, outcomes.shed());
    EXPECT_EQ(outcomes.shed(), static_cast<std::size_t>(kClicks / kBurst * (kBurst - 200)));
    EXPECT_EQ(read_all(directory.path()).clicks, outcomes.recorded()) << "call " << nth;
    if (disk.failed_calls() == 0) break;
    ASSERT_LT(nth, 1000);
  }
}

std::string name_of_fault(const testing::TestParamInfo<Fault>& each) {
  constexpr std::array kNames{"Create", "Write", "Sync", "Truncate", "SyncNames"};
  return kNames.at(static_cast<std::size_t>(each.param.call)) + std::to_string(each.param.error);
}

constexpr std::array kFaults{Fault{Call::Write, ENOSPC},  Fault{Call::Write, EIO},
                             Fault{Call::Sync, EIO},      Fault{Call::Sync, ENOSPC},
                             Fault{Call::Create, EMFILE}, Fault{Call::Create, EROFS},
                             Fault{Call::Truncate, EIO},  Fault{Call::SyncNames, EIO}};
INSTANTIATE_TEST_SUITE_P(Disk, EveryFault, testing::ValuesIn(kFaults), name_of_fault);

TEST(Fault, FullDiskLosesUntilThereIsRoomAgain) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  Outcomes outcomes;
  Journal journal(options(directory), disk);
  append_all(journal, outcomes, sample_clicks(0, 100));
  disk.fail(Call::Write, 1, FaultyDisk::kForEver, ENOSPC);
  append_all(journal, outcomes, sample_clicks(100, 400));
  EXPECT_EQ(outcomes.failed(), 300u);
  EXPECT_NE(journal.counters().last_error, "");
  disk.heal();
  append_all(journal, outcomes, sample_clicks(400, 500));
  EXPECT_EQ(outcomes.failed(), 300u);
  EXPECT_EQ(journal.counters().last_error, "");
  const Batch batch = read_all(directory.path());
  EXPECT_EQ(batch.clicks, outcomes.recorded());
  EXPECT_EQ(batch.clicks.size(), 200u);
}

TEST(Fault, DiskFullAtTheStartIsNoReasonNotToStart) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  disk.fail(Call::Write, 1, FaultyDisk::kForEver, ENOSPC);
  Outcomes outcomes;
  Journal journal(options(directory), disk);
  append_all(journal, outcomes, sample_clicks(0, 10));
  EXPECT_EQ(outcomes.failed(), 10u);
  disk.heal();
  append_all(journal, outcomes, sample_clicks(10, 20));
  EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(10, 20));
}

TEST(Fault, SegmentIsAbandonedWhenItsSyncFails) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  Outcomes outcomes;
  Journal journal(options(directory), disk);
  append_all(journal, outcomes, {sample_click(0)});
  const Position before = journal.written();
  disk.fail(Call::Sync, 1, 1, EIO);
  append_all(journal, outcomes, {sample_click(1)});
  EXPECT_EQ(journal.written(), before);
  append_all(journal, outcomes, {sample_click(2)});
  EXPECT_EQ(journal.written().segment, before.segment + 1);
  EXPECT_EQ(read_all(directory.path()).clicks, (std::vector{sample_click(0), sample_click(2)}));
}

TEST(Fault, StalledDiskShedsBeyondTheQueueAndLosesNothingElse) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  Options with = options(directory);
  with.queue_limit = 50;
  Outcomes outcomes;
  Journal journal(with, disk);
  append_all(journal, outcomes, {sample_click(0)});
  disk.stall();
  outcomes.append(journal, sample_click(1));
  disk.wait_until_stalled();
  for (std::int64_t n = 2; n < 120; ++n) outcomes.append(journal, sample_click(n));
  EXPECT_EQ(outcomes.shed(), 69u);  // 119 appended, 50 wait
  EXPECT_EQ(journal.counters().shed, 69u);
  EXPECT_EQ(outcomes.recorded().size(), 1u);
  disk.resume();
  outcomes.wait_for(120);
  EXPECT_EQ(outcomes.recorded(), sample_clicks(0, 51));
  EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(0, 51));
}

TEST_P(EveryFault, LosesOnlyWhatIsReportedLostWhenTheCallerWrites) {
  constexpr std::int64_t kGroup = 20;
  for (int nth = 1;; ++nth) {
    TemporaryDirectory directory;
    FaultyDisk disk;
    disk.fail(GetParam().call, nth, 1, GetParam().error);
    Outcomes outcomes;
    Options with = options(directory);
    with.durability = Durability::Process;
    {
      Journal journal(with, disk);
      for (std::int64_t n = 0; n < 1000; n += kGroup) {
        outcomes.write_through(journal, sample_clicks(n, n + kGroup));
        outcomes.wait_for(static_cast<std::size_t>(n + kGroup));
      }
      const Counters counters = journal.counters();
      EXPECT_EQ(counters.recorded, outcomes.recorded().size());
      EXPECT_EQ(counters.failed, outcomes.failed());
      EXPECT_LE(counters.failed, 2 * kGroup) << "call " << nth;
      EXPECT_EQ(read_all(directory.path()).clicks, outcomes.recorded()) << "call " << nth;
    }
    const Batch batch = read_all(directory.path());
    EXPECT_EQ(batch.clicks, outcomes.recorded()) << "call " << nth;
    EXPECT_TRUE(batch.damage.empty()) << "call " << nth << ": " << batch.damage[0].reason;
    if (disk.failed_calls() == 0) break;
    ASSERT_LT(nth, 1000);
  }
}

TEST(Fault, WhoWritesThroughNeverWaitsForAnotherWrite) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  Options with = options(directory);
  with.durability = Durability::Process;
  Outcomes outcomes;
  Journal journal(with, disk);
  append_all(journal, outcomes, {sample_click(0)});
  disk.stall();
  std::jthread stalled([&] { EXPECT_TRUE(outcomes.write_through(journal, {sample_click(1)})); });
  disk.wait_until_stalled();
  EXPECT_FALSE(outcomes.write_through(journal, {sample_click(2)}));
  EXPECT_EQ(journal.counters().recorded, 1u);
  disk.resume();
  stalled.join();
  outcomes.wait_for(3);
  EXPECT_EQ(outcomes.recorded().size(), 3u);  // two threads tell of theirs, in either order
  EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(0, 3));
}

TEST(Fault, StopWaitsForWhoeverWritesThrough) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  Options with = options(directory);
  with.durability = Durability::Process;
  Outcomes outcomes;
  auto journal = std::make_unique<Journal>(with, disk);
  append_all(*journal, outcomes, {sample_click(0)});
  disk.stall();
  std::jthread stalled(
      [&, its = journal.get()] { EXPECT_TRUE(outcomes.write_through(*its, {sample_click(1)})); });
  disk.wait_until_stalled();
  disk.resume();
  journal.reset();
  stalled.join();
  EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(0, 2));
}

TEST(Fault, StopWritesWhatIsQueued) {
  TemporaryDirectory directory;
  FaultyDisk disk;
  Outcomes outcomes;
  {
    Journal journal(options(directory), disk);
    append_all(journal, outcomes, {sample_click(0)});
    disk.stall();
    for (std::int64_t n = 1; n < 500; ++n) outcomes.append(journal, sample_click(n));
    disk.wait_until_stalled();
    disk.resume();
  }
  EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(0, 500));
}

}  // namespace
}  // namespace candor::journal
