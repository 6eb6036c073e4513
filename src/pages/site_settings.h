#pragma once
// What the owner's configuration says of the site, as the rooms that work on its pages and numbers
// need it.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "click/privacy.h"
#include "disclosure/wording/choices.h"
#include "disclosure/wording/policy.h"

namespace candor::pages {

/// How pages tell of clicks on direct links and of being read.
struct BeaconSettings {
  std::string script_url;    ///< what pages load; empty: pages carry no beacons
  std::string ping_url;      ///< where links ping
  bool impressions = false;  ///< also tell which direct links came into view
  std::function<std::string(std::string_view article_path)> mac_of;  ///< proves an article's path
};

struct SiteSettings {
  std::string name;                ///< "The Nourished Fork"
  std::string url;                 ///< "https://nourished.example"
  std::vector<std::string> hosts;  ///< the url's host and its aliases, lower case
  std::string go_url;  ///< "https://nourished.example/go/": what links in pages begin with
  std::vector<std::string> jurisdictions;           ///< "US", "UK", ...
  std::string language;                             ///< template locale; empty: the page's own
  std::string content_selector{};                   ///< CSS selector of the article; empty: guessed
  std::vector<disclosure::Programme> programmes{};  ///< the owner's own, beside the known networks
  bool link_through_go = true;                      ///< turn paid links into /go/ links
  bool demo = false;                                ///< all numbers are generated
  BeaconSettings beacon{};
  PrivacySwitches privacy{};
  disclosure::Choices choices{};  ///< of the wording of disclosures

  friend bool operator==(const SiteSettings&, const SiteSettings&) = default;
};

}  // namespace candor::pages
