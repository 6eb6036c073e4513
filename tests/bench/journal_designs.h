#pragma once
// Ways for clicks to come from the loop to the disk, and for their outcomes to come back: the
// journal's own and those it is compared with.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "click/click.h"
#include "journal/disk.h"
#include "journal/journal.h"

namespace candor::bench {

/// A click whose fate is known.
struct Settled {
  std::uint32_t reader = 0;
  bool recorded = false;
};

/// For the loop's thread.
class Design {
 public:
  virtual ~Design() = default;
  virtual void append(Click click, std::uint32_t reader) = 0;
  /// What a design does once per turn of the loop, for all that was appended in it.
  virtual void end_turn() = 0;
  /// Adds what was settled since the last call; each append is settled once.
  virtual void take_settled(std::vector<Settled>& out) = 0;
  /// Sleeps until something is settled, or for so long.
  virtual void wait(std::chrono::milliseconds at_most) = 0;
};

struct DesignOptions {
  std::filesystem::path folder;
  journal::Durability durability = journal::Durability::Power;
  std::uint64_t segment_bytes = 16u << 20;
  journal::Disk* disk = nullptr;
};

/// "inline", "thread", "thread-each" (handed over click by click), "ring", "sqlite" (a commit per
/// turn) or "sqlite-each" (a commit per click); null for another word.
std::unique_ptr<Design> make_design(std::string_view name, const DesignOptions& options);

}  // namespace candor::bench
