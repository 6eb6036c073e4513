#pragma once
// Slows down guessing: ten wrong tries in ten minutes close the door for the rest of them. Callable
// from any thread.
#include <cstdint>
#include <deque>

#include "base/guarded.h"

namespace candor::api {

class LoginThrottle {
 public:
  bool admits(std::int64_t now_ms) {
    return failures_.with([&](auto& failures) {
      while (!failures.empty() && failures.front() <= now_ms - kWindowMs) failures.pop_front();
      return failures.size() < kMostFailures;
    });
  }
  void failed(std::int64_t now_ms) {
    failures_.with([&](auto& failures) { failures.push_back(now_ms); });
  }

 private:
  static constexpr std::int64_t kWindowMs = 10 * 60 * 1000;
  static constexpr std::size_t kMostFailures = 10;
  Guarded<std::deque<std::int64_t>> failures_;
};

}  // namespace candor::api
