#pragma once
// SQLite's way to the disk with somebody watching, who may also make any call fail.
#include <sqlite3.h>

#include <cstdint>
#include <string_view>

namespace candor::absorb {

/// Told of what SQLite does to the files of its databases, from any thread.
class VfsWatcher {
 public:
  enum class Call : std::uint8_t { Open, Write, Sync, Truncate, Delete };

  virtual ~VfsWatcher() = default;
  /// Before a call: SQLITE_OK, or the error it fails with. A failing write leaves half of its
  /// bytes.
  virtual int fail(Call) { return SQLITE_OK; }
  /// After a call; `file` is what opened() answered.
  virtual std::size_t opened(const char* /*path*/) { return 0; }
  virtual void wrote(std::size_t /*file*/, std::uint64_t /*offset*/, std::string_view /*bytes*/) {}
  virtual void truncated(std::size_t /*file*/, std::uint64_t /*size*/) {}
  virtual void synced(std::size_t /*file*/) {}
  /// SQLite also syncs the directory of a log or journal when it syncs the new file first.
  virtual void names_synced(const char* /*path_in_directory*/) {}
};

/// The default VFS of this process while it lives; one at a time. Nothing is really synced: what a
/// power cut leaves is the watcher's affair.
class WatchedVfs {
 public:
  explicit WatchedVfs(VfsWatcher& watcher);
  ~WatchedVfs();
  WatchedVfs(const WatchedVfs&) = delete;
  WatchedVfs& operator=(const WatchedVfs&) = delete;

 private:
  sqlite3_vfs vfs_;
};

}  // namespace candor::absorb
