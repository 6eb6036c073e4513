#pragma once
// What the demo's networks report: files in the layouts that Awin and Amazon really use, for some
// of the demo's clicks.
#include <string>
#include <vector>

#include "app/demo/traffic.h"
#include "click/click_token.h"

namespace candor::app::demo {

/// Awin's transaction export: most rows return our token, some only the page, some nothing.
std::string make_awin_report(const std::vector<Click>& clicks,
                             const std::vector<Placement>& placements, const ClickTokenKey& key,
                             Dice& dice, std::int64_t now_ms);

/// Amazon's Fee-Earnings: known by tracking id and day only; with returns.
std::string make_amazon_report(const std::vector<Placement>& placements, Dice& dice,
                               std::int64_t now_ms, int days);

/// Amazon tracking ids that stand on exactly one article, with its path.
std::vector<std::pair<std::string, std::string>> find_article_tags(
    const std::vector<Placement>& placements);

}  // namespace candor::app::demo
