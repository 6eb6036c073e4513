#include "redirect/repeat_filter.h"

#include <algorithm>

namespace candor::redirect {
namespace {

constexpr std::size_t kBuckets = 65536;  // a power of two

// The finaliser of MurmurHash3: a bijection whose every output bit depends on every input bit.
std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 33;
  value *= 0xFF51AFD7ED558CCDu;
  value ^= value >> 33;
  value *= 0xC4CEB9FE1A85EC53u;
  return value ^ (value >> 33);
}

}  // namespace

RepeatFilter::RepeatFilter(std::chrono::seconds window)
    : window_ms_(std::chrono::milliseconds(window).count()), buckets_(kBuckets) {}

bool RepeatFilter::is_repeat(std::uint64_t visitor, LinkId link, Millis now) {
  const std::uint64_t mixed = mix(visitor ^ mix(static_cast<std::uint64_t>(link.value)));
  const std::uint64_t key = mixed == 0 ? 1 : mixed;
  Bucket& bucket = buckets_[key & (kBuckets - 1)];
  const std::int64_t now_ms = to_ms(now);
  const auto known = std::ranges::find(bucket, key, &Seen::key);
  if (known != bucket.end()) {
    // A clock that was set back must not make every click a repeat until it has caught up.
    const std::int64_t age_ms = now_ms - known->at_ms;
    if (age_ms > -window_ms_ && age_ms < window_ms_) return true;
    known->at_ms = now_ms;
    return false;
  }
  *std::ranges::min_element(bucket, {}, &Seen::at_ms) = {key, now_ms};
  return false;
}

}  // namespace candor::redirect
