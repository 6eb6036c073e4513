#pragma once
// Takes in what pages tell by beacon: clicks on direct links go into the journal as best they can,
// views and impressions are counted. Used on the loop's thread, but for what says otherwise.
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "click/bot_filter.h"
#include "click/click_token.h"
#include "http/message.h"
#include "journal/journal.h"
#include "link/link_table.h"
#include "redirect/address_throttle.h"
#include "redirect/beacon_message.h"
#include "redirect/click_maker.h"
#include "redirect/front.h"
#include "redirect/repeat_filter.h"
#include "rollup/view_days.h"

namespace candor::redirect {

/// Counts of beacons, apart from those of redirects. clicks = recorded + failed + shed holds
/// whenever no click is in flight. Read from any thread.
struct BeaconCounters {
  std::atomic<std::uint64_t> clicks{0};    ///< taken in, of any verdict
  std::atomic<std::uint64_t> recorded{0};  ///< in the journal
  std::atomic<std::uint64_t> failed{0};    ///< the disk failed
  std::atomic<std::uint64_t> shed{0};      ///< too many waiting for the disk: redirects come first
  std::atomic<std::uint64_t> views{0};
  std::atomic<std::uint64_t> impressions{0};
  std::atomic<std::uint64_t> doubles{0};    ///< told before
  std::atomic<std::uint64_t> ignored{0};    ///< no consent, or a link or article not known
  std::atomic<std::uint64_t> refused{0};    ///< foreign, forged or malformed
  std::atomic<std::uint64_t> throttled{0};  ///< too many from one reader or address
};

/// What of the front a beacon needs.
struct BeaconCall {
  const http::Request& request;
  const Options& options;
  const LinkTable& links;
  const TrustedProxies& proxies;
  ClickMaker& clicks;
  journal::Journal& journal;
};

/// What it refers to must outlive it; the journal may still settle clicks afterwards.
class BeaconDesk {
 public:
  /// `keys`: any of them may have made an article's MAC; not empty. `most_in_flight`: of beacon
  /// clicks that wait for the disk. The journal has room for many more: for redirects.
  BeaconDesk(const Clock& clock, const BotFilter& bots, const rollup::SiteZone& zone,
             std::vector<ClickTokenKey> keys, std::uint64_t most_in_flight = 1024);

  /// Whether the path is the script's, the stylesheet's or the beacons'. Below "<prefix>-/" there
  /// is never a slug.
  static bool owns(std::string_view path, std::string_view go_prefix);

  /// Script and stylesheet: GET and HEAD. Beacons: POST, 204 when taken (also when ignored), 403
  /// foreign or forged, 413 over 1 KiB, 429 too many, 400 malformed. 404 when the owner's switch is
  /// off; the stylesheet has none.
  http::Response answer(const BeaconCall& call);

  /// Any thread.
  const BeaconCounters& counters() const { return *counters_; }
  /// What was counted since the last time; any thread.
  rollup::ViewDayDeltas take_views();
  /// For when they could not be stored; any thread.
  void put_back(const rollup::ViewDayDeltas& views);

 private:
  http::Response take_beacon(const BeaconCall& call);
  bool is_throttled(const BeaconCall& call);
  void count(const BeaconCall& call, BeaconMessage message);
  void count_click(const BeaconCall& call, BeaconMessage message, ArticleId article);
  void count_seen(const BeaconCall& call, const BeaconMessage& message, ArticleId article);
  void record(journal::Journal& journal, Click click);

  const Clock& clock_;
  const BotFilter& bots_;
  const rollup::SiteZone& zone_;
  std::vector<ClickTokenKey> keys_;
  std::uint64_t most_in_flight_;
  AddressThrottle addresses_;
  AddressThrottle readers_;
  RepeatFilter told_;
  std::shared_ptr<BeaconCounters> counters_ = std::make_shared<BeaconCounters>();
  Guarded<rollup::ViewDayDeltas> views_;
};

}  // namespace candor::redirect
