#pragma once
// What the API works on: the site's rooms, wired together by app/. The API is a function of (Site,
// Request).
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/gatekeeper.h"
#include "base/clock.h"
#include "base/random.h"
#include "click/click.h"
#include "click/click_token.h"
#include "click/probe_book.h"
#include "jobs/network_settings.h"
#include "jobs/nightly.h"
#include "pages/page_processor.h"
#include "pages/site_settings.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::api {

/// The redirect front as it stands, beyond the counters of its run.
/// What the pages proxy counted since it started.
struct PagesFigures {
  std::uint64_t requests = 0;
  std::uint64_t pages = 0;          ///< HTML that went out
  std::uint64_t disclosed = 0;      ///< of those, with edits
  std::uint64_t too_large = 0;      ///< passed as they were: over the page limit
  std::uint64_t unsafe = 0;         ///< passed: not to be edited safely
  std::uint64_t failed = 0;         ///< passed without disclosure by our own failure
  bool failing = false;             ///< that happened within the last minutes
  std::uint64_t origin_down = 0;    ///< no connection: 502
  std::uint64_t origin_late = 0;    ///< too slow: 504, or broken off
  std::uint64_t origin_broken = 0;  ///< cut short or contradictory: 502, or broken off
  std::uint64_t upgrades_refused = 0;
  std::uint64_t buffered_bytes = 0;  ///< pages under way
};

struct FrontFigures {
  std::size_t connections = 0;
  std::uint64_t refused_connections = 0;  ///< one address had enough
  std::uint64_t throttled = 0;            ///< requests for unknown links answered 429
  std::uint64_t journal_failures = 0;     ///< clicks whose write or sync failed
  bool journal_fails = false;             ///< the last write or sync did
  bool can_write = true;                  ///< as the redirect port's own /readyz sees it
  std::int64_t absorb_lag_ms = 0;         ///< since all written clicks were last in the database
  std::array<std::uint64_t, kVerdictCount> by_verdict{};  ///< accepted clicks
  // What pages told, best effort: clicks = recorded + lost once none is in flight.
  std::uint64_t beacon_clicks = 0;
  std::uint64_t beacon_clicks_recorded = 0;
  std::uint64_t beacon_clicks_lost = 0;  ///< shed, or the disk failed
  std::uint64_t beacon_views = 0;
  std::uint64_t beacon_impressions = 0;
  std::uint64_t beacons_refused = 0;    ///< foreign, forged, malformed or too many
  std::optional<PagesFigures> pages{};  ///< when there is a pages proxy
};

class PageFolder;
class SettingsFile;

struct Site {
  store::Store& store;
  const Clock& clock;
  Random& random;
  const rollup::SiteZone& zone;
  const pages::SiteSettings& settings;
  pages::PageProcessor& pages;
  const std::vector<ClickTokenKey>& keys;  ///< the first one signs
  jobs::NightlySite nightly;
  std::string admin_url;  ///< where the dashboard is reached; empty when no daemon runs
  Gatekeeper& gate;
  std::mutex& nightly_mutex;  ///< held while a nightly run or an import is under way
  /// Counters of the running redirect front; nothing when this process runs none.
  std::function<std::optional<store::Run>()> front;
  /// Nothing when this process runs no redirect front.
  std::function<std::optional<FrontFigures>()> figures = nullptr;
  /// Lines that the licences of the databases of places want shown with their countries.
  std::function<std::vector<std::string>()> place_credits = nullptr;
  PageFolder* folder = nullptr;           ///< null: pages are no files of this machine
  SettingsFile* settings_file = nullptr;  ///< null: no file can be edited
  ProbeBook* probes = nullptr;            ///< of that front; null when this process runs none
  jobs::NetworkSettings networks{};
  int amazon_tags = 100;  ///< tracking IDs that Amazon allows the account
};

}  // namespace candor::api
