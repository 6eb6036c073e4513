#pragma once
// The queue of money that no article got: why, which articles may be meant, and the rule that would
// settle it.
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attribution/suggest.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

struct ArticleSuggestion {
  std::string path;
  std::string why;          ///< a sentence
  std::int64_t clicks = 0;  ///< human, on links with the label or to the product
};

struct UnattributedCommission {
  store::UnbookedEvent event;  ///< as list_unattributed gives it
  std::string reason;
  /// All but its article; nothing: the row holds nothing a rule could go by.
  std::optional<store::LabelRule> rule;
  std::vector<ArticleSuggestion> suggestions;  ///< likeliest first, at most three
};

/// By id, above `after`. Clicks are those of the 90 days up to the sale.
std::vector<UnattributedCommission> list_unattributed(const store::Store& store,
                                                      const rollup::SiteZone& zone,
                                                      CommissionId after, std::size_t limit);

}  // namespace candor::jobs
