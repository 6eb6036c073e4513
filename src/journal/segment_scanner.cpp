#include "journal/segment_scanner.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "journal/segment_files.h"

namespace candor::journal {
namespace {

[[noreturn]] void fail(std::uint64_t segment) {
  throw std::system_error(errno, std::generic_category(),
                          "cannot read journal segment " + std::to_string(segment));
}

bool is_zero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace

SegmentScanner::SegmentScanner(const std::filesystem::path& directory, std::uint64_t segment)
    : segment_(segment),
      descriptor_(::open(segment_path(directory, segment).c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail(segment);
  refresh();
}

SegmentScanner::~SegmentScanner() { ::close(descriptor_); }

void SegmentScanner::refresh() {
  struct stat status{};
  if (::fstat(descriptor_, &status) != 0) fail(segment_);
  size_ = static_cast<std::uint64_t>(status.st_size);
  removed_ = status.st_nlink == 0;
  block_start_ = UINT64_MAX;
  if (prepared_bytes_ != 0 || size_ == 0) return;
  load(0);
  const auto record = parse_record(block_, segment_, 0);
  if (!record || record->type != RecordType::Segment) return;
  if (const auto segment = decode_segment(record->payload))
    prepared_bytes_ = segment->segment_bytes;
}

void SegmentScanner::load(std::uint64_t block_start) {
  block_start_ = UINT64_MAX;
  block_.resize(std::min(kBlockBytes, size_ - block_start));
  std::size_t have = 0;
  while (have < block_.size()) {
    const ssize_t got = ::pread(descriptor_, block_.data() + have, block_.size() - have,
                                static_cast<off_t>(block_start + have));
    if (got < 0 && errno == EINTR) continue;
    // Bytes the disk no longer gives are damage like any other: nothing here reads as a record.
    if (got < 0)
      std::ranges::fill(block_.begin() + static_cast<std::ptrdiff_t>(have), block_.end(), '\xFF');
    if (got == 0) block_.resize(have);
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  block_start_ = block_start;
}

std::string_view SegmentScanner::rest_of_block(std::uint64_t offset) {
  const std::uint64_t start = offset - offset % kBlockBytes;
  if (start != block_start_) load(start);
  const std::uint64_t skip = std::min<std::uint64_t>(offset - start, block_.size());
  return std::string_view(block_).substr(skip);
}

SegmentScanner::Step SegmentScanner::step(bool closed, ClickRecord& out,
                                          std::vector<Damage>& damage) {
  if (offset_ >= size_) return Step::End;
  if (kBlockBytes - offset_ % kBlockBytes < kRecordHeadBytes) return skip_block_end(damage);
  const auto record = parse_record(rest_of_block(offset_), segment_, offset_);
  return record ? take(*record, out, damage) : recover(closed, damage);
}

SegmentScanner::Step SegmentScanner::take(const Record& record, ClickRecord& out,
                                          std::vector<Damage>& damage) {
  switch (record.type) {
    case RecordType::Segment: {
      const auto segment = decode_segment(record.payload);
      if (segment && segment->version == kFormatVersion) break;
      damage.push_back(damaged(size_ - offset_, "segment of an unknown version"));
      offset_ = size_;
      return Step::End;
    }
    case RecordType::Text: {
      const auto text = decode_text(record.payload);
      // A larger id would only make us reserve memory for texts that cannot have been there.
      if (!text || text->id > offset_ / kLeastTextBytes + 1) {
        damage.push_back(damaged(record.bytes(), "unreadable text record"));
        break;
      }
      if (texts_->size() <= text->id) texts_->resize(text->id + 1);
      // The second record of a text says the same.
      if ((*texts_)[text->id].empty()) (*texts_)[text->id] = text->text;
      break;
    }
    case RecordType::Click:
      return take_click(record, out, damage);
    case RecordType::Padding:
      break;
    default:
      damage.push_back(damaged(record.bytes(), "record of an unknown type"));
  }
  offset_ += record.bytes();
  return Step::Moved;
}

SegmentScanner::Step SegmentScanner::take_click(const Record& record, ClickRecord& out,
                                                std::vector<Damage>& damage) {
  auto decoded = decode_click(record.payload);
  if (!decoded) {
    damage.push_back(damaged(record.bytes(), "unreadable click record"));
    offset_ += record.bytes();
    return Step::Moved;
  }
  out = *decoded;
  // Each is looked at, known or not.
  bool known = know(out.reason);
  known = know(out.referrer) && known;
  known = know(out.user_agent) && known;
  known = know(out.language) && known;
  if (!known) damage.push_back(damaged(record.bytes(), "click whose texts were in damaged blocks"));
  offset_ += record.bytes();
  return Step::Click;
}

SegmentScanner::Step SegmentScanner::recover(bool closed, std::vector<Damage>& damage) {
  if (!closed && is_zero(rest_of_block(offset_))) return Step::End;
  const auto next = find_record(offset_ + 1);
  if (!next) {
    if (!closed) return Step::End;
    const std::uint64_t end = end_of_data(offset_);
    if (end > offset_) {
      damage.push_back(damaged(end - offset_, "torn or damaged end of the segment"));
      damage.back().at_end = true;
    }
    offset_ = size_;
    return Step::End;
  }
  if (!closed) {
    // The writer may have finished this record while we looked: bytes are written in ascending
    // order, so with a later record there, this one is there as well or it is damaged.
    load(offset_ - offset_ % kBlockBytes);
    if (parse_record(rest_of_block(offset_), segment_, offset_)) return Step::Moved;
  }
  const bool never_written = is_zero(rest_of_block(offset_));
  damage.push_back(damaged(
      *next - offset_, never_written ? "missing record: zeros" : "record with a wrong checksum"));
  offset_ = *next;
  return Step::Moved;
}

SegmentScanner::Step SegmentScanner::skip_block_end(std::vector<Damage>& damage) {
  const std::string_view rest = rest_of_block(offset_);
  const std::uint64_t bytes = kBlockBytes - offset_ % kBlockBytes;
  if (!is_zero(rest)) damage.push_back(damaged(rest.size(), "damaged padding"));
  offset_ = std::min(offset_ + bytes, size_);
  return Step::Moved;
}

std::optional<std::uint64_t> SegmentScanner::find_record(std::uint64_t from) {
  while (from < size_) {
    const std::string_view rest = rest_of_block(from);
    if (!is_zero(rest))
      for (std::size_t skip = 0; skip < rest.size(); ++skip)
        if (parse_record(rest.substr(skip), segment_, from + skip)) return from + skip;
    from += kBlockBytes - from % kBlockBytes;
  }
  return std::nullopt;
}

std::uint64_t SegmentScanner::end_of_data(std::uint64_t from) {
  std::uint64_t end = from;
  while (from < size_) {
    const auto last = rest_of_block(from).find_last_not_of('\0');
    if (last != std::string_view::npos) end = from + last + 1;
    from += kBlockBytes - from % kBlockBytes;
  }
  return end;
}

Damage SegmentScanner::damaged(std::uint64_t bytes, std::string reason) const {
  return Damage{
      .segment = segment_, .offset = offset_, .bytes = bytes, .reason = std::move(reason)};
}

/// A text that is not known becomes the empty one.
bool SegmentScanner::know(std::uint32_t& text) const {
  if (text == 0 || (text < texts_->size() && !(*texts_)[text].empty())) return true;
  text = 0;
  return false;
}

}  // namespace candor::journal
