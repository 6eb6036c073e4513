#pragma once
// Tells a reader from a program that clicks on and on. Used by one thread; its memory is fixed.
#include <array>
#include <cstdint>
#include <vector>

#include "base/clock.h"

namespace candor::redirect {

class FloodFilter {
 public:
  FloodFilter();

  /// Counts this visitor's click; true when it comes on top of more than `per_minute` in about a
  /// minute. Who goes on at that pace stays a flood; who stops is believed again after a minute. 0:
  /// nobody is. Of more visitors at a time than there is room for (65,536), the quietest are
  /// forgotten.
  bool is_flood(std::uint64_t visitor, unsigned per_minute, Millis now);

 private:
  /// A bucket that leaks `per_minute`: when it will be empty says how full it is.
  struct Bucket {
    std::uint64_t visitor = 0;  ///< 0: free
    std::int64_t empty_at_ms = 0;
  };
  using Place = std::array<Bucket, 4>;

  std::vector<Place> places_;
};

}  // namespace candor::redirect
