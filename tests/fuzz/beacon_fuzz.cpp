// Any body of a beacon is a message within its limits, or is none.
#include "fuzz/fuzz_target.h"
#include "redirect/beacon_message.h"

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  using redirect::BeaconKind;
  constexpr std::size_t kMostLinks = 16;
  const auto message = redirect::parse_beacon(bytes);
  if (bytes.size() > redirect::kBeaconBytes) must_hold(!message, "a long body is refused");
  if (message) {
    const std::size_t links = message->links.size();
    switch (message->kind) {
      case BeaconKind::Click:
        must_hold(links == 1, "a click is on one link");
        break;
      case BeaconKind::View:
        must_hold(links == 0, "a view is of no link");
        break;
      case BeaconKind::Impressions:
        must_hold(links >= 1 && links <= kMostLinks, "impressions are of some links");
        break;
    }
    must_hold(message->article.starts_with('/'), "an article is a path");
    for (const auto& link : message->links) must_hold(!link.slug.empty(), "a link has a slug");
  }
  if (const auto ping = redirect::parse_ping(bytes))
    must_hold(ping->kind == BeaconKind::Click && ping->links.size() == 1 && ping->id.empty(),
              "a ping is a click");
}

}  // namespace candor::fuzz
