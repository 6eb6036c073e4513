// Which programmes see the article a reader came from, and why they must or may. For all others the
// merchant learns the site, not the page. Read 2026-11:
//   Amazon      Program Policies 2026-04-14: the site with the link may not be obscured, "including
//               by use of Redirecting Links"
//   eBay        Network Agreement: the traffic's source must be clear
//   Awin        the report's publisher_url is the page that sent the reader
//   ShareASale  the report's bannerpage is the page that sent the reader
// The last two return the page in their reports, where it is evidence of which article earned.
// Impact's ReferringDomain holds the domain only, which every programme gets.
#include <algorithm>
#include <array>

#include "networks/link_pattern.h"

namespace candor::networks {

bool wants_referer(std::string_view network) {
  constexpr std::array<std::string_view, 4> kNetworks{"amazon", "awin", "ebay", "shareasale"};
  return std::ranges::find(kNetworks, network) != kNetworks.end();
}

}  // namespace candor::networks
