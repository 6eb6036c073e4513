#pragma once
// What a changed candor.toml means for a daemon that runs.
#include <string>
#include <vector>

#include "app/config.h"

namespace candor::app {

/// The keys in which `is` differs from `was` and that a running daemon cannot take over, as the
/// file names them: "redirect.listen". Sections without a finer answer are named alone: "revenue".
std::vector<std::string> keys_that_need_a_restart(const Config& was, const Config& is);

/// `was` with everything from `is` that a running daemon can take over.
Config take_over(Config was, const Config& is);

}  // namespace candor::app
