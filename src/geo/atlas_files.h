#pragma once
// Notices when the owner (or a job of theirs) puts newer databases in place.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/atlas.h"

namespace candor::geo {

/// For one thread at a time.
class AtlasFiles {
 public:
  explicit AtlasFiles(AtlasOptions options) : options_(std::move(options)) {}

  /// The next refresh() looks at these.
  void set_options(AtlasOptions options) {
    if (options == options_) return;
    options_ = std::move(options);
    seen_.reset();
  }

  struct Change {
    std::shared_ptr<const Atlas> atlas;  ///< never null
    std::vector<std::string> problems;   ///< of databases that cannot be used, each for a person
  };
  /// The atlas of the files as they are now, when they are not those of the last call; nothing when
  /// they are. A damaged file that replaces a sound one changes nothing but is told.
  std::optional<Change> refresh();

 private:
  /// What changes when a file is replaced or written to.
  struct Stamp {
    std::uint64_t inode = 0;
    std::int64_t size = -1;
    std::int64_t modified_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static Stamp stamp_of(const std::filesystem::path& path);

  AtlasOptions options_;
  std::optional<std::pair<Stamp, Stamp>> seen_;
  std::shared_ptr<const Atlas> atlas_ = std::make_shared<const Atlas>();
};

}  // namespace candor::geo
