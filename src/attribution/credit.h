#pragma once
// Exact division of money by frozen weights: the parts always sum to the whole, to the last
// micro-unit.
#include <cstdint>
#include <span>
#include <vector>

#include "attribution/match.h"

namespace candor::attribution {

/// Largest remainder; ties go to the earlier weight. Works for negative amounts (the mirror image
/// of the positive). The sum of the answer is `micro_units` exactly. Weights must be positive.
std::vector<std::int64_t> split(std::int64_t micro_units, std::span<const Weight> weights);

/// What an event books when a commission's cumulative amount goes from `before` to `after`:
/// split(after) - split(before), so that partial reversals never drift and a full one nets every
/// article to 0.
std::vector<std::int64_t> book(std::int64_t before_micro, std::int64_t after_micro,
                               std::span<const Weight> weights);

}  // namespace candor::attribution
