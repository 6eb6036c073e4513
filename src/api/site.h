#pragma once
// What the API works on: the site's rooms, wired together by app/. The API is a function of (Site,
// Request).
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/login_throttle.h"
#include "base/clock.h"
#include "base/random.h"
#include "click/click_token.h"
#include "jobs/nightly.h"
#include "pages/page_processor.h"
#include "pages/site_settings.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::api {

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
  LoginThrottle& throttle;
  std::mutex& nightly_mutex;  ///< held while a nightly run or an import is under way
  /// Counters of the running redirect front; nothing when this process runs none.
  std::function<std::optional<store::Run>()> front;
};

}  // namespace candor::api
