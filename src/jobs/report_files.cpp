#include "jobs/report_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace candor::jobs {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  throw std::system_error(errno, std::generic_category(), std::string(what) + " " + file.string());
}

void write_and_sync(const std::filesystem::path& file, std::string_view content) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (fd < 0) fail(file, "cannot create");
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      ::close(fd);
      ::unlink(file.c_str());
      errno = error;
      fail(file, "cannot write");
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(fd) != 0) {
    ::close(fd);
    fail(file, "cannot sync");
  }
  ::close(fd);
}

}  // namespace

void write_file_atomically(const std::filesystem::path& file, std::string_view content) {
  std::filesystem::path beside = file;
  beside += ".new";
  write_and_sync(beside, content);
  std::filesystem::rename(beside, file);
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
