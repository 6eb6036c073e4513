#pragma once
// Copies of the database, one a day at most, the newest kept.
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "store/job_store.h"

namespace candor::jobs {

struct BackupReport {
  std::filesystem::path file;
  std::uintmax_t bytes = 0;
  int removed = 0;  ///< older ones
  /// Why there is none, for people; empty: there is.
  std::string refused{};
};

/// Writes "candor-<day>.db" (0600) into the directory, in the place of an earlier one of that day,
/// and then removes all but the newest `keep`. `database_bytes`: what a copy needs at most; refused
/// when the disk has not that much and a tenth to spare. Throws std::system_error, Stopped, Broken.
BackupReport back_up(const store::JobStore& store, const std::filesystem::path& directory,
                     std::string_view day, int keep, std::uintmax_t database_bytes);

}  // namespace candor::jobs
