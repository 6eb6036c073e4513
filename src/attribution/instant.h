#pragma once
// Reads the times of files that people and programs hand over (RFC 3339, section 5.6).
#include <cstdint>
#include <optional>
#include <string_view>

namespace candor::attribution {

/// "2026-03-02T10:11:12.123456Z" or with "+02:00": microseconds since 1970, UTC; finer digits are
/// cut off. Also 't', 'z', and a space instead of the 'T'. A time without "Z" or an offset is none.
std::optional<std::int64_t> parse_instant_us(std::string_view text);

}  // namespace candor::attribution
