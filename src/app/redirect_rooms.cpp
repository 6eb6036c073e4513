#include "app/redirect_rooms.h"

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "app/data_directory.h"
#include "app/open_site.h"
#include "redirect/huge_pages.h"
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
          .flood_per_minute = config.flood_per_minute,
          .country_header = config.country_header,
          .count_data_centres = config.count_data_centres,
          .not_found_per_minute = config.not_found_per_minute,
          .privacy = config.site.privacy,
          .node = config.node,
          .zone = rollup::SiteZone::find(config.zone).value()};
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
    : journal_files(journal_directory(config)),
      journal(
          std::make_unique<journal::Journal>(journal::Options{journal_files, config.durability})),
      salts(config.data_dir / "salts", zone, random,
            [](const std::string& problem) {
              fmt::print(stderr,
                         "candor: {}. Redirects go on; readers are told apart by a salt in memory, "
                         "until a restart.\n",
                         problem);
            }),
      keys(load_token_keys(config.data_dir, random)),
      beacons(clock, bots, zone, keys),
      front(thread.loop, *journal, clock, salts, bots, keys.front(), front_options(config)),
      server(thread.loop, config.redirect_listen, front, config.redirect_limits),
      snapshot(config.data_dir / "links.snapshot"),
      first_links(redirect::load_link_table(snapshot, redirect::huge_pages())),
      places_(config.geo) {
  if (first_links) front.set_links(first_links);
  front.set_probes(probes);
  server.set_uncapped(uncapped(config));
  front.set_beacons(beacons);
  if (auto change = look_at_places()) front.set_atlas(std::move(change->atlas));
}

std::optional<geo::AtlasFiles::Change> RedirectRooms::look_at_places() {
  auto change = places_.with([](geo::AtlasFiles& files) { return files.refresh(); });
  if (change)
    for (const std::string& problem : change->problems)
      fmt::print(stderr, "candor: {}. Redirects go on, with what is known without it.\n", problem);
  return change;
}

void RedirectRooms::refresh_places() {
  if (auto change = look_at_places())
    thread.loop.post([this, atlas = std::move(change->atlas)] { front.set_atlas(atlas); });
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
  places_.with([&](geo::AtlasFiles& files) { files.set_options(config.geo); });
  refresh_places();
}

}  // namespace candor::app
