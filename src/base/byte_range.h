#pragma once
// A half-open range of byte offsets into a buffer that somebody else holds.
#include <cstddef>
#include <string_view>

namespace candor {

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;

  std::size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(std::size_t offset) const { return begin <= offset && offset < end; }
  std::string_view of(std::string_view buffer) const { return buffer.substr(begin, size()); }
};

}  // namespace candor
