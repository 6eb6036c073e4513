#pragma once
// Verdicts over again, with the rules of today: what a user agent alone decides is decided from the
// one that was kept. Verdicts that needed the address or other headers stay as they were.
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "click/bot_filter.h"
#include "rollup/site_zone.h"
#include "store/click_store.h"

namespace candor::jobs {

struct ReclassifyRange {
  ClickId after;   ///< ids above
  ClickId before;  ///< ids below
  /// Looks at so many clicks at most, so that a caller who asks again with `next` gets through.
  std::size_t limit = 100'000;
  bool dry_run = false;
};

struct ReclassifyReport {
  std::uint64_t looked_at = 0;
  std::uint64_t changed = 0;                                     ///< or would be, in a dry run
  std::map<std::pair<Verdict, Verdict>, std::uint64_t> changes;  ///< by (was, is)
  std::optional<ClickId> next;  ///< where to go on; nothing at the end
};

/// Done twice, it changes nothing the second time. Writes in slices of 500 clicks, each with its
/// day counts.
ReclassifyReport reclassify(store::ClickStore& store, const BotFilter& bots,
                            const rollup::SiteZone& zone, const Clock& clock,
                            const ReclassifyRange& range);

}  // namespace candor::jobs
