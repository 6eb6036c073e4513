#include "app/redirect_rooms.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "app/data_directory.h"
#include "app/open_site.h"
#include "redirect/links_snapshot.h"

namespace candor::app {
namespace {

redirect::Options front_options(const Config& config) {
  return {.go_prefix = config.go_prefix,
          .site_hosts = config.site.hosts,
          .trusted_proxies = config.trusted_proxies,
          .forwarded_header = config.forwarded_header,
          .deadline = config.deadline,
          .repeat_window = config.repeat_window,
          .not_found_per_minute = config.not_found_per_minute,
          .node = config.node};
}

/// A proxy brings everybody's connections.
std::function<bool(const std::string&)> uncapped(const Config& config) {
  return [proxies = redirect::TrustedProxies(config.trusted_proxies)](const std::string& peer) {
    return proxies.contains(std::string_view(peer));
  };
}

}  // namespace

RedirectRooms::RedirectRooms(const Config& config, const Clock& clock, Random& random,
                             const rollup::SiteZone& zone)
    : journal(std::make_unique<journal::Journal>(
          journal::Options{journal_directory(config), config.durability})),
      salts(config.data_dir / "salts", zone, random),
      front(thread.loop, *journal, clock, salts, bots,
            load_token_keys(config.data_dir, random).front(), front_options(config)),
      server(thread.loop, config.redirect_listen, front, config.redirect_limits),
      snapshot(config.data_dir / "links.snapshot") {
  if (auto table = redirect::load_links_snapshot(snapshot))
    front.set_links(std::make_shared<const LinkTable>(std::move(*table)));
  server.set_uncapped(uncapped(config));
}

void RedirectRooms::set_links(std::shared_ptr<const LinkTable> table) {
  thread.loop.post([this, table = std::move(table)] { front.set_links(table); });
}

void RedirectRooms::reconfigure(const Config& config) {
  thread.loop.post([this, options = front_options(config), limits = config.redirect_limits,
                    free = uncapped(config)]() mutable {
    front.set_options(std::move(options));
    server.set_limits(limits);
    server.set_uncapped(std::move(free));
  });
}

}  // namespace candor::app
