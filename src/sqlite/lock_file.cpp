#include "sqlite/lock_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>

#include "store/errors.h"

namespace candor::sqlite {
namespace {

[[noreturn]] void throw_broken(const std::filesystem::path& path, std::string_view action) {
  const std::error_code error(errno, std::generic_category());
  throw store::Broken(fmt::format("cannot {} {}: {}", action, path.string(), error.message()));
}

/// The pid an owner wrote, unless that process is gone: then it is a leftover that a newer owner is
/// about to replace.
long read_owner(int descriptor) {
  std::array<char, 24> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  long pid = 0;
  if (size > 0) std::from_chars(text.data(), text.data() + size, pid);
  return pid > 0 && (::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM) ? pid : 0;
}

/// Open file description locks also exclude other descriptors of the same process, and closing an
/// unrelated descriptor of the file does not drop them.
bool try_lock(int descriptor) {
  struct flock lock{};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return ::fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
}

}  // namespace

LockFile::LockFile(const std::filesystem::path& path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
  if (descriptor_ < 0) throw_broken(path, "open the lock file");
  if (!try_lock(descriptor_)) {
    const bool held = errno == EAGAIN || errno == EACCES;
    const long pid = held ? read_owner(descriptor_) : 0;
    const int error = errno;
    ::close(descriptor_);
    errno = error;
    if (!held) throw_broken(path, "lock");
    throw store::Busy(pid != 0 ? fmt::format("owned by pid {}", pid) : "owned by another process",
                      pid);
  }
  const std::string text = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    const int error = errno;
    ::close(descriptor_);
    errno = error;
    throw_broken(path, "write the lock file");
  }
}

LockFile::~LockFile() {
  // Emptied, not removed: a contender may already have the file open.
  if (::ftruncate(descriptor_, 0) != 0) errno = 0;
  ::close(descriptor_);
}

}  // namespace candor::sqlite
