#pragma once
// Exact division of money by frozen weights: the parts always sum to the whole, to the last
// micro-unit.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "attribution/match.h"

namespace candor::attribution {

/// Largest remainder; ties go to the earlier weight. Works for negative amounts (the mirror image
/// of the positive). The sum of the answer is `micro_units` exactly. Weights must be positive.
std::vector<std::int64_t> split(std::int64_t micro_units, std::span<const Weight> weights);

/// How one part of a split came about: floor(whole * weight / sum of weights), and one micro-unit
/// more (away from 0) for the parts with the largest remainders.
struct SplitPart {
  std::int64_t floor_micro = 0;  ///< towards 0
  std::string remainder;         ///< of the division by the sum of weights, in decimal
  std::int64_t micro_units = 0;  ///< the part, as split() gives it
  friend bool operator==(const SplitPart&, const SplitPart&) = default;
};
std::vector<SplitPart> explain_split(std::int64_t micro_units, std::span<const Weight> weights);

/// What an event books when a commission's cumulative amount goes from `before` to `after`:
/// split(after) - split(before), so that partial reversals never drift and a full one nets every
/// article to 0.
std::vector<std::int64_t> book(std::int64_t before_micro, std::int64_t after_micro,
                               std::span<const Weight> weights);

}  // namespace candor::attribution
