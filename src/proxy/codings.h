#pragma once
// Content codings of pages: taken off with a limit on what comes out.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candor::proxy {

enum class Coding : std::uint8_t { Identity, Gzip, Deflate, Brotli, Zstd };

/// Of a Content-Encoding; empty is identity. Nothing for codings we cannot take off, and for
/// several on top of each other.
std::optional<Coding> find_coding(std::string_view content_encoding);
/// As it is written in a header; empty for identity.
std::string_view name_of(Coding coding);

enum class DecodeError : std::uint8_t {
  TooLarge,  ///< more than `most` bytes: a bomb, or just a very long page
  Broken     ///< not of this coding, cut off, or followed by more (behind gzip: a broken member)
};

/// What `bytes` stand for. Never holds more than `most` bytes and a buffer.
Result<std::string, DecodeError> decode(Coding coding, std::string_view bytes, std::size_t most);

/// An Accept-Encoding cut down to what decode() understands, weights kept; "identity" when nothing
/// is left.
std::string decodable_codings(std::string_view accept_encoding);

}  // namespace candor::proxy
