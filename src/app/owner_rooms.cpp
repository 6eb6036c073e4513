#include "app/owner_rooms.h"

#include <chrono>
#include <utility>

#include "app/data_directory.h"
#include "app/origin_options.h"

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
      pages_pool(std::in_place, 2, 256, http::Priority::Beside),
      network(admin.loop, *pool, site.api(), api::Door::Network),
      local(admin.loop, *pool, site.api(), api::Door::UnixSocket),
      socket(socket_path(config.data_dir)),
      admin_server(admin.loop, config.admin_listen, network, large_bodies()),
      socket_server(admin.loop, "unix:" + socket, local, large_bodies()) {
  if (!config.pages_root.empty()) {
    folder.emplace(pages.loop, *pages_pool, site.pages(), site.store(), config.pages_root);
    pages_server.emplace(pages.loop, config.pages_listen, *folder, http::Limits{});
  } else if (!config.pages_origin.empty()) {
    origin.emplace(pages.loop, *pages_pool, origin_options(config, site));
    pages_server.emplace(pages.loop, config.pages_listen, *origin, origin_limits(config));
  }
}

void OwnerRooms::reconfigure(const Config& config) {
  if (!origin) return;
  pages.loop.post([this, proxies = trusted_proxies(config)]() mutable {
    origin->set_proxies(std::move(proxies));
  });
}

void OwnerRooms::count_pages(api::FrontFigures& figures) const {
  if (!origin) return;
  const proxy::OriginCounters& counted = origin->counters();
  api::PagesFigures& told = figures.pages.emplace();
  told.requests = counted.requests;
  told.pages = counted.pages;
  told.disclosed = counted.disclosed;
  told.too_large = counted.too_large;
  told.unsafe = counted.unsafe;
  told.failed = counted.failed;
  told.failing = origin->is_failing();
  told.origin_down = counted.origin_down;
  told.origin_late = counted.origin_late;
  told.origin_broken = counted.origin_broken;
  told.upgrades_refused = counted.upgrades_refused;
  told.buffered_bytes = counted.buffered_bytes;
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
