#include "app/owner_rooms.h"

#include <chrono>
#include <utility>

#include "app/data_directory.h"

namespace candor::app {
namespace {

http::Limits large_bodies() {
  http::Limits limits;
  limits.body_bytes = 64u << 20;  // report files and pages
  limits.body_deadline = std::chrono::seconds{60};
  return limits;
}

}  // namespace

OwnerRooms::OwnerRooms(const Config& config, OpenSite& site)
    : pool(std::in_place, 2, 256),
      pages_pool(std::in_place, 2, 256),
      network(admin.loop, *pool, site.api(), api::Door::Network),
      local(admin.loop, *pool, site.api(), api::Door::UnixSocket),
      socket(socket_path(config.data_dir)),
      admin_server(admin.loop, config.admin_listen, network, large_bodies()),
      socket_server(admin.loop, "unix:" + socket, local, large_bodies()) {
  if (!config.pages_root.empty()) {
    folder.emplace(pages.loop, *pages_pool, site.pages(), site.store(), config.pages_root);
    pages_server.emplace(pages.loop, config.pages_listen, *folder, http::Limits{});
  }
}

void OwnerRooms::ask_to_stop() {
  pages.ask_to_stop();
  admin.ask_to_stop();
}

void OwnerRooms::stop() {
  pages.stop();
  admin.stop();
  pages_pool.reset();
  pool.reset();
}

}  // namespace candor::app
