#pragma once
// The few operations the journal's writer asks of a disk, so that a test can make any of them fail
// or stall.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace candor::journal {

/// One open file. Every member throws std::system_error when the disk refuses.
class File {
 public:
  virtual ~File() = default;
  /// Writes all of `bytes` at `offset`.
  virtual void write_at(std::uint64_t offset, std::string_view bytes) = 0;
  /// fdatasync: what was written survives a power cut once this returns.
  virtual void sync() = 0;
  virtual void truncate(std::uint64_t size) = 0;
};

/// Used from two threads of the writer.
class Disk {
 public:
  virtual ~Disk() = default;
  /// An empty file of mode 0600 at `path`, open for writing.
  virtual std::unique_ptr<File> create(const std::filesystem::path& path) = 0;
  /// A file that is there, open for writing.
  virtual std::unique_ptr<File> open(const std::filesystem::path& path) = 0;
  /// Makes the names in a directory survive a power cut.
  virtual void sync_directory(const std::filesystem::path& directory) = 0;
};

/// The machine's own disk; it has no state.
Disk& real_disk();

}  // namespace candor::journal
