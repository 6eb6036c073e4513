#pragma once
// Day salts in files of a directory of their own, which no backup takes along.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "base/random.h"
#include "redirect/front.h"
#include "rollup/site_zone.h"

namespace candor::redirect {

/// One file a day ("2026-11-23.salt", 32 bytes, mode 0600) in a directory of mode 0700. A salt is
/// made with the day's first need and overwritten and removed 48 hours after the day began, at the
/// next salt_at. Used by one thread.
class FileSaltKeeper final : public SaltKeeper {
 public:
  /// Takes what is wrong with the disk, without a full stop.
  using Tell = std::function<void(const std::string& problem)>;

  /// Throws std::system_error when the directory cannot be made or is not ours alone.
  FileSaltKeeper(std::filesystem::path directory, const rollup::SiteZone& zone, Random& random,
                 Tell tell = {});

  /// A salt that cannot be read or written (a failing or full disk) is made and kept in memory
  /// until the day ends: a restart then makes another. That is told once, until a day goes well
  /// again.
  VisitorSalt salt_at(Millis now) override;

 private:
  VisitorSalt load_or_make(rollup::DayNumber day);
  void destroy_old(std::int64_t now_ms);
  std::filesystem::path path_of(rollup::DayNumber day) const;

  std::filesystem::path directory_;
  const rollup::SiteZone& zone_;
  Random& random_;
  Tell tell_;
  bool told_ = false;
  VisitorSalt salt_{};
  std::int64_t from_ms_ = 0;  ///< salt_ is of the day [from_ms_, to_ms_)
  std::int64_t to_ms_ = 0;
};

}  // namespace candor::redirect
