#include "jobs/report_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace candor::jobs {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  throw std::system_error(errno, std::generic_category(), std::string(what) + " " + file.string());
}

/// A file under a name of its own beside the wanted one, so that two writers never share it and a
/// link somebody put there is not followed. Gone unless it was renamed.
class Draft {
 public:
  explicit Draft(const std::filesystem::path& file)
      : file_(file), name_(file.string() + ".XXXXXX"), fd_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (fd_ < 0) fail(file, "cannot create");
  }
  ~Draft() {
    ::close(fd_);
    if (!renamed_) ::unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(fd_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(file_, "cannot write");
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void rename(std::filesystem::perms mode) {
    // root replacing somebody's file leaves it theirs; others may not give files away, and need
    // not.
    struct stat old{};
    if (::geteuid() == 0 && ::stat(file_.c_str(), &old) == 0 &&
        ::fchown(fd_, old.st_uid, old.st_gid) != 0)
      fail(file_, "cannot keep the owner of");
    if (::fchmod(fd_, static_cast<mode_t>(mode)) != 0) fail(file_, "cannot set the permissions of");
    if (::fdatasync(fd_) != 0) fail(file_, "cannot sync");
    if (::rename(name_.c_str(), file_.c_str()) != 0) fail(file_, "cannot replace");
    renamed_ = true;
  }

 private:
  const std::filesystem::path& file_;
  std::string name_;
  int fd_;
  bool renamed_ = false;
};

}  // namespace

void write_file_atomically(const std::filesystem::path& file, std::string_view content,
                           std::filesystem::perms mode) {
  Draft draft(file);
  draft.write(content);
  draft.rename(mode);
}

std::vector<std::filesystem::path> write_report_files(const std::filesystem::path& directory,
                                                      const report::ArticlesReport& report) {
  std::filesystem::create_directories(directory);
  std::vector<std::filesystem::path> files{directory / ("articles-" + report.to_day + ".json"),
                                           directory / ("articles-" + report.to_day + ".csv")};
  write_file_atomically(files[0], report::to_json(report));
  write_file_atomically(files[1], report::to_csv(report));
  return files;
}

}  // namespace candor::jobs
