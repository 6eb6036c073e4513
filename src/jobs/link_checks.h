#pragma once
// Looks at where links lead: whether what readers shall buy is still there. Never on a host by
// which a network tells clicks: a request of ours would be a click of nobody's. Where such a link
// names the merchant's own page, that page is asked instead; else the link stays unchecked.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "disclosure/wording/policy.h"
#include "link/link.h"
#include "store/store.h"

namespace candor::jobs {

/// What one request for a page brought.
struct ProbeAnswer {
  int status = 0;          ///< 0: no answer
  std::string location{};  ///< of a redirect
  std::string problem{};   ///< why there is no answer
};

struct LinkCheckSettings {
  /// Asks for a page: method ("HEAD", "GET") and URL. None: links are not looked after.
  std::function<ProbeAnswer(std::string_view method, const std::string& url)> probe = nullptr;
  /// Whether the host's robots.txt lets us ask for the URL; none: it does.
  std::function<bool(const std::string& url)> allowed = nullptr;
  /// Lets time pass, so that no host is asked more than once in `pace`; none: no pause.
  std::function<void(std::chrono::milliseconds)> wait = nullptr;
  std::vector<disclosure::Programme> programmes{};  ///< the owner's own: never asked either
  std::chrono::milliseconds pace{1000};
  std::size_t most = 2000;             ///< of one nightly run; the rest follows in the next
  std::chrono::minutes longest{10};    ///< likewise
  std::chrono::hours again_after{20};  ///< a link that was looked at since is left for tomorrow
};

struct LinkCheckReport {
  std::size_t checked = 0;  ///< asked now
  std::size_t dead = 0;     ///< of those
  std::size_t failing = 0;
  std::size_t unchecked = 0;  ///< may not be asked
  std::size_t left = 0;       ///< for the next run
};

/// All pages behind the link (jobs/link_pages.h) are looked at; the worst is what is said of it.
/// 404, 410: dead. No answer, or 5xx: failing, and dead the third time in a row. 2xx: ok. What is
/// said to robots only (401, 403, 405, 429, robots.txt, more redirects than five): unsure. A
/// redirect to a network's host ends the look: what is behind it is not asked. `before_asking` is
/// told each URL. Throws store::Stopped between pages when jobs are to stop.
store::LinkCheck check_link_now(
    const store::Store& store, const LinkCheckSettings& settings, const Link& link,
    std::int64_t now_ms, const std::function<void(const std::string&)>& before_asking = nullptr);

/// Those that were looked at longest ago, each in a transaction of its own.
LinkCheckReport check_links(store::Store& store, const Clock& clock,
                            const LinkCheckSettings& settings);

}  // namespace candor::jobs
