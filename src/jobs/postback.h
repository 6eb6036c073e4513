#pragma once
// A commission that a network's server tells by itself: one import of one row, so that it is kept,
// shown, undone and checked like any other.
#include <string>
#include <string_view>

#include "networks/postback.h"
#include "rollup/site_zone.h"
#include "store/revenue_store.h"

namespace candor::jobs {

struct PostbackResult {
  store::Import import;
  bool repeated = false;  ///< the very same was told before; nothing changed
};

/// By the content: told again, whenever and in whatever spelling, it changes nothing, also when
/// another status came between. Servers send once more what they got no answer to, late and without
/// saying so: a first "pending" must not undo an approval, nor an "approved" a reversal. A status
/// that did come back has a newer posted date, or is settled by the network's report or its API,
/// which tell what stands.
PostbackResult take_postback(store::RevenueStore& revenue, std::string_view network,
                             CommissionRow row, std::int64_t now_ms, const rollup::SiteZone& zone);

}  // namespace candor::jobs
