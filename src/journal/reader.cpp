#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

#include "journal/journal.h"
#include "journal/segment_files.h"
#include "journal/segment_scanner.h"

namespace candor::journal {

class Reader::Impl {
 public:
  explicit Impl(std::filesystem::path directory) : directory_(std::move(directory)) {}

  RecordBatch read(Position from, std::size_t limit, Position until,
                   std::vector<ClickRecord> spent) {
    RecordBatch batch{
        .records = {.clicks = std::move(spent), .texts = {}}, .next = from, .damage = {}};
    taken_ = 0;
    const std::vector<std::uint64_t> segments = list_segments(directory_);
    auto segment = find_start(segments, from.segment, batch);
    while (segment != segments.end()) {
      open(*segment, batch.next.offset);
      const auto successor = std::find_if(segment + 1, segments.end(), [&](std::uint64_t later) {
        return has_begun(directory_, later);
      });
      // Asked before reading: what is closed now holds all it ever will.
      const bool closed = successor != segments.end() || scanner_->is_cut();
      skip_to(batch.next.offset, closed);
      const bool at_end = read_segment(closed, limit, until, batch);
      if (!at_end || successor == segments.end()) break;
      enter(*segment, *(segment + 1), batch);
      if (taken_ != 0) break;
      ++segment;
    }
    batch.records.clicks.resize(taken_);
    batch.records.texts = scanner_ ? scanner_->texts() : std::make_shared<Texts>(1);
    return batch;
  }

 private:
  using Numbers = std::vector<std::uint64_t>;

  Numbers::const_iterator find_start(const Numbers& segments, std::uint64_t wanted,
                                     RecordBatch& batch) {
    auto start = std::ranges::lower_bound(segments, wanted);
    if (segments.empty() || (start != segments.end() && *start == wanted)) return start;
    if (start == segments.end()) start = segments.begin();
    if (wanted != 0)
      batch.damage.push_back({.segment = wanted,
                              .offset = batch.next.offset,
                              .bytes = 0,
                              .reason = "missing segment",
                              .at_end = false});
    batch.next = {*start, 0};
    return start;
  }

  static void enter(std::uint64_t left, std::uint64_t entered, RecordBatch& batch) {
    for (std::uint64_t missing = left + 1; missing < entered; ++missing)
      batch.damage.push_back({.segment = missing,
                              .offset = 0,
                              .bytes = 0,
                              .reason = "missing segment",
                              .at_end = false});
    batch.next = {entered, 0};
  }

  void open(std::uint64_t segment, std::uint64_t offset) {
    if (scanner_ && scanner_->segment() == segment && scanner_->offset() <= offset) {
      scanner_->refresh();
      if (!scanner_->is_removed()) return;
    }
    scanner_ = std::make_unique<SegmentScanner>(directory_, segment);
  }

  /// Learns the texts that are defined before `offset`.
  void skip_to(std::uint64_t offset, bool closed) {
    ClickRecord skipped;
    std::vector<Damage> known;
    while (scanner_->offset() < offset &&
           scanner_->step(closed, skipped, known) != SegmentScanner::Step::End) {
    }
  }

  /// True when the segment is closed and read to its end.
  bool read_segment(bool closed, std::size_t limit, Position until, RecordBatch& batch) {
    std::vector<ClickRecord>& clicks = batch.records.clicks;
    while (taken_ < limit && Position{scanner_->segment(), scanner_->offset()} < until) {
      if (taken_ == clicks.size()) clicks.emplace_back();
      const auto step = scanner_->step(closed, clicks[taken_], batch.damage);
      if (step == SegmentScanner::Step::End) {
        advance(batch);
        return closed;
      }
      if (step == SegmentScanner::Step::Click) ++taken_;
      advance(batch);
    }
    return false;
  }

  /// A segment cut below the place where reading stood (its last group failed) moves nothing back.
  void advance(RecordBatch& batch) const {
    batch.next = std::max(batch.next, Position{scanner_->segment(), scanner_->offset()});
  }

  std::filesystem::path directory_;
  std::unique_ptr<SegmentScanner> scanner_;
  std::size_t taken_ = 0;  ///< clicks of the batch that are read; those behind it are spent
};

Reader::Reader(std::filesystem::path directory)
    : impl_(std::make_unique<Impl>(std::move(directory))) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

RecordBatch Reader::read_records(Position from, std::size_t limit, Position until,
                                 std::vector<ClickRecord> spent) {
  return impl_->read(from, limit, until, std::move(spent));
}

Batch Reader::read(Position from, std::size_t limit, Position until) {
  Batch all{.clicks = {}, .next = from, .damage = {}};
  while (all.clicks.size() < limit) {
    RecordBatch some = read_records(all.next, limit - all.clicks.size(), until);
    for (const ClickRecord& record : some.records.clicks)
      all.clicks.push_back(click_of(record, *some.records.texts));
    std::ranges::move(some.damage, std::back_inserter(all.damage));
    if (some.next == all.next) break;
    all.next = some.next;
  }
  return all;
}

Batch read(const std::filesystem::path& directory, Position from, std::size_t limit) {
  return Reader(directory).read(from, limit);
}

void remove_before(const std::filesystem::path& directory, Position position) {
  for (const std::uint64_t segment : list_segments(directory))
    if (segment < position.segment) std::filesystem::remove(segment_path(directory, segment));
}

}  // namespace candor::journal
