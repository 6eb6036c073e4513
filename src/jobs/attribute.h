#pragma once
// Books what networks reported to the articles that earned it, and tries unattributed money again
// with newer evidence.
#include <cstdint>

#include "attribution/match.h"
#include "store/revenue_store.h"

namespace candor::jobs {

struct AttributionSummary {
  std::int64_t booked = 0;    ///< events booked now
  std::int64_t rebooked = 0;  ///< commissions that found their article on a later try
};

/// Safe to repeat and to interrupt: each event is booked once, in transactions of at most 500. One
/// caller at a time: two would book what both have read.
AttributionSummary attribute(store::RevenueStore& revenue, const attribution::Evidence& evidence);

}  // namespace candor::jobs
