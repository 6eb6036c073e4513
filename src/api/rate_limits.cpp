#include "api/rate_limits.h"

#include <algorithm>

namespace candor::api {

RateLimits::Window& RateLimits::window_of(Windows& all, std::string_view key, std::int64_t now_ms) {
  const auto found = all.find(key);
  if (found != all.end()) return found->second;
  if (all.size() >= kMostKeys)
    std::erase_if(all,
                  [&](const auto& each) { return now_ms - each.second.start_ms >= kWindowMs; });
  // Of more than there is room for, the others share one: the memory has an end.
  return all[all.size() >= kMostKeys ? std::string{} : std::string(key)];
}

RateLimits::Left RateLimits::take(std::string_view key, int most, std::int64_t now_ms) {
  return windows_.with([&](Windows& all) {
    Window& window = window_of(all, key, now_ms);
    const std::int64_t age_ms = now_ms - window.start_ms;
    if (age_ms >= kWindowMs || age_ms < 0 || window.count == 0) window = {now_ms, 0};
    Left left;
    left.limit = most;
    left.admitted = window.count < most;
    if (left.admitted) ++window.count;
    left.remaining = std::max(0, most - window.count);
    left.reset_s = static_cast<int>((window.start_ms + kWindowMs - now_ms + 999) / 1000);
    return left;
  });
}

}  // namespace candor::api
