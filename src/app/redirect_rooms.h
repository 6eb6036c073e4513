#pragma once
// Everything that redirecting needs, and nothing of the database.
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/config.h"
#include "app/loop_thread.h"
#include "base/guarded.h"
#include "base/random.h"
#include "click/bot_filter.h"
#include "click/probe_book.h"
#include "geo/atlas_files.h"
#include "http/server.h"
#include "journal/journal.h"
#include "link/link_table.h"
#include "redirect/beacon_desk.h"
#include "redirect/front.h"
#include "redirect/salt_files.h"
#include "rollup/site_zone.h"

namespace candor::app {

/// The redirect front with all it needs to run before the database is there.
struct RedirectRooms {
  RedirectRooms(const Config& config, const Clock& clock, Random& random,
                const rollup::SiteZone& zone);
  // The loop must rest before what it serves goes, also when starting failed halfway.
  ~RedirectRooms() { thread.stop(); }
  RedirectRooms(const RedirectRooms&) = delete;
  RedirectRooms& operator=(const RedirectRooms&) = delete;

  /// Any thread.
  void set_links(std::shared_ptr<const LinkTable> table);
  /// Reads the databases of places again when their files were replaced; any thread.
  void refresh_places();
  /// Takes over what may change while it runs, between two requests. Any thread.
  void reconfigure(const Config& config);

  std::filesystem::path journal_files;
  std::unique_ptr<journal::Journal> journal;
  redirect::FileSaltKeeper salts;
  BotFilter bots;
  LoopThread thread;
  std::vector<ClickTokenKey> keys;
  redirect::BeaconDesk beacons;
  ProbeBook probes;
  redirect::Front front;
  http::Server server;
  std::filesystem::path snapshot;  ///< where the links are kept for a start without the database
  std::shared_ptr<const LinkTable> first_links;  ///< from there, until they are taken; or null

 private:
  std::optional<geo::AtlasFiles::Change> look_at_places();

  Guarded<geo::AtlasFiles> places_;
};

}  // namespace candor::app
