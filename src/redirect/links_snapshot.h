#pragma once
// links.snapshot: the link table on disk, checksummed, so that redirects start before the database
// can be opened. What changed since stands in links.snapshot.changes, so that a change of one link
// does not write a million.
#include <filesystem>
#include <memory>
#include <memory_resource>

#include "link/link_table.h"

namespace candor::redirect {

/// Where the changes on top of a snapshot are.
std::filesystem::path changes_file(const std::filesystem::path& snapshot);

/// Written to a temporary file, synced, renamed. It is synced bit by bit, lest clicks wait for the
/// disk behind a large one. Throws std::system_error.
void save_links_snapshot(const std::filesystem::path& file, const LinkBlock& block);
/// Null when the file is absent or damaged.
std::shared_ptr<const LinkBlock> load_links_snapshot(
    const std::filesystem::path& file,
    std::pmr::memory_resource* memory = std::pmr::get_default_resource());

/// The snapshot with what changed since. Null when there is none; changes that are damaged or
/// belong to another snapshot are left out.
std::shared_ptr<const LinkTable> load_link_table(
    const std::filesystem::path& snapshot,
    std::pmr::memory_resource* memory = std::pmr::get_default_resource());

}  // namespace candor::redirect
