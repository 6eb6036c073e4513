#include "app/network_pull.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "fetch/client.h"

namespace candor::app {

std::function<std::vector<jobs::PullResult>(std::string_view network)> network_pull(
    const Config& config, const Clock& clock, const rollup::SiteZone& zone, store::Store& store) {
  return [&clock, &zone, &store, pulls = config.networks.pulls](std::string_view network) {
    fetch::Client client;
    const auto send = [&](fetch::Request request) {
      request.cancelled = [&store] { return store.jobs_stopped(); };
      return client.send(request);
    };
    // In slices, so that a stop is heard: a network may want minutes of patience.
    const auto wait = [&](std::chrono::milliseconds pause) {
      constexpr std::chrono::milliseconds kSlice{200};
      for (; pause.count() > 0 && !store.jobs_stopped(); pause -= kSlice)
        std::this_thread::sleep_for(std::min(pause, kSlice));
    };
    const jobs::PullSite site{store, clock, zone, send, wait};
    std::vector<jobs::PullResult> results;
    for (const jobs::PullAccount& account : pulls)
      if (network.empty() || network == account.network)
        results.push_back(jobs::pull(site, account));
    return results;
  };
}

}  // namespace candor::app
