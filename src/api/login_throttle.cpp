#include "api/login_throttle.h"

#include <algorithm>

namespace candor::api {
namespace {

std::string account_key(std::string_view account) { return "account " + std::string(account); }
std::string address_key(std::string_view address) { return "address " + std::string(address); }

}  // namespace

std::int64_t LoginThrottle::wait_ms(Failures& all, const std::string& key, std::size_t most,
                                    std::int64_t now_ms) {
  const auto found = all.find(key);
  if (found == all.end()) return 0;
  std::deque<std::int64_t>& times = found->second;
  while (!times.empty() && times.front() <= now_ms - kWindowMs) times.pop_front();
  if (times.empty()) {
    all.erase(found);
    return 0;
  }
  return times.size() < most ? 0 : times.front() + kWindowMs - now_ms;
}

std::optional<int> LoginThrottle::wait(std::string_view address, std::string_view account,
                                       std::int64_t now_ms) {
  const std::int64_t ms = failures_.with([&](Failures& all) {
    return std::max(wait_ms(all, account_key(account), kMostOfAccount, now_ms),
                    wait_ms(all, address_key(address), kMostOfAddress, now_ms));
  });
  if (ms == 0) return std::nullopt;
  return static_cast<int>((ms + 999) / 1000);
}

void LoginThrottle::note(Failures& all, std::string key, std::int64_t now_ms) {
  std::deque<std::int64_t>& times = all[std::move(key)];
  times.push_back(now_ms);
  if (times.size() > kMostOfAddress) times.pop_front();
}

void LoginThrottle::failed(std::string_view address, std::string_view account,
                           std::int64_t now_ms) {
  failures_.with([&](Failures& all) {
    // Guesses at made-up names must not fill the memory: those that are over go first.
    if (all.size() >= kMostKeys)
      std::erase_if(all,
                    [&](const auto& each) { return each.second.back() <= now_ms - kWindowMs; });
    if (all.size() >= kMostKeys)
      all.erase(
          std::ranges::min_element(all, {}, [](const auto& each) { return each.second.back(); }));
    note(all, account_key(account), now_ms);
    note(all, address_key(address), now_ms);
  });
}

}  // namespace candor::api
