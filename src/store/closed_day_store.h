#pragma once
// Days that are over: their counts as columns, and their clicks, whose rows become column blocks.
// Callable from any thread; one caller at a time writes (the nightly run).
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "rollup/site_zone.h"

namespace candor::store {

struct DayRows {
  rollup::DayNumber day = 0;
  std::int64_t clicks = 0;
};

/// What became of a day's rows.
struct PackedDay {
  std::int64_t clicks = 0;
  std::int64_t blocks = 0;
  std::int64_t bytes = 0;  ///< of the blocks
  /// Why the rows stay as they are, for people; empty: they are gone.
  std::string refused{};
};

class ClosedDayStore {
 public:
  virtual ~ClosedDayStore() = default;

  /// Days before `before` that have clicks and are not counted to the end, oldest first.
  virtual std::vector<rollup::DayNumber> list_open_days(rollup::DayNumber before) const = 0;
  /// Counts the day's clicks and readers to the end. False when a click or verdict came meanwhile:
  /// the day stays open. So it becomes again with each that comes later.
  virtual bool close_day(rollup::DayNumber day, const rollup::SiteZone& zone) = 0;

  /// Days before `before` whose clicks are rows, oldest first; a day of which any click is in a
  /// block is not among them.
  virtual std::vector<DayRows> list_row_days(rollup::DayNumber before) const = 0;
  /// Moves a day's rows into column blocks, when they agree with the day's counts and can be read
  /// back as they were. Visitors become random ordinals. Works in slices, each a transaction of
  /// some tens of milliseconds, and calls `between` after each: when that throws, or the process
  /// ends, the day is all rows or all blocks to who reads it, and the next call goes on.
  virtual PackedDay pack_day(rollup::DayNumber day, const rollup::SiteZone& zone, Random& random,
                             const std::function<void()>& between) = 0;
};

}  // namespace candor::store
