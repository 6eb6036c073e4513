#pragma once
// The files of a zip archive in memory. Archives come from strangers: every size is bounded before
// a byte is unpacked.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::networks {

struct ArchiveFile {
  std::string name;
  std::string bytes;
};

/// Everything of an archive together; an archive that says, or turns out, to hold more is refused.
inline constexpr std::size_t kMaxUnpackedBytes = 256UL * 1024 * 1024;
inline constexpr std::size_t kMaxArchiveFiles = 1000;

bool is_zip(std::string_view bytes);

/// Files stored or deflated, in the order of the directory; folders are left out. The error is a
/// sentence: damaged, encrypted, too large, or packed in another way.
/// (PKWARE APPNOTE.TXT 6.3.10, 4.3)
Result<std::vector<ArchiveFile>, std::string> unpack_zip(std::string_view bytes);

}  // namespace candor::networks
