#pragma once
// The owner's mappings of report layouts: one TOML file each, in one folder.
#include <filesystem>
#include <string_view>
#include <vector>

#include "networks/mapping.h"

namespace candor::jobs {

/// By name. A folder that is missing has none; a file that is no mapping is passed over.
std::vector<networks::Mapping> load_mappings(const std::filesystem::path& directory);

/// Makes "<name>.toml" in place of whatever file has that mapping; gives its path. Throws
/// std::system_error.
std::filesystem::path save_mapping(const std::filesystem::path& directory,
                                   const networks::Mapping& mapping);

/// False: there is none of this name. Throws std::filesystem::filesystem_error.
bool remove_mapping(const std::filesystem::path& directory, std::string_view name);

}  // namespace candor::jobs
