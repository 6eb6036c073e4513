#include "absorb/watched_vfs.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

namespace candor::absorb {
namespace {

using Call = VfsWatcher::Call;

/// What pAppData of our VFS points to.
struct Ways {
  sqlite3_vfs* real = nullptr;
  VfsWatcher* watcher = nullptr;
};
// One WatchedVfs lives at a time, and outlives its connections.
Ways ways;

/// A file as SQLite sees it; the real one lies behind it in the same memory.
struct WatchedFile {
  sqlite3_file base;
  std::size_t file;
  bool name_is_new;  ///< and SQLite will sync the directory with the first sync
  bool is_temporary;
  std::array<char, 512> path;
};

constexpr int kOffset = (sizeof(WatchedFile) + 15) / 16 * 16;

WatchedFile& watched(sqlite3_file* file) { return *reinterpret_cast<WatchedFile*>(file); }
sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + kOffset);
}
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

int close(sqlite3_file* file) { return methods(file).xClose(real(file)); }
int read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 offset) {
  return methods(file).xRead(real(file), to, bytes, offset);
}

int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 offset) {
  const int error = ways.watcher->fail(Call::Write);
  if (error != SQLITE_OK) bytes /= 2;
  const int done = methods(file).xWrite(real(file), from, bytes, offset);
  if (done == SQLITE_OK && !watched(file).is_temporary)
    ways.watcher->wrote(watched(file).file, static_cast<std::uint64_t>(offset),
                        {static_cast<const char*>(from), static_cast<std::size_t>(bytes)});
  return error != SQLITE_OK ? error : done;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int error = ways.watcher->fail(Call::Truncate); error != SQLITE_OK) return error;
  const int done = methods(file).xTruncate(real(file), size);
  if (done == SQLITE_OK && !watched(file).is_temporary)
    ways.watcher->truncated(watched(file).file, static_cast<std::uint64_t>(size));
  return done;
}

int sync(sqlite3_file* file, int) {
  if (const int error = ways.watcher->fail(Call::Sync); error != SQLITE_OK) return error;
  WatchedFile& ours = watched(file);
  if (ours.is_temporary) return SQLITE_OK;
  ways.watcher->synced(ours.file);
  if (std::exchange(ours.name_is_new, false)) ways.watcher->names_synced(ours.path.data());
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return methods(file).xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
int check_reserved(sqlite3_file* file, int* reserved) {
  return methods(file).xCheckReservedLock(real(file), reserved);
}
int control(sqlite3_file* file, int what, void* argument) {
  return methods(file).xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) { return methods(file).xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); }
int shm_map(sqlite3_file* file, int page, int bytes, int extend, void volatile** at) {
  return methods(file).xShmMap(real(file), page, bytes, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return methods(file).xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
  return methods(file).xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods{2,
                                      close,
                                      read,
                                      write,
                                      truncate,
                                      sync,
                                      file_size,
                                      lock,
                                      unlock,
                                      check_reserved,
                                      control,
                                      sector_size,
                                      characteristics,
                                      shm_map,
                                      shm_lock,
                                      shm_barrier,
                                      shm_unmap,
                                      nullptr,
                                      nullptr};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (const int error = ways.watcher->fail(Call::Open); error != SQLITE_OK) return error;
  const bool is_temporary = path == nullptr;
  const bool is_new = !is_temporary && !std::filesystem::exists(path);
  const int done = ways.real->xOpen(ways.real, path, real(file), flags, out_flags);
  if (done != SQLITE_OK) return done;
  WatchedFile& ours = watched(file);
  ours.is_temporary = is_temporary;
  ours.name_is_new = is_new && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  if (!is_temporary) {
    std::strncpy(ours.path.data(), path, ours.path.size() - 1);
    ours.path.back() = '\0';
    ours.file = ways.watcher->opened(path);
  }
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int sync_directory) {
  if (const int error = ways.watcher->fail(Call::Delete); error != SQLITE_OK) return error;
  const int done = ways.real->xDelete(ways.real, path, 0);
  if (done == SQLITE_OK && sync_directory != 0) ways.watcher->names_synced(path);
  return done;
}

}  // namespace

WatchedVfs::WatchedVfs(VfsWatcher& watcher) : vfs_(*sqlite3_vfs_find(nullptr)) {
  ways = {.real = sqlite3_vfs_find(nullptr), .watcher = &watcher};
  vfs_.zName = "watched";
  vfs_.pNext = nullptr;
  vfs_.szOsFile += kOffset;
  vfs_.xOpen = open;
  vfs_.xDelete = remove;
  sqlite3_vfs_register(&vfs_, 1);
}

WatchedVfs::~WatchedVfs() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(ways.real, 1);
  ways = {};
}

}  // namespace candor::absorb
