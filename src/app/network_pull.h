#pragma once
// How networks' APIs are asked from this machine: over HTTP, by libcurl.
#include <functional>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "base/clock.h"
#include "jobs/pull.h"

namespace candor::app {

/// Asks the accounts of the configuration, or those at one network. Once the store's jobs are
/// stopped, requests and pauses end within a second. What is given outlives the answer.
std::function<std::vector<jobs::PullResult>(std::string_view network)> network_pull(
    const Config& config, const Clock& clock, const rollup::SiteZone& zone, store::Store& store);

}  // namespace candor::app
