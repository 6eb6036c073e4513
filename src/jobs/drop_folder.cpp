#include "jobs/drop_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kUnfinished = {".part",     ".partial", ".crdownload",
                                                         ".download", ".tmp",     ".filepart"};

bool is_unfinished(const fs::path& file) {
  const std::string extension = ascii::to_lower(file.extension().string());
  return std::ranges::find(kUnfinished, extension) != kUnfinished.end();
}

}  // namespace

std::optional<DroppedFile> look_at(const fs::path& file) {
  std::error_code gone;
  if (!fs::is_regular_file(file, gone)) return std::nullopt;
  DroppedFile seen{file, fs::file_size(file, gone), {}};
  if (gone) return std::nullopt;
  seen.written_at = fs::last_write_time(file, gone);
  if (gone) return std::nullopt;
  return seen;
}

std::vector<DroppedFile> look_into(const fs::path& directory) {
  std::vector<DroppedFile> files;
  if (!fs::is_directory(directory)) return files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().filename().string().starts_with('.') || is_unfinished(entry.path())) continue;
    if (auto file = look_at(entry.path())) files.push_back(*std::move(file));
  }
  std::ranges::sort(files, {}, &DroppedFile::path);
  return files;
}

bool is_fresh(const DroppedFile& file, Millis now) {
  const auto written_at = std::chrono::file_clock::to_sys(file.written_at);
  return written_at > now - kFreshFor;
}

void move_to(const fs::path& file, const fs::path& directory) {
  fs::create_directories(directory);
  fs::path target = directory / file.filename();
  for (int n = 2; fs::exists(target); ++n)
    target = directory / fmt::format("{}-{}{}", file.stem().string(), n, file.extension().string());
  fs::rename(file, target);
}

}  // namespace candor::jobs
