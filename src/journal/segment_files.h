#pragma once
// The names of segments in a journal's directory: NNNNNNNNNN.clicks, numbered from 1.
#include <cstdint>
#include <filesystem>
#include <vector>

namespace candor::journal {

std::filesystem::path segment_path(const std::filesystem::path& directory, std::uint64_t segment);

/// Numbers of the segments there are, ascending; other files are not looked at. Empty when there is
/// no such directory.
std::vector<std::uint64_t> list_segments(const std::filesystem::path& directory);

/// Whether the first record was written: a segment is prepared as zeros some time before it is
/// used.
bool has_begun(const std::filesystem::path& directory, std::uint64_t segment);

}  // namespace candor::journal
