#pragma once
// The identity of a click: time, node and a sequence in 63 bits, so that ids ascend and a time
// range is a key range.
#include <cstdint>
#include <limits>

#include "base/clock.h"
#include "base/strong_id.h"

namespace candor {

/// Bits, high to low: 41 milliseconds since 2020-01-01 UTC, 10 node, 12 sequence. Also the clicks
/// table's rowid.
using ClickId = StrongId<struct ClickIdTag>;

inline constexpr std::int64_t kClickEpochMs = 1577836800000;  // 2020-01-01T00:00:00Z

constexpr std::int64_t at_ms(ClickId id) { return (id.value >> 22) + kClickEpochMs; }
/// The smallest id at or after a time: `first_click_id(from) <= id < first_click_id(to)` selects
/// [from, to).
constexpr ClickId first_click_id(std::int64_t ms) {
  return {ms <= kClickEpochMs ? 0 : (ms - kClickEpochMs) << 22};
}

/// Mints strictly ascending ids, also when the clock steps back (the last millisecond is then kept
/// and counted on). Not thread-safe: one per loop.
class ClickIdMinter {
 public:
  /// `node` is 0..1023. `after` is the largest id known from an earlier run.
  ClickIdMinter(int node, ClickId after);
  ClickId mint(Millis now);

 private:
  std::int64_t node_bits_;
  std::int64_t last_ms_;  // since kClickEpochMs
  std::int64_t sequence_ = 0;
};

}  // namespace candor
