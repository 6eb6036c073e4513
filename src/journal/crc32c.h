#pragma once
// CRC-32C (Castagnoli), which finds every burst of errors up to 32 bits: the checksum of journal
// records and snapshot files.
#include <cstdint>
#include <string_view>

namespace candor::journal {

/// The checksum of `bytes`, or of what `before` is the checksum of followed by `bytes`.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

/// The same without the processor's instruction; crc32c() picks. For tests.
std::uint32_t crc32c_by_table(std::string_view bytes, std::uint32_t before = 0);

}  // namespace candor::journal
