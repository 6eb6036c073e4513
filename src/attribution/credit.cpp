#include "attribution/credit.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace candor::attribution {
namespace {

// An amount times a weight needs up to 126 bits.
__extension__ using Wide = unsigned __int128;

/// The magnitude of a split: parts rounded down, their remainders, and who gets one more.
struct Shares {
  bool negative = false;
  std::vector<std::uint64_t> floors;
  std::vector<Wide> remainders;
  std::vector<bool> one_more;

  std::int64_t part(std::size_t i) const { return sign(floors[i] + (one_more[i] ? 1U : 0U)); }
  std::int64_t floor(std::size_t i) const { return sign(floors[i]); }

 private:
  std::int64_t sign(std::uint64_t magnitude) const {
    return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
  }
};

Shares share(std::int64_t micro_units, std::span<const Weight> weights) {
  assert(!weights.empty());
  Shares shares{micro_units < 0, {}, {}, std::vector<bool>(weights.size(), false)};
  const auto bits = static_cast<std::uint64_t>(micro_units);
  std::uint64_t left = shares.negative ? 0 - bits : bits;
  const Wide whole = left;
  Wide weight_sum = 0;
  for (const Weight& each : weights) {
    assert(each.weight > 0);
    weight_sum += static_cast<Wide>(each.weight);
  }
  shares.floors.reserve(weights.size());
  shares.remainders.reserve(weights.size());
  for (const Weight& each : weights) {
    const Wide product = whole * static_cast<Wide>(each.weight);
    shares.floors.push_back(static_cast<std::uint64_t>(product / weight_sum));
    shares.remainders.push_back(product % weight_sum);
    left -= shares.floors.back();
  }
  if (left == 0) return shares;
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return shares.remainders[a] > shares.remainders[b];
  });
  for (std::size_t i = 0; i < left; ++i) shares.one_more[order[i]] = true;
  return shares;
}

std::string decimal(Wide value) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value > 0);
  return {digits.rbegin(), digits.rend()};
}

}  // namespace

std::vector<std::int64_t> split(std::int64_t micro_units, std::span<const Weight> weights) {
  const Shares shares = share(micro_units, weights);
  std::vector<std::int64_t> parts;
  parts.reserve(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) parts.push_back(shares.part(i));
  return parts;
}

std::vector<SplitPart> explain_split(std::int64_t micro_units, std::span<const Weight> weights) {
  const Shares shares = share(micro_units, weights);
  std::vector<SplitPart> parts;
  parts.reserve(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    parts.push_back({shares.floor(i), decimal(shares.remainders[i]), shares.part(i)});
  return parts;
}

std::vector<std::int64_t> book(std::int64_t before_micro, std::int64_t after_micro,
                               std::span<const Weight> weights) {
  std::vector<std::int64_t> parts = split(after_micro, weights);
  const std::vector<std::int64_t> before = split(before_micro, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] -= before[i];
  return parts;
}

}  // namespace candor::attribution
