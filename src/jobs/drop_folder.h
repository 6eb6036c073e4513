#pragma once
// The folder into which the owner, or a program of theirs, puts report files. A file may be looked
// at while it is still being copied, so each is looked at twice.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/clock.h"

namespace candor::jobs {

/// No report of a network comes near: larger ones are not read.
inline constexpr std::uintmax_t kMostReportBytes = std::uintmax_t{256} << 20;
/// Written to so lately, a file may not be whole.
inline constexpr std::chrono::seconds kFreshFor{10};

struct DroppedFile {
  std::filesystem::path path;
  std::uintmax_t bytes = 0;
  std::filesystem::file_time_type written_at{};
  friend bool operator==(const DroppedFile&, const DroppedFile&) = default;
};

/// By name. Passed over: folders, hidden files, and names that browsers and copy programs use until
/// they are done (".part", ".crdownload", ...). A folder that is missing has none.
std::vector<DroppedFile> look_into(const std::filesystem::path& directory);

/// As it stands now; nothing when it is gone.
std::optional<DroppedFile> look_at(const std::filesystem::path& file);

/// Written to within kFreshFor of `now`, or later than that by a clock that is ahead.
bool is_fresh(const DroppedFile& file, Millis now);

/// Moves a finished file into a folder beside, made when missing, without ever replacing an earlier
/// one of the same name. Throws std::filesystem::filesystem_error.
void move_to(const std::filesystem::path& file, const std::filesystem::path& directory);

}  // namespace candor::jobs
