#pragma once
// Asks a network's API for an account's commissions: all pages of all days since the last time and
// some before, then one import a stretch of days. Nothing is kept of a stretch that did not come
// whole.
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "fetch/client.h"
#include "jobs/network_settings.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct PullSite {
  store::Store& store;
  const Clock& clock;
  const rollup::SiteZone& zone;
  std::function<Result<fetch::Response, fetch::Error>(const fetch::Request&)> send;
  /// Between tries, and where a network allows so many requests a minute.
  std::function<void(std::chrono::milliseconds)> wait;
};

struct PullResult {
  std::string network;
  std::string account;
  bool failed = false;
  std::string message;                 ///< what came, or why it did not; without the token
  std::vector<store::Import> imports;  ///< that are new: of stretches that changed something
  std::int64_t row_count = 0;
  int request_count = 0;
};

/// The networks that can be asked: "awin, cj and impact".
bool can_pull(std::string_view network);

/// Noted in the job runs as "pull", step "<network> <account>", whose watermark is the last day
/// asked for. Never throws for the network's failure; store::Stopped when jobs are stopped.
PullResult pull(const PullSite& site, const PullAccount& account);

}  // namespace candor::jobs
