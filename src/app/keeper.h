#pragma once
// The duties of a running daemon that come round again and again.
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "app/link_exporter.h"
#include "app/link_tables.h"
#include "app/open_site.h"
#include "app/redirect_rooms.h"
#include "store/store.h"

namespace candor::app {

/// Moves clicks into the database, saves the run's signs of life and hands new link tables to the
/// front. A duty that fails (a full disk or the like) is told once and tried again; the others go
/// on, and the journal keeps what was clicked.
class Keeper {
 public:
  Keeper(OpenSite& site, RedirectRooms& redirects, LinkExporter& exporter, const Clock& clock);

  /// This run as it stands; any thread.
  store::Run run() const;
  /// The redirect front as it stands; any thread, until finish.
  api::FrontFigures figures() const;

  /// Once redirects have stopped: the journal's last clicks, then the end of the run.
  void finish();

 private:
  std::uint64_t absorb();  ///< how many clicks
  void refresh_links();
  void save_run();
  void save_views();
  /// A line when clicks begin to go unrecorded, and one when they are recorded again.
  void tell_losses();
  template <class Duty>
  void try_to(const std::string& what, Duty duty);
  void work(const std::stop_token& stop);

  OpenSite& site_;
  RedirectRooms& redirects_;
  LinkExporter& exporter_;
  LinkTables tables_;
  const Clock& clock_;
  std::int64_t started_at_ms_;
  std::atomic<std::int64_t> id_{0};  ///< 0 until the database could be written
  std::atomic<std::int64_t> absorbed_at_ms_;
  std::uint64_t recorded_ = 0;     ///< when last looked at, as the next two
  std::uint64_t lost_ = 0;         ///< unrecorded or shed
  std::uint64_t lost_before_ = 0;  ///< when clicks began to go unrecorded
  bool losing_ = false;
  std::map<std::string, std::string> complaints_;  ///< by duty, so that each is told once
  std::jthread thread_;
};

}  // namespace candor::app
