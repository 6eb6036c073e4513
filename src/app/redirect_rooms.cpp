#include "app/redirect_rooms.h"

#include <utility>

#include "app/data_directory.h"
#include "app/open_site.h"
#include "redirect/links_snapshot.h"

namespace candor::app {

RedirectRooms::RedirectRooms(const Config& config, const Clock& clock, Random& random,
                             const rollup::SiteZone& zone)
    : journal(std::make_unique<journal::Journal>(
          journal::Options{journal_directory(config), config.durability})),
      salts(config.data_dir / "salts", zone, random),
      front(thread.loop, *journal, clock, salts, bots,
            load_token_keys(config.data_dir, random).front(),
            {config.go_prefix, config.site.hosts, config.trusted_proxies, config.deadline,
             config.repeat_window, config.node}),
      server(thread.loop, config.redirect_listen, front, {}),
      snapshot(config.data_dir / "links.snapshot") {
  if (auto table = redirect::load_links_snapshot(snapshot))
    front.set_links(std::make_shared<const LinkTable>(std::move(*table)));
}

void RedirectRooms::set_links(std::shared_ptr<const LinkTable> table) {
  thread.loop.post([this, table = std::move(table)] { front.set_links(table); });
}

}  // namespace candor::app
