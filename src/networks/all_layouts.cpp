#include "networks/all_layouts.h"

#include <array>

namespace candor::networks {

const std::vector<const ReportLayout*>& all_layouts() {
  static const std::vector<const ReportLayout*> all = [] {
    std::vector<const ReportLayout*> layouts;
    for (const auto& network :
         {amazon_layouts(), awin_layouts(), amazon_summary_layouts(), shareasale_layouts(),
          cj_layouts(), impact_layouts(), rakuten_layouts(), ebay_layouts(), skimlinks_layouts(),
          sovrn_layouts(), partnerize_layouts(), flexoffers_layouts(), clickbank_layouts()})
      for (const ReportLayout& layout : network) layouts.push_back(&layout);
    return layouts;
  }();
  return all;
}

}  // namespace candor::networks
