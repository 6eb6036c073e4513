#include "http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <new>

#include "base/ascii.h"

namespace candor::http {
namespace {

constexpr int kGzipWindow = 15 + 16;

Bytef* zlib_bytes(char* at) { return static_cast<Bytef*>(static_cast<void*>(at)); }

/// "q=0", "q=0.000": not wanted.
bool is_refused(std::string_view weight) {
  return weight.size() > 2 && ascii::lower(weight[0]) == 'q' && weight[1] == '=' &&
         weight.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  z_stream stream{};
  if (::deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(::deflateBound(&stream, bytes.size()), '\0');
  // zlib's interface is older than const; it does not write to its input.
  stream.next_in = zlib_bytes(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = zlib_bytes(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  ::deflate(&stream, Z_FINISH);  // the bound makes one call enough
  out.resize(out.size() - stream.avail_out);
  ::deflateEnd(&stream);
  return out;
}

bool accepts_gzip(std::string_view accept_encoding) {
  bool accepts = false;
  while (!accept_encoding.empty()) {
    const std::size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view entry = ascii::trim(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(entry.find(';'), entry.size());
    const std::string name = ascii::to_lower(ascii::trim(entry.substr(0, semicolon)));
    if (name != "gzip" && name != "x-gzip") continue;
    accepts = !is_refused(ascii::trim(entry.substr(std::min(semicolon + 1, entry.size()))));
  }
  return accepts;
}

}  // namespace candor::http
