#pragma once
// The nightly run for cron and systemd: catch up with the journal, import the drop folder, judge
// clicks and pages anew, attribute, look after links, write the reports and the mail. Safe to
// repeat, safe to kill anywhere: every step is a transaction of its own and finds what is left to
// do.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/window_model.h"
#include "base/clock.h"
#include "base/random.h"
#include "click/bot_filter.h"
#include "click/click_token.h"
#include "jobs/link_checks.h"
#include "jobs/mail_settings.h"
#include "jobs/pull.h"
#include "jobs/retention.h"
#include "report/alert.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::pages {
class PageProcessor;
}

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
  RetentionRules retention = {};
  attribution::ModelChoice model{};  ///< how clicks of a window share what no evidence decides
  std::filesystem::path backup_directory = {};  ///< empty: no backups
  std::filesystem::path database = {};          ///< the file that is backed up
  int backups_kept = 3;
  /// Lets a moment pass between two looks at a file that was just written; none: no wait.
  std::function<void()> let_settle = nullptr;
  /// Today's rules for user agents, made at first need; none: no clicks are judged anew.
  std::function<const BotFilter&()> bots = nullptr;
  pages::PageProcessor* pages = nullptr;  ///< none: no pages are audited
  std::filesystem::path page_root = {};   ///< of the built pages; empty: likewise
  LinkCheckSettings link_checks{};        ///< without a probe: links are not looked after
  MailSettings mail{};
  std::string site_name{};      ///< for mail
  std::string dashboard_url{};  ///< likewise; empty: not said
  /// Asks the networks' APIs, or that of one ("": of all); none: no account is configured.
  std::function<std::vector<PullResult>(std::string_view network)> pull = nullptr;
};

struct StepResult {
  std::string step;  ///< one of nightly_steps()
  bool failed = false;
  bool attention = false;  ///< done, but something needs a look (bad rows, a file refused)
  std::string message;
  std::int64_t took_ms = 0;
};

struct NightlyResult {
  std::vector<StepResult> steps;
  std::vector<report::Alert> alerts{};  ///< as of the end of the run, before its mail
  std::string watermark;                ///< last closed day covered: "2026-11-22"
  bool failed() const;
  bool needs_attention() const;
};

/// The steps of a run, in order.
std::vector<std::string_view> nightly_steps(const NightlySite& site);

/// Nights that were missed are caught up with: their reports are written too, a month's at most.
/// What an earlier process left "running" becomes "interrupted". One caller at a time.
/// When the store's jobs are stopped, the step under way is rolled back or keeps the slices it
/// has finished, the later ones are not begun, and the next run does the rest. Never throws for a
/// step's failure: later steps still run, the result says which failed.
NightlyResult run_nightly(const NightlySite& site);

}  // namespace candor::jobs
