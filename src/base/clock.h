#pragma once
// Wall-clock time as the product keeps it: UTC milliseconds. Code below the shell gets a Clock;
// only app/ makes a real one.
#include <chrono>
#include <cstdint>

namespace candor {

using Millis = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr std::int64_t to_ms(Millis time) { return time.time_since_epoch().count(); }
constexpr Millis from_ms(std::int64_t ms) { return Millis{std::chrono::milliseconds{ms}}; }

/// Callable from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Millis now() const = 0;
};

}  // namespace candor
