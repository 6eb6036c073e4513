#include "attribution/credit.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace candor::attribution {
namespace {

// An amount times a weight needs up to 126 bits.
__extension__ using Wide = unsigned __int128;

}  // namespace

std::vector<std::int64_t> split(std::int64_t micro_units, std::span<const Weight> weights) {
  assert(!weights.empty());
  const bool negative = micro_units < 0;
  const auto bits = static_cast<std::uint64_t>(micro_units);
  const Wide whole = negative ? 0 - bits : bits;
  Wide weight_sum = 0;
  for (const Weight& each : weights) {
    assert(each.weight > 0);
    weight_sum += static_cast<Wide>(each.weight);
  }
  assert(weight_sum > 0);

  std::vector<std::uint64_t> parts;
  std::vector<Wide> remainders;
  parts.reserve(weights.size());
  remainders.reserve(weights.size());
  std::uint64_t left = negative ? 0 - bits : bits;
  for (const Weight& each : weights) {
    const Wide share = whole * static_cast<Wide>(each.weight);
    parts.push_back(static_cast<std::uint64_t>(share / weight_sum));
    remainders.push_back(share % weight_sum);
    left -= parts.back();
  }
  if (left > 0) {
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; i < left; ++i) ++parts[order[i]];
  }

  std::vector<std::int64_t> answer;
  answer.reserve(parts.size());
  for (std::uint64_t part : parts)
    answer.push_back(static_cast<std::int64_t>(negative ? 0 - part : part));
  return answer;
}

std::vector<std::int64_t> book(std::int64_t before_micro, std::int64_t after_micro,
                               std::span<const Weight> weights) {
  std::vector<std::int64_t> parts = split(after_micro, weights);
  const std::vector<std::int64_t> before = split(before_micro, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] -= before[i];
  return parts;
}

}  // namespace candor::attribution
