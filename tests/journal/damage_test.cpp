// What a reader makes of segments that a crash tore or a disk damaged.
#include <gtest/gtest.h>

#include <algorithm>

#include "journal/faulty_disk.h"
#include "journal/journal.h"
#include "journal/journal_testing.h"
#include "journal/record.h"
#include "journal/segment_files.h"
#include "journal/segment_packer.h"

namespace candor::journal {
namespace {

constexpr std::uint64_t kSegmentBytes = 4 * kBlockBytes;

/// A directory with one segment, as a stop or (`crashed`) a crash leaves it.
struct Segment {
  std::string bytes;
  std::vector<Click> clicks;
  std::vector<std::uint64_t> ends;  ///< where the n-th click's record ends
};

Segment make_segment(std::int64_t clicks, bool crashed) {
  TemporaryDirectory directory;
  Segment segment;
  segment.clicks = sample_clicks(0, clicks);
  const auto path = segment_path(directory.path(), 1);
  Outcomes outcomes;
  {
    Journal journal({.directory = directory.path(), .segment_bytes = kSegmentBytes});
    append_all(journal, outcomes, segment.clicks, 200);
    if (crashed) segment.bytes = load_file(path);
  }
  if (!crashed) segment.bytes = load_file(path);
  Reader reader(directory.path());
  Position at;
  for (std::int64_t n = 0; n < clicks; ++n) {
    at = reader.read(at, 1).next;
    segment.ends.push_back(at.offset);
  }
  return segment;
}

std::uint64_t block_of(std::uint64_t offset) { return offset / kBlockBytes; }

bool touches(const Damage& damage, std::uint64_t offset) {
  return damage.offset <= offset && offset < damage.offset + damage.bytes;
}

/// Clicks of the damaged block may be missing, or lack texts that were in it; all others are there,
/// unaltered.
void expect_other_blocks(const Segment& segment, std::uint64_t damaged,
                         const std::vector<Click>& got) {
  std::size_t n = 0;
  for (std::size_t index = 0; index < segment.clicks.size(); ++index) {
    const Click& click = segment.clicks[index];
    const bool there = n < got.size() && got[n].id == click.id;
    if (block_of(segment.ends[index] - 1) != damaged) {
      ASSERT_TRUE(there && got[n] == click) << "click " << index;
    } else if (there) {
      ASSERT_TRUE(got[n].user_agent == click.user_agent || got[n].user_agent.empty());
      ASSERT_EQ(got[n].visitor, click.visitor);
    }
    if (there) ++n;
  }
  ASSERT_EQ(n, got.size());
}

/// Flips one bit of a segment at a time.
class Flipper {
 public:
  explicit Flipper(const Segment& segment) : segment_(segment) {
    const auto path = segment_path(directory_.path(), 1);
    save_file(path, segment.bytes);
    file_.open(path, std::ios::binary | std::ios::in | std::ios::out);
  }

  void expect_detected(std::size_t at, int bit) {
    put(at, static_cast<char>(segment_.bytes[at] ^ (1 << bit)));
    const Batch batch = read(directory_.path(), {}, 10000);
    put(at, segment_.bytes[at]);
    ASSERT_FALSE(batch.damage.empty());
    ASSERT_TRUE(touches(batch.damage[0], at));
    for (const Damage& damage : batch.damage) ASSERT_EQ(block_of(damage.offset), block_of(at));
    expect_other_blocks(segment_, block_of(at), batch.clicks);
  }

 private:
  void put(std::size_t at, char byte) {
    file_.seekp(static_cast<std::streamoff>(at)).put(byte).flush();
  }

