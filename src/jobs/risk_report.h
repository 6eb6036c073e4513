#pragma once
// Which articles lose money, found from what is stored of them.
#include <cstdint>

#include "report/risk_report.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct RiskQuestion {
  rollup::DayNumber from = 0;  ///< both included
  rollup::DayNumber to = 0;
  std::int64_t least_clicks = 50;  ///< from how many clicks on no revenue is a risk
  std::int64_t now_ms = 0;         ///< for links that are over
};

/// Finished. An article without risks has no row. No revenue is only a risk once any network's
/// report was imported for these days.
report::RiskReport load_risk_report(const store::Store& store, const rollup::SiteZone& zone,
                                    const RiskQuestion& question);

}  // namespace candor::jobs
