#include "journal/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "journal/journal_testing.h"
#include "journal/record.h"
#include "journal/segment_files.h"

namespace candor::journal {
namespace {

constexpr std::uint64_t kSmallSegment = 4 * kBlockBytes;

Options options(const TemporaryDirectory& directory, std::uint64_t segment_bytes = kSmallSegment) {
  return {.directory = directory.path(), .segment_bytes = segment_bytes};
}

rc::Gen<std::string> text() {
  return rc::gen::oneOf(rc::gen::element<std::string>("", "Mozilla/5.0 (iPhone)", "curl/8.0"),
                        rc::gen::arbitrary<std::string>(),
                        rc::gen::map(rc::gen::inRange<std::size_t>(0, kTextBytes),
                                     [](std::size_t n) { return std::string(n, 'x'); }));
}

rc::Gen<Click> any_click() {
  return rc::gen::build<Click>(
      rc::gen::set(&Click::id, rc::gen::map(rc::gen::positive<std::int64_t>(),
                                            [](auto v) { return ClickId{v}; })),
      rc::gen::set(&Click::link, rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                                              [](auto v) { return LinkId{v}; })),
      rc::gen::set(&Click::article, rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                                                 [](auto v) { return ArticleId{v}; })),
      rc::gen::set(&Click::placement), rc::gen::set(&Click::visitor),
      rc::gen::set(&Click::verdict,
                   rc::gen::element(Verdict::Human, Verdict::Bot, Verdict::Prefetch, Verdict::Head,
                                    Verdict::Repeat)),
      rc::gen::set(&Click::reason, text()), rc::gen::set(&Click::referrer, text()),
      rc::gen::set(&Click::user_agent, text()));
}

TEST(Journal, ClicksWrittenByTheCallerComeBackInOrderAmongTheOthers) {
  EXPECT_TRUE(rc::check([] {
    const auto groups = *rc::gen::container<std::vector<std::vector<Click>>>(
        rc::gen::container<std::vector<Click>>(any_click()));
    TemporaryDirectory directory;
    Options with = options(directory);
    with.durability = Durability::Process;
    std::vector<Click> all;
    Outcomes outcomes;
    {
      Journal journal(with);
      for (const auto& group : groups) {
        if (group.empty()) continue;
        outcomes.write_through(journal, group);
        all.insert(all.end(), group.begin(), group.end());
        outcomes.wait_for(all.size());
        RC_ASSERT(read_all(directory.path()).clicks == all);
        RC_ASSERT(journal.counters().recorded == all.size());
      }
    }
    RC_ASSERT(outcomes.recorded() == all);
    const Batch batch = read_all(directory.path());
    RC_ASSERT(batch.clicks == all);
    RC_ASSERT(batch.damage.empty());
  }));
}

TEST(Journal, TheCallerWritesOnlyWhereNoSyncIsPromised) {
  for (const auto durability : {Durability::Process, Durability::Power}) {
    TemporaryDirectory directory;
    Options with = options(directory);
    with.durability = durability;
    Outcomes outcomes;
    Journal journal(with);
    // A segment begins with a sync, which is the writer thread's.
    EXPECT_FALSE(outcomes.write_through(journal, {sample_click(0)}));
    outcomes.wait_for(1);
    const bool may = durability == Durability::Process;
    EXPECT_EQ(journal.may_write_through(), may);
    EXPECT_EQ(outcomes.write_through(journal, {sample_click(1)}), may);
    outcomes.wait_for(2);
    EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(0, 2));
  }
}

TEST(Journal, ExactlyTheAppendedClicksComeBackInOrder) {
  EXPECT_TRUE(rc::check([] {
    const auto clicks = *rc::gen::container<std::vector<Click>>(any_click());
    const auto group = *rc::gen::inRange<std::size_t>(1, 50);
    const auto limit = *rc::gen::inRange<std::size_t>(1, 50);
    TemporaryDirectory directory;
    Options with = options(directory);
    with.durability = *rc::gen::element(Durability::Process, Durability::Power);
    Outcomes outcomes;
    {
      Journal journal(with);
      append_all(journal, outcomes, clicks, group);
      RC_ASSERT(read_all(directory.path(), limit).clicks == clicks);
    }
    RC_ASSERT(outcomes.recorded() == clicks);
    const Batch batch = read_all(directory.path(), limit);
    RC_ASSERT(batch.clicks == clicks);
    RC_ASSERT(batch.damage.empty());
  }));
}

TEST(Journal, RotatesSegmentsAndReadsAcrossThem) {
  TemporaryDirectory directory;
  const auto clicks = sample_clicks(0, 12000);
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, clicks, 500);
  EXPECT_GE(journal.written().segment, 4u);
  const Batch batch = read_all(directory.path(), 777);
  EXPECT_EQ(batch.clicks, clicks);
  EXPECT_TRUE(batch.damage.empty());
  EXPECT_EQ(batch.next, journal.written());
  EXPECT_EQ(journal.counters().recorded, clicks.size());
  EXPECT_EQ(journal.counters().last_error, "");
}

