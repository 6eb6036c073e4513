#pragma once
// The difference of two texts as `diff -u` writes it.
#include <cstdint>
#include <string>
#include <string_view>

namespace candor::app {

enum class DiffColour : std::uint8_t {
  None,      ///< as `patch` takes it
  Terminal,  ///< with ANSI colours, control characters shown as \xNN
};

/// Empty when they are equal. `name` stands behind "--- a/" and "+++ b/".
std::string unified_diff(std::string_view before, std::string_view after, std::string_view name,
                         DiffColour colour = DiffColour::None);

}  // namespace candor::app
