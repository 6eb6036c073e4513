#pragma once
// Remembers for a while which reader followed which link, so that a double click counts once. Used
// by one thread; its memory is fixed.
#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "base/strong_id.h"

namespace candor::redirect {

class RepeatFilter {
 public:
  explicit RepeatFilter(std::chrono::seconds window);
  void set_window(std::chrono::seconds window) {
    window_ms_ = std::chrono::milliseconds(window).count();
  }

  /// True when this visitor's last counted click on the link is less than the window ago; otherwise
  /// this one is the counted click. When more readers come within a window than there is room for
  /// (262,144), the oldest are forgotten.
  bool is_repeat(std::uint64_t visitor, LinkId link, Millis now);

 private:
  struct Seen {
    std::uint64_t key = 0;  ///< 0: free
    std::int64_t at_ms = 0;
  };
  using Bucket = std::array<Seen, 4>;

  std::int64_t window_ms_;
  std::vector<Bucket> buckets_;
};

}  // namespace candor::redirect
