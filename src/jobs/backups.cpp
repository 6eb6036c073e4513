#include "jobs/backups.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

/// Named by their day, so that the order of names is that of time.
std::vector<fs::path> newest_first(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.starts_with("candor-") && name.ends_with(".db"))
      files.push_back(entry.path());
  }
  std::ranges::sort(files, std::greater{});
  return files;
}

}  // namespace

BackupReport back_up(const store::JobStore& store, const fs::path& directory, std::string_view day,
                     int keep, std::uintmax_t database_bytes) {
  if (fs::create_directories(directory)) fs::permissions(directory, fs::perms::owner_all);
  BackupReport report;
  report.file = directory / fmt::format("candor-{}.db", day);
  const std::uintmax_t free = fs::space(directory).available;
  if (free < database_bytes + database_bytes / 10) {
    report.refused = fmt::format("no backup: {} MB free in {}, {} MB needed", free >> 20,
                                 directory.string(), (database_bytes + database_bytes / 10) >> 20);
    return report;
  }
  store.back_up(report.file);
  report.bytes = fs::file_size(report.file);
  const auto files = newest_first(directory);
  for (std::size_t i = static_cast<std::size_t>(std::max(keep, 1)); i < files.size(); ++i) {
    fs::remove(files[i]);
    ++report.removed;
  }
  return report;
}

}  // namespace candor::jobs
