#pragma once
// gzip as a content coding (RFC 9110 8.4.1.3): whether a reader takes it, and putting it on.
#include <string>
#include <string_view>

namespace candor::http {

/// As servers compress what is made on the fly: half the work of zlib's default.
inline constexpr int kGzipOnTheFly = 4;
/// For what is compressed once and sent many times.
inline constexpr int kGzipSmallest = 9;

/// As one gzip member. The same bytes at the same level give the same member.
std::string gzip(std::string_view bytes, int level = kGzipOnTheFly);

/// Whether a reader with this Accept-Encoding takes gzip. It has to be named: "*" alone comes from
/// programs that would rather have the bytes as they are.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace candor::http
