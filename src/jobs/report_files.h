#pragma once
// Report files on disk for people and cron: written beside, synced, then renamed, so that no reader
// sees half of one.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "report/articles_report.h"

namespace candor::jobs {

inline constexpr auto kOwnerWritesGroupReads = static_cast<std::filesystem::perms>(0640);

/// Throws std::system_error; then the file is as it was.
void write_file_atomically(const std::filesystem::path& file, std::string_view content,
                           std::filesystem::perms mode = kOwnerWritesGroupReads);

/// Writes "articles-<to_day>.json" and ".csv" into the directory; gives their paths.
std::vector<std::filesystem::path> write_report_files(const std::filesystem::path& directory,
                                                      const report::ArticlesReport& report);

}  // namespace candor::jobs
