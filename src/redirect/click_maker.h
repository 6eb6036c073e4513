#pragma once
// A request for a link becomes a click: its id, the reader's way to it, and the verdict on whether
// it counts. Used on one loop's thread.
#include <vector>

#include "base/clock.h"
#include "click/bot_filter.h"
#include "click/click.h"
#include "click/click_id.h"
#include "http/message.h"
#include "redirect/client_address.h"
#include "redirect/front.h"
#include "redirect/repeat_filter.h"
#include "redirect/visit.h"

namespace candor::redirect {

/// What it refers to must outlive it.
class ClickMaker {
 public:
  /// `after` is the largest click id known from an earlier run. Throws std::invalid_argument when a
  /// trusted proxy is no address.
  ClickMaker(const Clock& clock, SaltKeeper& salts, const BotFilter& bots, const Options& options,
             ClickId after);

  /// For clicks from now on; ids go on as they were. Throws as the constructor does, and then
  /// nothing has changed.
  void set_options(const Options& options);

  /// `source` is where the reader came from, as read_source or a beacon says. The variant is the
  /// caller's to set. Throws what the salts throw.
  Click make_click(const http::Request& request, LinkId link, Source source,
                   ClickKind kind = ClickKind::Redirect);

 private:
  void judge(const http::Request& request, Click& click, Millis now);

  const Clock& clock_;
  SaltKeeper& salts_;
  const BotFilter& bots_;
  TrustedProxies proxies_;
  RepeatFilter repeats_;
  ClickIdMinter minter_;
};

}  // namespace candor::redirect
