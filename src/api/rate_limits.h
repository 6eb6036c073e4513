#pragma once
// How many requests somebody may send in a minute. Callable from any thread.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/guarded.h"

namespace candor::api {

class RateLimits {
 public:
  struct Left {
    int limit = 0;
    int remaining = 0;
    int reset_s = 0;  ///< until all of them are there again, at least 1
    bool admitted = true;
  };

  /// Takes one of `most` in a minute of the key's own, which begins with its first request.
  Left take(std::string_view key, int most, std::int64_t now_ms);

 private:
  static constexpr std::int64_t kWindowMs = 60'000;
  static constexpr std::size_t kMostKeys = 16'384;

  struct Window {
    std::int64_t start_ms = 0;
    int count = 0;
  };
  using Windows = std::map<std::string, Window, std::less<>>;
  static Window& window_of(Windows& all, std::string_view key, std::int64_t now_ms);

  Guarded<Windows> windows_;
};

}  // namespace candor::api