  const Segment& segment_;
  TemporaryDirectory directory_;
  std::fstream file_;
};

TEST(Damage, EveryFlippedBitOfASegmentIsReported) {
  const Segment segment = make_segment(40, false);
  Flipper flipper(segment);
  for (std::size_t at = 0; at < segment.bytes.size(); ++at)
    for (int bit = 0; bit < 8; ++bit)
      ASSERT_NO_FATAL_FAILURE(flipper.expect_detected(at, bit)) << at << " bit " << bit;
}

TEST(Damage, FlippedBitCostsNoClickOfAnotherBlock) {
  const Segment segment = make_segment(1500, false);
  ASSERT_GT(block_of(segment.bytes.size()), 1u);
  Flipper flipper(segment);
  for (std::size_t at = 0; at < segment.bytes.size(); ++at) {
    const std::size_t in_block = at % kBlockBytes;
    const bool at_an_edge = in_block < 100 || in_block > kBlockBytes - 100;
    if (!at_an_edge && at % 41 != 0) continue;
    ASSERT_NO_FATAL_FAILURE(flipper.expect_detected(at, static_cast<int>(at % 8))) << at;
  }
}

TEST(Damage, OneFlippedBitCostsFewClicksOfItsBlock) {
  const Segment segment = make_segment(1500, false);
  TemporaryDirectory directory;
  std::string bytes = segment.bytes;
  bytes[segment.ends[700] - 10] ^= 4;
  save_file(segment_path(directory.path(), 1), bytes);
  const Batch batch = read_all(directory.path());
  EXPECT_EQ(batch.clicks.size(), segment.clicks.size() - 1);
}

TEST(Damage, SegmentCutAtAnyLengthGivesWhatWasWhole) {
  const Segment segment = make_segment(300, false);
  TemporaryDirectory directory;
  const auto path = segment_path(directory.path(), 1);
  save_file(path, segment.bytes);
  for (std::size_t length = segment.bytes.size(); length-- > 0;) {
    std::filesystem::resize_file(path, length);
    const Batch batch = read(directory.path(), {}, 10000);
    const auto whole = static_cast<std::size_t>(std::ranges::upper_bound(segment.ends, length) -
                                                segment.ends.begin());
    ASSERT_EQ(batch.clicks.size(), whole) << length;
    ASSERT_TRUE(std::equal(batch.clicks.begin(), batch.clicks.end(), segment.clicks.begin()));
    ASSERT_LE(batch.damage.size(), 1u);
    if (!batch.damage.empty()) {
      ASSERT_TRUE(batch.damage[0].at_end);
      ASSERT_LE(batch.damage[0].offset + batch.damage[0].bytes, length);
    }
  }
}

TEST(Damage, TornTailOfACrashIsReportedOnceTheSegmentHasASuccessor) {
  const Segment segment = make_segment(300, true);
  ASSERT_EQ(segment.bytes.size(), kSegmentBytes);
  const std::uint64_t from = segment.ends[290];
  for (std::uint64_t torn = from; torn < segment.ends.back(); ++torn) {
    TemporaryDirectory directory;
    std::string bytes = segment.bytes.substr(0, torn);
    bytes.resize(kSegmentBytes);
    save_file(segment_path(directory.path(), 1), bytes);
    const Batch open = read_all(directory.path());
    ASSERT_TRUE(open.damage.empty()) << torn;

    Outcomes outcomes;
    Journal journal({.directory = directory.path(), .segment_bytes = kSegmentBytes});
    append_all(journal, outcomes, {sample_click(1000)});
    const Batch batch = read_all(directory.path());
    const bool tidy = std::ranges::find(segment.ends, torn) != segment.ends.end();
    const auto whole = static_cast<std::size_t>(std::ranges::upper_bound(segment.ends, torn) -
                                                segment.ends.begin());
    // A byte that was zero anyway is not missing.
    ASSERT_GE(batch.clicks.size(), whole + 1) << torn;
    ASSERT_LE(batch.clicks.size(), whole + 2) << torn;
    ASSERT_EQ(batch.clicks.back(), sample_click(1000));
    ASSERT_LE(batch.damage.size(), tidy ? 0u : 1u) << torn;
    for (const Damage& damage : batch.damage) ASSERT_TRUE(damage.at_end) << torn;
    // A reader that stood in the torn segment goes on alike.
    const Batch rest = read_all(directory.path(), 1000, open.next);
    ASSERT_EQ(open.clicks.size() + rest.clicks.size(), batch.clicks.size()) << torn;
    ASSERT_EQ(rest.damage.size(), batch.damage.size()) << torn;
  }
}

TEST(Damage, BlockThatNeverReachedTheDiskIsReported) {
  const Segment segment = make_segment(2000, true);
  TemporaryDirectory directory;
  std::string bytes = segment.bytes;
  std::fill_n(bytes.begin() + kBlockBytes, kBlockBytes, '\0');
  save_file(segment_path(directory.path(), 1), bytes);
  {
    Journal journal({.directory = directory.path(), .segment_bytes = kSegmentBytes});
  }
  const Batch batch = read_all(directory.path());
  ASSERT_EQ(batch.damage.size(), 1u);
  EXPECT_EQ(batch.damage[0].offset, kBlockBytes);
  EXPECT_EQ(batch.damage[0].bytes, kBlockBytes);
  EXPECT_FALSE(batch.damage[0].at_end);
  const auto lost =
      std::ranges::count_if(segment.ends, [](std::uint64_t end) { return block_of(end - 1) == 1; });
  EXPECT_EQ(batch.clicks.size(), segment.clicks.size() - static_cast<std::size_t>(lost));
  EXPECT_EQ(batch.clicks.back(), segment.clicks.back());
}

TEST(Damage, TextsLostWithTwoBlocksAreReportedAndTheClickIsKept) {
  const Segment segment = make_segment(2000, true);
  TemporaryDirectory directory;
  std::string bytes = segment.bytes;
  std::fill_n(bytes.begin(), 2 * kBlockBytes, '\0');
  save_file(segment_path(directory.path(), 1), bytes);
  Outcomes outcomes;
  Journal journal({.directory = directory.path(), .segment_bytes = kSegmentBytes});
  append_all(journal, outcomes, {sample_click(5000)});
  const Batch batch = read_all(directory.path());
  ASSERT_GT(batch.clicks.size(), 100u);
  EXPECT_EQ(batch.clicks.back(), sample_click(5000));
  EXPECT_EQ(batch.clicks[batch.clicks.size() - 2].id, segment.clicks.back().id);
  EXPECT_EQ(batch.clicks[batch.clicks.size() - 2].user_agent, "");
  EXPECT_EQ(batch.damage.back().reason, "click whose texts were in damaged blocks");
}

TEST(Damage, UnknownVersionIsLeftAlone) {
  TemporaryDirectory directory;
  std::string payload = encode_segment(kSegmentBytes);
  payload[8] = 2;
  std::string bytes;
  append_record(bytes, RecordType::Segment, payload, 1, 0);
  save_file(segment_path(directory.path(), 1), bytes + "whatever follows");
  const Batch batch = read_all(directory.path());
  EXPECT_TRUE(batch.clicks.empty());
  ASSERT_EQ(batch.damage.size(), 1u);
  EXPECT_EQ(batch.damage[0].reason, "segment of an unknown version");
}

TEST(Damage, TextIdBeyondWhatTheSegmentCanHoldIsRefused) {
  std::string bytes;
  append_record(bytes, RecordType::Segment, encode_segment(kSegmentBytes), 1, 0);
  const std::uint64_t largest = bytes.size() / kLeastTextBytes + 1;
  const auto read_with = [&](std::uint64_t id) {
    TemporaryDirectory directory;
    std::string with = bytes;
    append_record(with, RecordType::Text, encode_text(id, "x"), 1, with.size());
    save_file(segment_path(directory.path(), 1), with);
    return read_all(directory.path());
  };
  EXPECT_TRUE(read_with(largest).damage.empty());
  for (const std::uint64_t id : {largest + 1, kTextIds - 1}) {
    const Batch batch = read_with(id);
    ASSERT_EQ(batch.damage.size(), 1u);
    EXPECT_EQ(batch.damage[0].reason, "unreadable text record");
  }
}

TEST(Damage, FlippedBitInTheLastGroupOfACrashIsReported) {
  const Segment segment = make_segment(45, true);
  TemporaryDirectory directory;
  const auto path = segment_path(directory.path(), 1);
  save_file(path, segment.bytes);
  SegmentPacker successor(2, kSegmentBytes);  // the next process has begun
  ASSERT_TRUE(successor.add(sample_click(1000)));
  save_file(segment_path(directory.path(), 2), std::string(successor.pending()));
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  for (auto at = static_cast<std::size_t>(segment.ends[39]); at < segment.ends.back(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      const auto flipped = static_cast<char>(segment.bytes[at] ^ (1 << bit));
      file.seekp(static_cast<std::streamoff>(at)).put(flipped).flush();
      const Batch batch = read_all(directory.path());
      ASSERT_FALSE(batch.damage.empty()) << at << " bit " << bit;
      ASSERT_TRUE(touches(batch.damage[0], at)) << at << " bit " << bit;
      ASSERT_GE(batch.clicks.size(), 40u + 1u) << at << " bit " << bit;
      ASSERT_EQ(batch.clicks.back(), sample_click(1000)) << at << " bit " << bit;
      file.seekp(static_cast<std::streamoff>(at)).put(segment.bytes[at]).flush();
    }
}

TEST(Damage, RecordThatIsBeingWrittenIsNotYetThere) {
  const std::vector<Click> clicks = sample_clicks(0, 40);
  for (std::size_t torn = 0; torn < 3000; torn += 13) {
    TemporaryDirectory directory;
    FaultyDisk disk;
    Outcomes outcomes;
    Journal journal({.directory = directory.path(), .segment_bytes = kSegmentBytes}, disk);
    append_all(journal, outcomes, {clicks[0]});
    disk.stall(torn);
    for (std::size_t n = 1; n < clicks.size(); ++n) outcomes.append(journal, clicks[n]);
    disk.wait_until_stalled();
    const Batch early = read_all(directory.path());
    ASSERT_TRUE(early.damage.empty()) << torn;
    ASSERT_TRUE(std::equal(early.clicks.begin(), early.clicks.end(), clicks.begin()));
    disk.resume();
    outcomes.wait_for(clicks.size());
    const Batch rest = read_all(directory.path(), 1000, early.next);
    ASSERT_TRUE(rest.damage.empty()) << torn;
    ASSERT_EQ(early.clicks.size() + rest.clicks.size(), clicks.size()) << torn;
  }
}

}  // namespace
}  // namespace candor::journal
