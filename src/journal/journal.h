#pragma once
// The click journal on disk: append-only, checksummed segments with group commit. A redirect is
// answered only when its click is in here (or is counted as unrecorded). Written by one thread of
// its own; README.md has the byte grammar.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "click/click.h"
#include "journal/click_record.h"
#include "journal/disk.h"

namespace candor::journal {

enum class Durability : std::uint8_t {
  Process,  ///< written before the answer: survives kill -9
  Power,    ///< fdatasync'ed before the answer: survives a power cut
};

/// A place in the journal: records before it have been read. Segments are numbered from 1.
struct Position {
  std::uint64_t segment = 0;
  std::uint64_t offset = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

struct Options {
  std::filesystem::path directory;
  Durability durability = Durability::Power;
  std::uint64_t segment_bytes = 16u << 20;  ///< rounded up to whole blocks, at least four
  std::size_t queue_limit = 65536;  ///< clicks waiting for the disk; beyond that appends are shed
};

enum class AppendOutcome : std::uint8_t {
  Recorded,  ///< as durable as the options ask
  Failed,    ///< write or sync failed: the click is lost
  Shed,      ///< queue full: the click is lost
};

/// What became of clicks appended together, in numbers: each click is in one of them.
struct AppendOutcomes {
  std::size_t recorded = 0;
  std::size_t failed = 0;
  std::size_t shed = 0;
};

/// Counters since the start of this process.
struct Counters {
  std::uint64_t recorded = 0;
  std::uint64_t failed = 0;
  std::uint64_t shed = 0;
  std::string last_error;  ///< of the disk, for people; empty when all is well
};

class Journal {
 public:
  /// Opens the directory, closes what a crash left open and starts the writer thread. Throws
  /// std::system_error when the directory cannot be used, or when another process has it. A full
  /// disk is no such reason: then clicks fail until there is room.
  explicit Journal(Options options, Disk& disk = real_disk());
  /// Writes what is queued, then stops.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// `done` is called once, on the writer thread, when all of the clicks are recorded or lost; keep
  /// it short (post to a loop). When the queue has room for the first of them only, the others are
  /// shed; when for none, the call comes before append() returns, on the caller's thread: the
  /// writer may be waiting for the disk. Any thread may append. After a failed write or sync the
  /// segment is abandoned and a new one begun; nothing is retried blindly.
  void append(std::vector<Click> clicks, std::function<void(AppendOutcomes)> done);
  /// Appends on the caller's thread, which waits for the disk, and gives what became of the clicks.
  /// Nothing, and nothing is appended, when that is the writer thread's to do: when it has
  /// something to do already, when a sync or a new segment is due, or when the disk was slow a
  /// moment ago.
  std::optional<AppendOutcomes> write_through(std::span<const Click> clicks);
  /// False when it will always be nothing: clicks are synced before they are answered.
  bool may_write_through() const;
  /// One click alone.
  void append(Click click, std::function<void(AppendOutcome)> done);

  Counters counters() const;
  /// Everything before this has been written (and is visible to a Reader).
  Position written() const;
  /// The largest click id found when the journal was opened (none: empty), for ClickIdMinter.
  ClickId last_click_at_open() const;

 private:
  class Writer;
  std::unique_ptr<Writer> writer_;
};

/// A damaged part of a segment: never skipped silently.
struct Damage {
  std::uint64_t segment = 0;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::string reason;
  bool at_end = false;  ///< torn last write of a crash, as expected after one
};

struct Batch {
  std::vector<Click> clicks;
  Position next;  ///< where the next read begins
  std::vector<Damage> damage;
};

/// The same, as the journal holds it: for who reads millions.
struct RecordBatch {
  Records records;
  Position next;
  std::vector<Damage> damage;
};

/// Reads on and on: remembers the texts of the segment it is in, so that each read costs no more
/// than what is new. Sees what has been written; may run beside the writer, also in another
/// process. Not thread-safe.
class Reader {
 public:
  explicit Reader(std::filesystem::path directory);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// At most `limit` clicks in order from `from`, none at or behind `until` (Journal::written(), to
  /// leave out a group whose sync may yet fail). An empty batch with next == from means: nothing
  /// new. Throws std::system_error when a segment cannot be opened.
  Batch read(Position from, std::size_t limit, Position until = kEverything);
  /// The same, but clicks of one segment only: the next read goes on in the next. Clicks of an
  /// earlier batch that are no longer needed lend their memory to the new ones.
  RecordBatch read_records(Position from, std::size_t limit, Position until = kEverything,
                           std::vector<ClickRecord> spent = {});

  static constexpr Position kEverything{UINT64_MAX, UINT64_MAX};

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// One read of a Reader: for a single look. Reads clicks in order from `from`, at most `limit`.
/// Sees what has been written; may run beside the writer, also in another process. An empty batch
/// with next == from means: nothing new.
Batch read(const std::filesystem::path& directory, Position from, std::size_t limit);

/// Deletes segments that lie wholly before `position` (they are in the database, checkpointed).
void remove_before(const std::filesystem::path& directory, Position position);

}  // namespace candor::journal
