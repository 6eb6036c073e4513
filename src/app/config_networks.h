#pragma once
// What candor.toml says of the networks' own servers: whose API is asked, and what postbacks call
// things.
#include <filesystem>

#include "app/config.h"

namespace candor::app {

class Section;

/// [revenue.pull.NETWORK], [revenue.postback.NETWORK] and revenue.clickbank_secret. A secret stands
/// there itself, or in a file or environment variable that is named; no message shows it.
void read_networks(const std::filesystem::path& file, Section& revenue, Config& config);

}  // namespace candor::app
