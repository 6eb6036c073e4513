#include "rollup/view_days.h"

namespace candor::rollup {

void add(ViewDayDeltas& into, const ViewDayDeltas& more) {
  for (const auto& [key, count] : more.views) into.views[key] += count;
  for (const auto& [key, count] : more.impressions) into.impressions[key] += count;
}

}  // namespace candor::rollup
