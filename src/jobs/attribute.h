#pragma once
// Books what networks reported to the articles that earned it, lets booked commissions follow the
// rules that changed since, and tries unattributed money again with newer evidence.
#include <cstdint>
#include <string>
#include <vector>

#include "attribution/window_model.h"
#include "click/click_token.h"
#include "store/store.h"

namespace candor::jobs {

/// What the owner's configuration says of attribution.
struct AttributionSettings {
  const std::vector<ClickTokenKey>& keys;
  const std::vector<std::string>& site_hosts;
  attribution::ModelChoice model{};
  std::int64_t at_ms = 0;  ///< now: when it is booked; 0: with the newest observation
};

struct AttributionSummary {
  std::int64_t booked = 0;    ///< events booked now
  std::int64_t rebooked = 0;  ///< commissions taken back and booked by newer evidence or rules
};

/// Safe to repeat and to interrupt: each event is booked once, in transactions of at most 500. One
/// caller at a time: two would book what both have read.
AttributionSummary attribute(store::Store& store, const AttributionSettings& settings);

/// What was not booked yet, and no other try for what is unattributed. How many events it booked.
std::int64_t attribute_new(store::Store& store, const AttributionSettings& settings);

}  // namespace candor::jobs
