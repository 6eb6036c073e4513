#pragma once
// What networks report of the year's clicks, and what bringing it in, booking and reporting takes.
#include <cstddef>
#include <vector>

#include "click/click_id.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::bench {

class YearOfClicks;

/// Imports `commissions` rows, one half Awin's with the tokens of `clicks`, the other Amazon's with
/// tag and product only, and attributes them; then measures the reports of all dimensions.
void measure_money(store::Store& store, const rollup::SiteZone& zone,
                   const std::vector<ClickId>& clicks, std::size_t commissions, int runs);

/// A night of the site: a day of `clicks` clicks taken in, what a network reported of it imported,
/// attributed and reported.
void measure_night(store::Store& store, const rollup::SiteZone& zone, YearOfClicks& year,
                   std::size_t clicks, std::uint64_t journal_position);

}  // namespace candor::bench
