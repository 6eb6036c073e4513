#pragma once
// Internal to paid_links: ways to a network that are no anchors. Those a reader takes by a click
// are doubts, since a rule cannot judge what a script makes of them; those taken without one are
// listed.
#include <vector>

#include "disclosure/page/page_address.h"
#include "disclosure/page/paid_links.h"

namespace candor::disclosure {

/// `paid` says of each token whether it is the tag of a paid link; empty when none is.
void find_other_ways(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
                     const PageAddress& address, const Policy& policy,
                     const std::vector<bool>& paid, PageLinks& links);

}  // namespace candor::disclosure
