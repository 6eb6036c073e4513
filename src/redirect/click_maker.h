#pragma once
// A request for a link becomes a click: its id, the reader's way to it, and the verdict on whether
// it counts. Used on one loop's thread.
#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "click/bot_filter.h"
#include "click/click.h"
#include "click/click_id.h"
#include "click/click_token.h"
#include "click/user_agent_cache.h"
#include "geo/atlas.h"
#include "http/message.h"
#include "redirect/client_address.h"
#include "redirect/flood_filter.h"
#include "redirect/front.h"
#include "redirect/repeat_filter.h"
#include "redirect/visit.h"

namespace candor::redirect {

struct MadeClick {
  Click click;
  /// The reader's key of the day, also when the click must not keep it: for decisions that are made
  /// at once (the same target for the same reader), and written nowhere.
  std::uint64_t reader = 0;
  bool told_apart =
      true;  ///< else nothing is remembered of the reader, and each click stands alone
  bool may_carry_token = true;  ///< whether the reader's wishes let the click's token travel
};

/// What it refers to must outlive it.
class ClickMaker {
 public:
  /// `after` is the largest click id known from an earlier run; `token_key` is the one that signs.
  /// Throws std::invalid_argument when a trusted proxy is no address.
  ClickMaker(const Clock& clock, SaltKeeper& salts, const BotFilter& bots,
             const ClickTokenKey& token_key, const Options& options, ClickId after);

  /// Takes effect with the next click. Throws std::invalid_argument when a trusted proxy is no
  /// address.
  void set_options(const Options& options);

  /// Until then no place is known, unless a proxy tells it.
  void set_atlas(std::shared_ptr<const geo::Atlas> atlas) { atlas_ = std::move(atlas); }

  /// Forgets what was derived from the salts of other days; make_click does it, too, when there is
  /// a click.
  void keep_only(const VisitorSalt& salt) { user_agents_.keep_only(salt); }

  /// `source` is where the reader came from, as read_source or a beacon says. The variant is the
  /// caller's to set. Remembers nothing of the reader; judge_pace does. Throws what the salts
  /// throw.
  MadeClick make_click(const http::Request& request, LinkId link, Source source,
                       ClickKind kind = ClickKind::Redirect);

  /// The last part of the verdict: whether a reader whom nothing else speaks against clicks too
  /// often. They are remembered for it, so it is asked once, and only of a click that leads on.
  void judge_pace(MadeClick& made);

 private:
  /// Verdicts and the settings they depend on.
  struct Rules {
    explicit Rules(const Options& options);

    TrustedProxies proxies;
    std::string country_header;
    PrivacySwitches privacy;
    unsigned flood_per_minute;
    bool count_data_centres;
  };
  /// What is known of who asks, beside the click.
  struct Asker {
    const UserAgentClass& known;
    std::uint64_t reader = 0;
    bool told_apart = true;
    geo::Place place;
  };

  struct Heard;

  void describe_reader(const http::Request& request, const Heard& heard, const Asker& asker,
                       Click& click);
  void judge(const http::Request& request, const Asker& asker, Millis now, Click& click);

  const Clock& clock_;
  SaltKeeper& salts_;
  ClickTokenKey test_key_;
  Rules rules_;
  std::shared_ptr<const geo::Atlas> atlas_ = std::make_shared<const geo::Atlas>();
  UserAgentCache user_agents_;
  RepeatFilter repeats_;
  FloodFilter floods_;
  ClickIdMinter minter_;
};

}  // namespace candor::redirect
