#pragma once
// The strict look at a chunked body's framing (RFC 9112 7.1) before the parser decodes it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/limits.h"

namespace candor::http {

class ChunkScanner {
 public:
  enum class Step { NeedMore, Complete, Bad };

  /// Looks at the next bytes of the body. Those before consumed() are well framed.
  Step scan(std::string_view bytes, const Limits& limits);
  std::size_t consumed() const { return consumed_; }  ///< by the last call
  int status() const { return status_; }              ///< 400 or 413 when Bad

 private:
  enum class Place {
    Size,
    SizeOrEnd,
    Extension,
    SizeLf,
    Data,
    DataCr,
    DataLf,
    TrailerStart,
    TrailerName,
    TrailerValue,
    TrailerLf,
    EndLf,
  };
  Step step(char c, const Limits& limits);
  Step in_size(char c, const Limits& limits);
  Step in_trailer(char c, const Limits& limits);
  Step bad(int status);

  Place place_ = Place::Size;
  std::uint64_t size_ = 0;        ///< of the current chunk, then what is left of it
  std::uint64_t body_bytes_ = 0;  ///< of all chunks announced so far
  std::size_t size_digits_ = 0;
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t trailers_ = 0;
  std::size_t consumed_ = 0;
  int status_ = 0;
};

}  // namespace candor::http
