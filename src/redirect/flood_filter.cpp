#include "redirect/flood_filter.h"

#include <algorithm>

namespace candor::redirect {
namespace {

constexpr std::size_t kPlaces = 16384;  // a power of two
constexpr std::int64_t kMinuteMs = 60'000;

}  // namespace

FloodFilter::FloodFilter() : places_(kPlaces) {}

bool FloodFilter::is_flood(std::uint64_t visitor, unsigned per_minute, Millis now) {
  if (per_minute == 0) return false;
  // Visitor keys are hashes already: their low bits are as good as any.
  Place& place = places_[visitor & (kPlaces - 1)];
  auto bucket = std::ranges::find(place, visitor, &Bucket::visitor);
  if (bucket == place.end()) {
    bucket = std::ranges::min_element(place, {}, &Bucket::empty_at_ms);
    *bucket = {.visitor = visitor, .empty_at_ms = 0};
  }
  const std::int64_t now_ms = to_ms(now);
  const std::int64_t click_ms = kMinuteMs / per_minute;
  // No fuller than two minutes' worth, so that a flood is forgiven a minute after it ends; and a
  // clock that was set back does not make a flood of one click.
  const std::int64_t most_ms = now_ms + 2 * kMinuteMs;
  const bool clock_went_back = bucket->empty_at_ms > most_ms;
  const std::int64_t from_ms = clock_went_back ? now_ms : std::max(bucket->empty_at_ms, now_ms);
  bucket->empty_at_ms = std::min(from_ms + click_ms, most_ms);
  return bucket->empty_at_ms - now_ms > click_ms * per_minute;
}

}  // namespace candor::redirect
