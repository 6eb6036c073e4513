#pragma once
// Internal: code points from and to UTF-8.
#include <cstddef>
#include <string>
#include <string_view>

namespace candor::html::utf8 {

constexpr char32_t kReplacement = 0xFFFD;

void append(std::string& out, char32_t point);

/// The code point at `at`, which moves behind it. Bytes that are not UTF-8 give U+FFFD for each
/// maximal part of a sequence, as the Encoding standard has it.
char32_t decode(std::string_view text, std::size_t& at);

bool is_valid(std::string_view text);

}  // namespace candor::html::utf8
