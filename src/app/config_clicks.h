#pragma once
// What makes a click count, and where readers are, as candor.toml says.
#include "app/config.h"

namespace candor::app {

class Section;

/// Reads of `[redirect]` what verdicts go by. Throws ConfigError.
void read_click_rules(Section& section, Config& config);
/// Reads `[geo]`; relative paths are below the data directory. Throws ConfigError.
void read_geo(Section& section, Config& config);

}  // namespace candor::app
