#pragma once
// Moves clicks from the journal into the store, exactly once: position and rows in one transaction.
#include <cstdint>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "journal/journal.h"
#include "rollup/site_zone.h"
#include "store/click_store.h"

namespace candor::absorb {

struct Progress {
  std::uint64_t clicks = 0;
  /// Found on the way, each reported once by an absorber; at_end ones are a crash's torn tail.
  std::vector<journal::Damage> damage;
};

/// In one transaction. A day count costs a row for each link and article that was clicked, however
/// often: the more clicks, the less each costs. So many take some 15 MB while they are stored.
inline constexpr std::size_t kMostClicks = 131'072;

class Absorber {
 public:
  Absorber(std::filesystem::path journal_directory, store::ClickStore& store,
           const rollup::SiteZone& zone);
  /// Absorbs what has been written so far, in transactions of at most `batch` clicks, and deletes
  /// segments whose rows are checkpointed. Checkpoints now and then, not every time. Beside a
  /// writing journal give its written() as `until`: a group behind it may yet fail and be counted
  /// as lost. One thread at a time.
  Progress absorb_all(std::size_t batch = kMostClicks,
                      journal::Position until = journal::Reader::kEverything);

  /// Checkpoints, and deletes the segments that this makes superfluous; false when a reader kept it
  /// from completing. For an orderly stop.
  bool settle();

 private:
  bool is_settling_due(journal::Position at) const;

  std::filesystem::path directory_;
  journal::Reader reader_;
  store::ClickStore& store_;
  const rollup::SiteZone& zone_;
  journal::Position settled_;                                   // everything before is checkpointed
  std::size_t transactions_ = 0;                                // since then
  std::uint64_t clicks_ = 0;                                    // since then
  std::vector<journal::Damage> untold_;                         // kept when absorbing fails
  std::set<std::pair<std::uint64_t, std::uint64_t>> reported_;  // damage: segment, offset
};

}  // namespace candor::absorb
