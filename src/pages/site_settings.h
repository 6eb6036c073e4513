#pragma once
// What the owner's configuration says of the site, as the rooms that work on its pages and numbers
// need it.
#include <string>
#include <vector>

namespace candor::pages {

struct SiteSettings {
  std::string name;                ///< "The Nourished Fork"
  std::string url;                 ///< "https://nourished.example"
  std::vector<std::string> hosts;  ///< the url's host and its aliases, lower case
  std::string go_url;  ///< "https://nourished.example/go/": what links in pages begin with
  std::vector<std::string> jurisdictions;  ///< "US", "UK", ...
  std::string language;                    ///< template locale; empty: the page's own
  bool link_through_go = true;             ///< turn paid links into /go/ links
  bool demo = false;                       ///< all numbers are generated

  friend bool operator==(const SiteSettings&, const SiteSettings&) = default;
};

}  // namespace candor::pages
