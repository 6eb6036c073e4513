#include "redirect/address_throttle.h"

#include <sodium.h>

#include <algorithm>

#include "redirect/client_address.h"

namespace candor::redirect {
namespace {

constexpr std::size_t kPlaces = 4096;
constexpr std::int64_t kMinuteMs = 60'000;
static_assert(std::tuple_size_v<AddressThrottle::Secret> == crypto_shorthash_KEYBYTES);

}  // namespace

AddressThrottle::AddressThrottle(const Secret& secret) : secret_(secret), places_(kPlaces) {}

AddressThrottle::Bucket& AddressThrottle::bucket_of(std::uint64_t client) {
  Place& place = places_[client % kPlaces];
  for (Bucket& each : place)
    if (each.client == client) return each;
  Bucket& oldest = *std::ranges::min_element(place, {}, &Bucket::full_at_ms);
  oldest = {client, 0};
  return oldest;
}

std::optional<std::chrono::seconds> AddressThrottle::take(std::string_view address,
                                                          unsigned per_minute, Millis now) {
  if (per_minute == 0) return std::nullopt;
  auto parsed = parse_address(address);
  if (!parsed) return std::nullopt;
  // The second half of an IPv6 address is the client's to choose.
  if (!is_v4(*parsed)) std::fill(parsed->begin() + 8, parsed->end(), std::uint8_t{0});
  std::array<std::uint8_t, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), parsed->data(), parsed->size(), secret_.data());
  std::uint64_t client = 0;
  for (const std::uint8_t byte : hash) client = client << 8 | byte;
  return take(client, per_minute, now);
}

std::optional<std::chrono::seconds> AddressThrottle::take(std::uint64_t client, unsigned per_minute,
                                                          Millis now) {
  if (per_minute == 0) return std::nullopt;
  // A bucket is known by when it will be full again; each token moves that on.
  const std::int64_t now_ms = to_ms(now);
  const std::int64_t token_ms = std::max<std::int64_t>(kMinuteMs / per_minute, 1);
  Bucket& bucket = bucket_of(std::max<std::uint64_t>(client, 1));
  std::int64_t full_at_ms = std::max(bucket.full_at_ms, now_ms);
  if (full_at_ms > now_ms + kMinuteMs) full_at_ms = now_ms;  // the clock was put back
  const std::int64_t wait_ms = full_at_ms + token_ms - now_ms - kMinuteMs;
  if (wait_ms > 0) return std::chrono::seconds((wait_ms + 999) / 1000);
  bucket.full_at_ms = full_at_ms + token_ms;
  return std::nullopt;
}

}  // namespace candor::redirect
