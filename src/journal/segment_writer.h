#pragma once
// Writes clicks into one segment after the other: begins, fills, commits and closes them. For one
// thread at a time; the next segment is prepared on another.
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <span>

#include "click/click.h"
#include "journal/disk.h"
#include "journal/journal.h"
#include "journal/segment_packer.h"

namespace candor::journal {

class SegmentWriter {
 public:
  /// The first segment will be `next_segment`; it is being prepared when this returns. `options`
  /// has a directory that exists.
  SegmentWriter(const Options& options, Disk& disk, std::uint64_t next_segment);
  /// Leaves the segment in use as a crash would; close() comes first at an orderly stop.
  ~SegmentWriter();
  SegmentWriter(const SegmentWriter&) = delete;
  SegmentWriter& operator=(const SegmentWriter&) = delete;

  /// Puts a click behind those not yet committed; false when the segment has no room for it. Throws
  /// std::exception when there is no segment and none can be begun.
  bool add(const Click& click);
  /// Whether all of these clicks go into the segment in use, and no sync is due for them in mode
  /// `process`. May say no although they would.
  bool has_room_for(std::span<const Click> clicks) const;
  /// Writes what was added, as durable as the options ask. Throws std::exception, and then
  /// abandon() is all that can be done.
  void commit();
  /// Nothing more goes into a segment whose write or sync failed: after a failed sync the kernel
  /// may have dropped the pages and call the next sync a success.
  void abandon();
  /// Cuts a full segment to its records, so that it needs no successor to be known as closed.
  /// Throws when the disk refuses; the segment is left behind in any case.
  void close();
  /// For an orderly stop: durable once more, whatever the options promise before. Throws like
  /// close().
  void sync();

  /// Whether a segment is begun, and the end of what is committed in it.
  bool is_open() const { return segment_.has_value(); }
  Position committed() const;

 private:
  struct OpenSegment {
    std::unique_ptr<File> file;
    SegmentPacker packer;
  };

  void begin_segment();
  void prepare_ahead();
  std::unique_ptr<File> prepare(const std::filesystem::path& path);
  void forget_prepared();
  std::filesystem::path path_of(std::uint64_t segment) const;

  std::filesystem::path directory_;
  Durability durability_;
  std::uint64_t segment_bytes_;
  Disk& disk_;
  std::optional<OpenSegment> segment_;
  std::uint64_t next_segment_;
  bool parent_synced_ = false;                   ///< the preparing thread's, one at a time
  std::future<std::unique_ptr<File>> prepared_;  ///< of next_segment_
};

}  // namespace candor::journal
