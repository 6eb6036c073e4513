#pragma once
// Links to shops that pay nobody: beside one of them a page must not say that every shop link pays.
#include "disclosure/page/page_facts.h"

namespace candor::disclosure {

/// A link to a known shop that is not one of the page's paid links ("https://www.amazon.com/dp/1"
/// without a tag).
bool has_unpaid_shop_link(const PageFacts& facts, const Policy& policy);

/// The content has paid links, and every link of the page to a shop surely pays.
bool pays_wholly(const PageFacts& facts, const Policy& policy);

}  // namespace candor::disclosure
