#pragma once
// "Did you mean": the nearest of some known words.
#include <string>
#include <string_view>
#include <vector>

namespace candor::app {

/// The word nearest to `typed` by edit distance (a swap counts once), or empty when none is near.
std::string nearest(std::string_view typed, const std::vector<std::string>& words);

}  // namespace candor::app
