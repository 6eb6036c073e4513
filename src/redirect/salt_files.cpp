#include "redirect/salt_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace candor::redirect {
namespace {

constexpr std::int64_t kLifeMs = 48LL * 60 * 60 * 1000;
constexpr std::string_view kSuffix = ".salt";

[[noreturn]] void fail(int error, const std::string& what, const std::filesystem::path& path) {
  throw std::system_error(error, std::generic_category(), what + " " + path.string());
}

/// Nothing when there is no such file. A file that a crash left short is none, either. Throws
/// std::system_error when the disk refuses.
std::optional<VisitorSalt> load(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0 && errno == ENOENT) return std::nullopt;
  if (descriptor < 0) fail(errno, "cannot open", path);
  VisitorSalt salt{};
  const ssize_t got = ::read(descriptor, salt.data(), salt.size());
  const int error = errno;
  ::close(descriptor);
  if (got < 0) fail(error, "cannot read", path);
  if (static_cast<std::size_t>(got) != salt.size()) return std::nullopt;
  return salt;
}

/// False when the disk refuses.
bool write_salt(int descriptor, const VisitorSalt& salt) {
  const bool whole =
      ::pwrite(descriptor, salt.data(), salt.size(), 0) == static_cast<ssize_t>(salt.size()) &&
      ::fdatasync(descriptor) == 0;
  return ::close(descriptor) == 0 && whole;
}

/// Throws std::system_error when the disk refuses.
void save(const std::filesystem::path& path, const VisitorSalt& salt) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) fail(errno, "cannot create", path);
  errno = ENOSPC;  // what a short write means
  if (write_salt(descriptor, salt)) return;
  const int error = errno;
  ::unlink(path.c_str());
  fail(error, "cannot write", path);
}

void destroy(const std::filesystem::path& path) {
  // Written over in place, where the file system keeps places, before the name goes.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor >= 0) write_salt(descriptor, VisitorSalt{});
  ::unlink(path.c_str());
}

}  // namespace

FileSaltKeeper::FileSaltKeeper(std::filesystem::path directory, const rollup::SiteZone& zone,
                               Random& random, Tell tell)
    : directory_(std::move(directory)), zone_(zone), random_(random), tell_(std::move(tell)) {
  if (::mkdir(directory_.c_str(), 0700) != 0 && errno != EEXIST)
    fail(errno, "cannot make the directory of salts", directory_);
  if (!std::filesystem::is_directory(directory_))
    fail(ENOTDIR, "cannot use the directory of salts", directory_);
  if (::chmod(directory_.c_str(), 0700) != 0)
    fail(errno, "cannot close the directory of salts to others", directory_);
  if (::access(directory_.c_str(), R_OK | W_OK | X_OK) != 0)
    fail(errno, "cannot use the directory of salts", directory_);
}

VisitorSalt FileSaltKeeper::salt_at(Millis now) {
  const std::int64_t now_ms = to_ms(now);
  if (now_ms >= from_ms_ && now_ms < to_ms_) return salt_;
  const rollup::DayNumber day = zone_.day_of(now_ms);
  destroy_old(now_ms);
  salt_ = load_or_make(day);
  from_ms_ = zone_.start_of(day);
  to_ms_ = zone_.start_of(day + 1);
  // When clocks go back, yesterday's salt is 48 hours old an hour before the day ends.
  const std::int64_t yesterdays_end_ms = zone_.start_of(day - 1) + kLifeMs;
  if (yesterdays_end_ms > now_ms) to_ms_ = std::min(to_ms_, yesterdays_end_ms);
  return salt_;
}

VisitorSalt FileSaltKeeper::load_or_make(rollup::DayNumber day) {
  VisitorSalt salt{};
  try {
    if (const auto kept = load(path_of(day))) return *kept;
    random_.fill(std::as_writable_bytes(std::span(salt)));
    save(path_of(day), salt);
    told_ = false;
  } catch (const std::system_error& error) {
    // Readers are redirected whatever the disk does; their keys then change with a restart.
    random_.fill(std::as_writable_bytes(std::span(salt)));
    if (tell_ && !told_) tell_(error.what());
    told_ = true;
  }
  return salt;
}

void FileSaltKeeper::destroy_old(std::int64_t now_ms) {
  std::vector<std::filesystem::path> old;
  std::error_code error;
  std::filesystem::directory_iterator entry(directory_, error);
  for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.ends_with(kSuffix)) continue;
    const auto day = rollup::parse_day(name.substr(0, name.size() - kSuffix.size()));
    if (!day) continue;
    // When clocks go forward, two days are over after 47 hours.
    const bool over = *day < zone_.day_of(now_ms) - 1;
    if (over || now_ms - zone_.start_of(*day) >= kLifeMs) old.push_back(entry->path());
  }
  for (const auto& path : old) destroy(path);
}

std::filesystem::path FileSaltKeeper::path_of(rollup::DayNumber day) const {
  return directory_ / (rollup::format_day(day) + std::string(kSuffix));
}

}  // namespace candor::redirect
