#pragma once
// links.snapshot: the link table on disk, checksummed, so that redirects start before the database
// can be opened.
#include <filesystem>
#include <optional>

#include "link/link_table.h"

namespace candor::redirect {

/// Written to a temporary file, synced, renamed. Throws std::system_error.
void save_links_snapshot(const std::filesystem::path& file, const LinkTable& table);
/// Nothing when the file is absent or damaged.
std::optional<LinkTable> load_links_snapshot(const std::filesystem::path& file);

}  // namespace candor::redirect
