#include "geo/atlas_files.h"

#include <sys/stat.h>

namespace candor::geo {

AtlasFiles::Stamp AtlasFiles::stamp_of(const std::filesystem::path& path) {
  struct stat status{};
  if (path.empty() || ::stat(path.c_str(), &status) != 0) return {};
  return {.inode = status.st_ino,
          .size = status.st_size,
          .modified_ns = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
}

std::optional<AtlasFiles::Change> AtlasFiles::refresh() {
  const std::pair now{stamp_of(options_.country_db), stamp_of(options_.asn_db)};
  if (seen_ == now) return std::nullopt;
  const bool first = !seen_;
  seen_ = now;
  Change change;
  auto fresh = std::make_shared<const Atlas>(options_, change.problems);
  // What was read before is better than nothing.
  if (first || change.problems.empty() || atlas_->notes().size() <= fresh->notes().size())
    atlas_ = std::move(fresh);
  change.atlas = atlas_;
  return change;
}

}  // namespace candor::geo
