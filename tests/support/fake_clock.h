#pragma once
// Time that moves when a test moves it.
#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace candor {

/// Callable from any thread. Begins on 2026-11-18 at 11:06:40 UTC.
class FakeClock final : public Clock {
 public:
  static constexpr std::int64_t kStartMs = 1'795'000'000'000;

  Millis now() const override { return from_ms(now_ms_); }
  void advance(std::chrono::milliseconds by) { now_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_ms_{kStartMs};
};

}  // namespace candor
