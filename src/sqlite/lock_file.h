#pragma once
// The lock beside a database that makes one process its owner. The lock ends with the process,
// however it ends; the owner's pid stands in the file for the person who is told "busy".
#include <filesystem>

namespace candor::sqlite {

/// Held as long as it lives. Not thread-safe.
class LockFile {
 public:
  /// Throws store::Busy when it is held, also by another LockFile of this process, and
  /// store::Broken when the file cannot be used.
  explicit LockFile(const std::filesystem::path& path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_;
};

}  // namespace candor::sqlite
