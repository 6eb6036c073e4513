#pragma once
// The nightly run for cron and systemd: catch up with the journal, import the drop folder,
// attribute, write the reports. Safe to repeat, safe to kill anywhere: every step is a transaction
// of its own and finds what is left to do.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "attribution/window_model.h"
#include "base/clock.h"
#include "base/random.h"
#include "click/click_token.h"
#include "jobs/retention.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct NightlySite {
  store::Store& store;
  const Clock& clock;
  const rollup::SiteZone& zone;
  const std::vector<ClickTokenKey>& keys;
  const std::vector<std::string>& site_hosts;
  std::filesystem::path
      drop_directory;  ///< report files put here are imported, then moved to done/ or failed/
  std::filesystem::path report_directory;
  std::map<std::string, Currency> currency;  ///< by network, for files that carry none
  int report_days = 28;
  bool demo = false;
  std::function<std::uint64_t()>
      absorb;  ///< brings in the journal's rest; gives the number of clicks
  std::filesystem::path mapping_directory = {};  ///< the owner's mappings of report layouts
  Random* random = nullptr;                      ///< for retention; none: clicks stay rows
  RetentionRules retention{};
  attribution::ModelChoice model{};  ///< how clicks of a window share what no evidence decides
};

struct StepResult {
  std::string step;  ///< "absorb", "import", "attribute", "retention", "report"
  bool failed = false;
  bool attention = false;  ///< done, but something needs a look (bad rows, a file refused)
  std::string message;
};

struct NightlyResult {
  std::vector<StepResult> steps;
  std::string watermark;  ///< last closed day covered: "2026-11-22"
  bool failed() const;
  bool needs_attention() const;
};

/// When the store's jobs are stopped, the step under way is rolled back or keeps the slices it has
/// finished, the later ones are not begun, and the next run does the rest.
/// Never throws for a step's failure: later steps still run, the result says which failed.
NightlyResult run_nightly(const NightlySite& site);

}  // namespace candor::jobs
