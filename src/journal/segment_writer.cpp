#include "journal/segment_writer.h"

#include <algorithm>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "journal/segment_files.h"

namespace candor::journal {
namespace {

constexpr std::uint64_t kLeastBlocks = 4;
constexpr std::size_t kZeroesBytes = 1u << 20;

std::uint64_t whole_blocks(std::uint64_t bytes) {
  const std::uint64_t blocks = (bytes + kBlockBytes - 1) / kBlockBytes;
  return std::max(blocks, kLeastBlocks) * kBlockBytes;
}

std::filesystem::path parent_of(const std::filesystem::path& directory) {
  const std::filesystem::path parent =
      (directory.has_filename() ? directory : directory.parent_path()).parent_path();
  return parent.empty() ? "." : parent;
}

void remove_file(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

}  // namespace

SegmentWriter::SegmentWriter(const Options& options, Disk& disk, std::uint64_t next_segment)
    : directory_(options.directory),
      durability_(options.durability),
      segment_bytes_(whole_blocks(options.segment_bytes)),
      disk_(disk),
      next_segment_(next_segment) {
  prepare_ahead();
}

SegmentWriter::~SegmentWriter() { forget_prepared(); }

bool SegmentWriter::add(const Click& click) {
  if (!segment_) begin_segment();
  return segment_->packer.add(click);
}

bool SegmentWriter::has_room_for(std::span<const Click> clicks) const {
  return segment_ && segment_->packer.offset() != 0 && segment_->packer.has_room_for(clicks);
}

void SegmentWriter::commit() {
  SegmentPacker& packer = segment_->packer;
  segment_->file->write_at(packer.offset(), packer.pending());
  // A segment's beginning is synced always: if a power cut took it while the store remembers a
  // place in it, the number would be given again, and what is before that place never read.
  if (durability_ == Durability::Power || packer.offset() == 0) segment_->file->sync();
  packer.mark_written();
  if (packer.offset() <= segment_bytes_ / 2) return;
  try {
    prepare_ahead();
  } catch (const std::system_error&) {
    // No thread to be had: no matter for what is written; begin_segment() tries again.
  }
}

void SegmentWriter::abandon() {
  if (!segment_) {
    prepared_ = {};
    remove_file(path_of(next_segment_));
    return;
  }
  try {
    segment_->file->truncate(segment_->packer.offset());
  } catch (const std::exception&) {
    // The error that led here is the one to report; a reader finds the torn group by itself.
  }
  segment_.reset();
}

void SegmentWriter::close() {
  if (!segment_) return;
  const OpenSegment full = std::move(*segment_);
  segment_.reset();
  full.file->truncate(full.packer.offset());
}

void SegmentWriter::sync() {
  if (segment_) segment_->file->sync();
}

Position SegmentWriter::committed() const {
  return {segment_->packer.segment(), segment_->packer.offset()};
}

void SegmentWriter::begin_segment() {
  if (!prepared_.valid()) prepare_ahead();
  std::unique_ptr<File> file = prepared_.get();
  segment_.emplace(std::move(file), SegmentPacker(next_segment_, segment_bytes_));
  ++next_segment_;
}

// Zeros on the disk beforehand make a sync cost half; writing 16 MiB of them must not hold a group
// up.
void SegmentWriter::prepare_ahead() {
  if (prepared_.valid()) return;
  prepared_ = std::async(std::launch::async,
                         [this, path = path_of(next_segment_)] { return prepare(path); });
}

std::unique_ptr<File> SegmentWriter::prepare(const std::filesystem::path& path) {
  std::unique_ptr<File> file = disk_.create(path);
  const std::string zeroes(kZeroesBytes, '\0');
  for (std::uint64_t at = 0; at < segment_bytes_; at += zeroes.size()) {
    const auto bytes = std::min<std::uint64_t>(zeroes.size(), segment_bytes_ - at);
    file->write_at(at, std::string_view(zeroes).substr(0, bytes));
  }
  file->sync();
  disk_.sync_directory(directory_);
  // Nor is a new directory's own name safe before its parent is synced.
  if (!parent_synced_) disk_.sync_directory(parent_of(directory_));
  parent_synced_ = true;
  return file;
}

void SegmentWriter::forget_prepared() {
  if (!prepared_.valid()) return;
  prepared_.wait();
  remove_file(path_of(next_segment_));
}

std::filesystem::path SegmentWriter::path_of(std::uint64_t segment) const {
  return segment_path(directory_, segment);
}

}  // namespace candor::journal
