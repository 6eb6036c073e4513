#pragma once
// What becomes of clicks of days that are over: the days are counted to the end, and after some
// days their rows become column blocks. Safe to repeat and to stop anywhere.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "rollup/site_zone.h"
#include "store/click_store.h"
#include "store/closed_day_store.h"

namespace candor::jobs {

struct RetentionRules {
  /// Days before today whose clicks stay rows. A visitor's key may need its salt for 48 hours.
  int raw_click_days = 7;
};

struct RetentionReport {
  std::int64_t closed_days = 0;  ///< counted to the end now
  std::int64_t packed_days = 0;
  std::int64_t packed_clicks = 0;
  std::int64_t bytes = 0;  ///< of the new blocks
  /// Days that stay rows, each with its reason.
  std::vector<std::string> refused;
};

/// With `dry_run` only says what it would do; `bytes` and `refused` are then not known.
RetentionReport run_retention(store::ClosedDayStore& store, const rollup::SiteZone& zone,
                              const Clock& clock, Random& random, const RetentionRules& rules,
                              bool dry_run);

}  // namespace candor::jobs
