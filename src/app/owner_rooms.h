#pragma once
// Where the owner comes in, and the pages front.
#include <optional>
#include <string>

#include "api/admin_front.h"
#include "app/config.h"
#include "app/loop_thread.h"
#include "app/open_site.h"
#include "http/server.h"
#include "http/worker_pool.h"
#include "proxy/folder_front.h"
#include "proxy/origin_front.h"

namespace candor::app {

/// The doors of the owner: admin over TCP and the Unix socket, and the pages front when a folder or
/// an origin is set.
struct OwnerRooms {
  OwnerRooms(const Config& config, OpenSite& site);
  ~OwnerRooms() { stop(); }
  OwnerRooms(const OwnerRooms&) = delete;
  OwnerRooms& operator=(const OwnerRooms&) = delete;

  /// The loops rest before the servers they run go, and work under way ends before what it works
  /// on.
  void stop();
  /// Takes over what may change while it runs. Any thread.
  void reconfigure(const Config& config);
  /// Adds what the pages front counted. Any thread.
  void count_pages(api::FrontFigures& figures) const;
  /// Begins to drain and does not wait for it.
  void ask_to_stop();

  LoopThread admin;
  LoopThread pages;
  std::optional<http::WorkerPool> pool;
  /// Readers must not hold the owner up, nor the other way round.
  std::optional<http::WorkerPool> pages_pool;
  api::AdminFront network;
  api::AdminFront local;
  std::string socket;
  http::Server admin_server;
  http::Server socket_server;
  std::optional<proxy::FolderFront> folder;
  std::optional<proxy::OriginFront> origin;
  std::optional<http::Server> pages_server;
};

}  // namespace candor::app
