#pragma once
// An article's changes (what scans found of its page, and edits of its links), and what it earned
// around them.
#include <cstdint>

#include "report/revision_report.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct RevisionQuestion {
  store::Article article;
  std::int32_t days = 14;       ///< each side
  rollup::DayNumber today = 0;  ///< not over yet, so on no side
};

/// The newest 50 changes; the first scan of a page is none. Edits of a link count for the articles
/// that have it now.
report::RevisionReport load_revision_report(const store::Store& store, const rollup::SiteZone& zone,
                                            const RevisionQuestion& question);

}  // namespace candor::jobs