TEST(Journal, OneGroupMaySpanSegments) {
  TemporaryDirectory directory;
  const auto clicks = sample_clicks(0, 9000);
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, clicks, clicks.size());
  EXPECT_EQ(read_all(directory.path()).clicks, clicks);
}

TEST(Journal, ClicksAppendedTogetherAreSettledTogetherOverSegmentsToo) {
  TemporaryDirectory directory;
  const auto clicks = sample_clicks(0, 9000);
  std::vector<AppendOutcomes> outcomes;
  {
    Journal journal(options(directory));
    journal.append(clicks, [&](const AppendOutcomes& each) { outcomes.push_back(each); });
  }
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(outcomes[0].recorded, clicks.size());
  EXPECT_EQ(outcomes[0].failed + outcomes[0].shed, 0u);
  EXPECT_EQ(read_all(directory.path()).clicks, clicks);
  EXPECT_GT(list_segments(directory.path()).size(), 1u);
}

TEST(Journal, TakesOfManyClicksThoseItsQueueHasRoomFor) {
  TemporaryDirectory directory;
  Options with = options(directory);
  with.queue_limit = 150;
  std::vector<AppendOutcomes> outcomes;
  {
    Journal journal(with);
    journal.append(sample_clicks(0, 200),
                   [&](const AppendOutcomes& each) { outcomes.push_back(each); });
  }
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(outcomes[0].recorded, 150u);
  EXPECT_EQ(outcomes[0].shed, 50u);
  EXPECT_EQ(read_all(directory.path()).clicks, sample_clicks(0, 150));
}

TEST(Journal, IdsAscendOverRestartsWhateverTheClockDoes) {
  EXPECT_TRUE(rc::check([] {
    const auto jumps =
        *rc::gen::resize(6, rc::gen::container<std::vector<std::int64_t>>(
                                rc::gen::inRange<std::int64_t>(-86'400'000, 86'400'000)));
    TemporaryDirectory directory;
    std::int64_t now_ms = kClickEpochMs + 200'000'000'000;
    ClickId last;
    for (const std::int64_t jump : jumps) {
      now_ms += jump;
      Outcomes outcomes;
      Journal journal({.directory = directory.path(),
                       .durability = Durability::Process,
                       .segment_bytes = kSmallSegment});
      RC_ASSERT(journal.last_click_at_open() == last);
      ClickIdMinter minter(*rc::gen::inRange(0, 1024), journal.last_click_at_open());
      for (int n = 0; n < 3; ++n) {
        Click click = sample_click(n);
        click.id = minter.mint(from_ms(now_ms));
        RC_ASSERT(click.id > last);
        last = click.id;
        outcomes.append(journal, click);
      }
      outcomes.wait_for(3);
    }
  }));
}

TEST(Journal, ClickWithKnownTextsTakesAtMost80Bytes) {
  TemporaryDirectory directory;
  Outcomes outcomes;
  Journal journal(options(directory, 1u << 20));
  const auto first = sample_clicks(0, 1000);
  append_all(journal, outcomes, first);
  // A second round writes the texts once more: in another block, against the loss of the first.
  append_all(journal, outcomes, first);
  const std::uint64_t before = journal.written().offset;
  append_all(journal, outcomes, sample_clicks(1000, 9000));
  const std::uint64_t bytes = journal.written().offset - before;
  EXPECT_LE(bytes, 8000u * 80u);
  std::cout << "bytes per click with known texts: " << static_cast<double>(bytes) / 8000 << "\n";
}

TEST(Journal, NewProcessBeginsANewSegmentAndKnowsTheLastId) {
  TemporaryDirectory directory;
  Outcomes outcomes;
  std::vector<Click> all;
  for (std::int64_t run = 0; run < 3; ++run) {
    Journal journal(options(directory));
    EXPECT_EQ(journal.last_click_at_open(), all.empty() ? ClickId{} : all.back().id);
    const auto clicks = sample_clicks(run * 100, run * 100 + 100);
    append_all(journal, outcomes, clicks);
    all.insert(all.end(), clicks.begin(), clicks.end());
    EXPECT_EQ(journal.written().segment, static_cast<std::uint64_t>(run + 1));
  }
  EXPECT_EQ(read_all(directory.path()).clicks, all);
}

TEST(Journal, SegmentBegunAgainUnderItsNumberIsReadAnew) {
  TemporaryDirectory directory;
  TemporaryDirectory elsewhere;
  Outcomes outcomes;
  {
    Journal journal({.directory = elsewhere.path()});
    append_all(journal, outcomes, sample_clicks(0, 50), 10);
  }
  // A full disk: the segment is there for a moment, and taken away again.
  const auto path = segment_path(directory.path(), 1);
  std::ofstream(path) << "";
  Reader reader(directory.path());
  const Batch none = reader.read({}, 100);
  EXPECT_TRUE(none.clicks.empty());
  std::filesystem::remove(path);
  std::filesystem::copy_file(segment_path(elsewhere.path(), 1), path);
  EXPECT_EQ(reader.read(none.next, 100).clicks.size(), 50u);
}

