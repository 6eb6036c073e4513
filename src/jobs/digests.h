#pragma once
// Which digests are due after a day is over, and the mail of the nightly run.
#include <string>
#include <vector>

#include "jobs/mail_settings.h"
#include "report/alert.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct NightlySite;
struct StepResult;

struct DueDigest {
  std::string name;  ///< "Daily digest"
  std::string key;   ///< "digest.daily.2026-11-22": by it a digest is written once
  rollup::DayNumber from = 0;
  rollup::DayNumber to = 0;  ///< included
};

/// The daily one of the last closed day; the weekly one of the last Monday to Sunday that is over;
/// the monthly one of the last month, within a week of its end. Those a run has missed are caught
/// up with, but for older days: a later daily one stands for them.
std::vector<DueDigest> due_digests(const MailSettings& settings, rollup::DayNumber last_closed);

/// Writes what is due and what is new, then delivers all that waits. What no server took wants a
/// look and waits for the next run.
StepResult mail_step(const NightlySite& site, rollup::DayNumber last_closed,
                     const std::vector<report::Alert>& alerts);

}  // namespace candor::jobs
