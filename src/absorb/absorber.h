#pragma once
// Moves clicks from the journal into the store, exactly once: position and rows in one transaction.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "journal/journal.h"
#include "rollup/site_zone.h"
#include "store/click_store.h"

namespace candor::absorb {

struct Progress {
  std::uint64_t clicks = 0;
  std::vector<journal::Damage> damage;  ///< found on the way; at_end ones are a crash's torn tail
};

class Absorber {
 public:
  Absorber(std::filesystem::path journal_directory, store::ClickStore& store,
           const rollup::SiteZone& zone);
  /// Absorbs everything written so far, in transactions of at most `batch` clicks, and deletes
  /// segments whose rows are checkpointed. One thread at a time.
  Progress absorb_all(std::size_t batch = 4096);

 private:
  std::filesystem::path directory_;
  store::ClickStore& store_;
  const rollup::SiteZone& zone_;
};

}  // namespace candor::absorb
