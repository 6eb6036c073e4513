#pragma once
// Internal to page_facts: where a page's own "jump to" links land.
#include <vector>

#include "disclosure/page_facts.h"

namespace candor::disclosure {

/// Fills in `jumps` and `targets`. Needs everything else of the facts; without paid links there is
/// nothing to know.
void find_jumps(PageFacts& facts);

}  // namespace candor::disclosure
