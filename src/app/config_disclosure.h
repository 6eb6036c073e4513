#pragma once
// How pages are disclosed, as candor.toml says.
#include <filesystem>

#include "app/config.h"

namespace candor::app {

class Section;

/// Reads `[disclosure]` with its `texts`, and `[[disclaimers]]`. Throws ConfigError; an own text
/// that would not disclose is refused with the reason.
void read_disclosure(Section& root, const std::filesystem::path& file, Config& config);

}  // namespace candor::app
