#pragma once
// The origin behind the pages proxy, as candor.toml says.
#include "app/config.h"

namespace candor::app {

class Section;

/// Reads what [pages] says of an origin; the section's listen and root are read already. Throws
/// ConfigError.
void read_origin(Section& section, Config& config);

}  // namespace candor::app
