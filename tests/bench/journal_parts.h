#pragma once
// What the journal does apart from taking clicks: preparing, rotating, syncing, recovering; and
// what SQLite needs for the like.
#include <cstddef>

namespace candor::bench {

/// Prints one line of JSON: an array of what each part took, in each of the rounds.
void measure_parts(std::size_t rounds);

}  // namespace candor::bench
