#pragma once
// The click front: request -> link -> verdict -> journal -> 302. Everything here runs on one event
// loop's thread.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "click/bot_filter.h"
#include "click/click.h"
#include "click/click_id.h"
#include "click/click_token.h"
#include "click/privacy.h"
#include "click/probe_book.h"
#include "click/visitor.h"
#include "geo/atlas.h"
#include "http/server.h"
#include "journal/journal.h"
#include "link/link_table.h"
#include "redirect/client_address.h"
#include "rollup/site_zone.h"

namespace candor::redirect {

struct Options {
  std::string go_prefix = "/go/";       ///< path prefix of links
  std::vector<std::string> site_hosts;  ///< hosts whose Referer path names an article
  std::vector<std::string>
      trusted_proxies;  ///< addresses or CIDRs whose forwarded header is believed
  ForwardedHeader forwarded_header = ForwardedHeader::XForwardedFor;
  std::chrono::milliseconds deadline{
      250};  ///< then the reader is redirected although not recorded; 0: wait
  std::chrono::seconds repeat_window{30};
  unsigned flood_per_minute = 30;  ///< clicks of one visitor in a minute; 0: any number
  /// The header by which a trusted proxy tells the reader's country ("CF-IPCountry"); empty: none.
  std::string country_header;
  bool count_data_centres = false;  ///< clicks from networks of servers count like any other
  /// Requests for nothing known that one client may make in a minute; beyond: 429. 0: any number.
  /// A known link is never refused.
  unsigned not_found_per_minute = 0;
  PrivacySwitches privacy{};               ///< beacons are taken once there is a desk
  int node = 0;                            ///< stays as it was at the start
  std::optional<rollup::SiteZone> zone{};  ///< whose clocks schedules go by; none: UTC
};

/// accepted = recorded + unrecorded + shed holds whenever no click is in flight; a late sync moves
/// one from unrecorded to recorded. Read from any thread.
struct Counters {
  /// Clicks of any verdict: every GET or HEAD of a known link, redirected, or told to ask again
  /// when it was only fetched ahead.
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> recorded{0};
  std::atomic<std::uint64_t> unrecorded{0};  ///< deadline passed, or the disk failed
  std::atomic<std::uint64_t> shed{0};        ///< queue full
  std::atomic<std::uint64_t> not_found{0};   ///< unknown slugs, and links that ended
  std::array<std::atomic<std::uint64_t>, kVerdictCount> by_verdict{};  ///< of accepted
  std::atomic<std::uint64_t> throttled{0};  ///< answered 429: too many of them from one client
};

/// Day salts for visitor keys: created at the site's midnight, kept in a directory of their own
/// (never in backups), destroyed after 48 h.
class SaltKeeper {
 public:
  virtual ~SaltKeeper() = default;
  /// Readers are redirected whatever happens to salts: trouble is the keeper's to deal with, and a
  /// throw costs the request.
  virtual VisitorSalt salt_at(Millis now) = 0;
};

class BeaconDesk;

/// Answers GET and HEAD below the prefix, and GET /healthz and /readyz. What it refers to must
/// outlive it; the journal may still settle clicks afterwards, and they are counted.
class Front final : public http::Handler {
 public:
  /// Made and destroyed on the loop's thread or while the loop does not run. Throws
  /// std::invalid_argument when a trusted proxy is no address, and what `salts` throws.
  Front(http::EventLoop& loop, journal::Journal& journal, const Clock& clock, SaltKeeper& salts,
        const BotFilter& bots, ClickTokenKey token_key, Options options);
  ~Front() override;

  /// Swaps the table; loop thread only (post it).
  void set_links(std::shared_ptr<const LinkTable> links);
  /// From the next request on. Throws as the constructor does, and then nothing has changed. Loop
  /// thread only.
  void set_options(Options options);
  /// Beacons are taken at this desk, which must outlive the front. Loop thread, or before it runs.
  void set_beacons(BeaconDesk& desk);
  /// Where addresses are from now on; loop thread only (post it).
  void set_atlas(std::shared_ptr<const geo::Atlas> atlas);
  /// The owner's test requests are noted in this book, which must outlive the front. Loop thread,
  /// or before it runs.
  void set_probes(ProbeBook& book);
  /// Any thread.
  const Counters& counters() const { return *counters_; }
  /// False while the journal fails and did so within the last 30 s: only a click can show that it
  /// works again. What /readyz goes by, here and wherever else it is answered. Any thread.
  bool can_write() const;

  void handle(const http::Request& request, http::Reply reply) override;

 private:
  struct Impl;
  std::shared_ptr<Counters> counters_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candor::redirect
