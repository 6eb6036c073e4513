#pragma once
// How often one client may do something, for very many clients in a fixed amount of memory.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace candor::redirect {

/// A token bucket for each IPv4 address and each /64 of IPv6. Used by one thread.
class AddressThrottle {
 public:
  using Secret = std::array<std::uint8_t, 16>;

  /// `secret` keeps clients from choosing addresses that share a place.
  explicit AddressThrottle(const Secret& secret);

  /// Takes a token of the address; when none is left, how long until there is one (at least a
  /// second). Buckets hold `per_minute` tokens and get as many a minute; 0: always one there. Of
  /// more clients than there is room for (16,384) those that did least are forgotten. What is no
  /// address is never throttled.
  std::optional<std::chrono::seconds> take(std::string_view address, unsigned per_minute,
                                           Millis now);
  /// The same for clients told apart by a key of the caller's.
  std::optional<std::chrono::seconds> take(std::uint64_t client, unsigned per_minute, Millis now);

 private:
  struct Bucket {
    std::uint64_t client = 0;  ///< 0: free
    std::int64_t full_at_ms = 0;
  };
  using Place = std::array<Bucket, 4>;

  Bucket& bucket_of(std::uint64_t client);

  Secret secret_;
  std::vector<Place> places_;
};

}  // namespace candor::redirect