TEST(Journal, RunWithoutClicksLeavesNothingBehind) {
  TemporaryDirectory directory;
  {
    Journal journal(options(directory));
  }
  EXPECT_TRUE(list_segments(directory.path()).empty());
}

TEST(Journal, OneProcessHasTheDirectory) {
  TemporaryDirectory directory;
  Journal journal(options(directory));
  EXPECT_THROW(Journal{options(directory)}, std::system_error);
}

TEST(Journal, UnusableDirectoryIsRefused) {
  TemporaryDirectory directory;
  save_file(directory.path() / "file", "");
  Options with = options(directory);
  with.directory = directory.path() / "file";
  EXPECT_THROW(Journal{with}, std::system_error);
}

TEST(Reader, GoesOnFromAnyPosition) {
  TemporaryDirectory directory;
  const auto clicks = sample_clicks(0, 6000);
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, clicks, 100);
  Position at;
  std::vector<Click> got;
  for (std::size_t limit = 1; got.size() < clicks.size(); limit = limit % 997 + 101) {
    const Batch batch = read(directory.path(), at, limit);
    ASSERT_TRUE(batch.damage.empty());
    ASSERT_FALSE(batch.clicks.empty());
    got.insert(got.end(), batch.clicks.begin(), batch.clicks.end());
    at = batch.next;
  }
  EXPECT_EQ(got, clicks);
  const Batch nothing = read(directory.path(), at, 100);
  EXPECT_TRUE(nothing.clicks.empty());
  EXPECT_EQ(nothing.next, at);
}

TEST(Reader, StopsWhereItIsTold) {
  TemporaryDirectory directory;
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, sample_clicks(0, 100));
  const Position until = journal.written();
  append_all(journal, outcomes, sample_clicks(100, 200));
  Reader reader(directory.path());
  EXPECT_EQ(reader.read({}, 1000, until).clicks, sample_clicks(0, 100));
  EXPECT_EQ(reader.read(until, 1000).clicks, sample_clicks(100, 200));
}

TEST(Reader, NoDirectoryIsNothingNew) {
  TemporaryDirectory directory;
  const Batch batch = read(directory.path() / "absent", {3, 5}, 10);
  EXPECT_TRUE(batch.clicks.empty());
  EXPECT_TRUE(batch.damage.empty());
  EXPECT_EQ(batch.next, (Position{3, 5}));
}

TEST(Reader, MissingSegmentsAreReported) {
  TemporaryDirectory directory;
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, sample_clicks(0, 12000), 500);
  ASSERT_GE(list_segments(directory.path()).size(), 4u);
  std::filesystem::remove(segment_path(directory.path(), 2));
  const Batch batch = read_all(directory.path());
  ASSERT_EQ(batch.damage.size(), 1u);
  EXPECT_EQ(batch.damage[0].segment, 2u);
  EXPECT_EQ(batch.damage[0].reason, "missing segment");
  EXPECT_EQ(batch.clicks.back(), sample_click(11999));
}

TEST(Reader, JournalThatWasStartedAnewIsReadFromItsBeginning) {
  TemporaryDirectory directory;
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, sample_clicks(0, 10));
  const Batch batch = read_all(directory.path(), 100, {7, 4711});
  EXPECT_EQ(batch.clicks, sample_clicks(0, 10));
  ASSERT_EQ(batch.damage.size(), 1u);
  EXPECT_EQ(batch.damage[0].segment, 7u);
}

TEST(Reader, KeepsPaceWithAWriter) {
  TemporaryDirectory directory;
  const auto clicks = sample_clicks(0, 20000);
  Outcomes outcomes;
  Journal journal({.directory = directory.path(),
                   .durability = Durability::Process,
                   .segment_bytes = kSmallSegment});
  std::jthread writer([&] { append_all(journal, outcomes, clicks, 37); });
  Reader reader(directory.path());
  Position at;
  std::vector<Click> got;
  while (got.size() < clicks.size()) {
    const Batch batch = reader.read(at, 500);
    ASSERT_TRUE(batch.damage.empty()) << batch.damage[0].reason;
    got.insert(got.end(), batch.clicks.begin(), batch.clicks.end());
    at = batch.next;
  }
  EXPECT_EQ(got, clicks);
}

TEST(RemoveBefore, DeletesOnlyWholeSegmentsBehindThePosition) {
  TemporaryDirectory directory;
  Outcomes outcomes;
  Journal journal(options(directory));
  append_all(journal, outcomes, sample_clicks(0, 12000), 500);
  const Batch some = read(directory.path(), {}, 8000);
  const Batch rest_before = read_all(directory.path(), 1000, some.next);
  remove_before(directory.path(), some.next);
  EXPECT_EQ(list_segments(directory.path()).front(), some.next.segment);
  const Batch rest = read_all(directory.path(), 1000, some.next);
  EXPECT_EQ(rest.clicks, rest_before.clicks);
  EXPECT_TRUE(rest.damage.empty());
}

}  // namespace
}  // namespace candor::journal
