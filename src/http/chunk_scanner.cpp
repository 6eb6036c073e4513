#include "http/chunk_scanner.h"

#include <algorithm>

#include "http/grammar.h"

namespace candor::http {
namespace {

// Extensions carry nothing we use; a client that sends more than this wants to burn our time.
constexpr std::size_t kExtensionBytes = 4096;
constexpr std::size_t kSizeDigits = 16;

}  // namespace

ChunkScanner::Step ChunkScanner::bad(int status) {
  status_ = status;
  return Step::Bad;
}

ChunkScanner::Step ChunkScanner::scan(std::string_view bytes, const Limits& limits) {
  consumed_ = 0;
  while (consumed_ < bytes.size()) {
    if (place_ == Place::Data) {
      const auto run =
          static_cast<std::size_t>(std::min<std::uint64_t>(size_, bytes.size() - consumed_));
      size_ -= run;
      consumed_ += run;
      if (size_ == 0) place_ = Place::DataCr;
      continue;
    }
    const Step next = step(bytes[consumed_], limits);
    if (next == Step::Bad) return next;
    ++consumed_;
    if (next == Step::Complete) return next;
  }
  return Step::NeedMore;
}

ChunkScanner::Step ChunkScanner::step(char c, const Limits& limits) {
  switch (place_) {
    case Place::Size:
    case Place::SizeOrEnd:
      return in_size(c, limits);
    case Place::Extension:
      if (c == '\r')
        place_ = Place::SizeLf;
      else if (!is_text(c) || ++extension_bytes_ > kExtensionBytes)
        return bad(400);
      return Step::NeedMore;
    case Place::SizeLf:
      if (c != '\n') return bad(400);
      place_ = size_ == 0 ? Place::TrailerStart : Place::Data;
      return Step::NeedMore;
    case Place::DataCr:
      if (c != '\r') return bad(400);
      place_ = Place::DataLf;
      return Step::NeedMore;
    case Place::DataLf:
      if (c != '\n') return bad(400);
      place_ = Place::Size;
      return Step::NeedMore;
    case Place::EndLf:
      return c == '\n' ? Step::Complete : bad(400);
    default:
      return in_trailer(c, limits);
  }
}

ChunkScanner::Step ChunkScanner::in_size(char c, const Limits& limits) {
  const int digit = hex_value(c);
  if (digit >= 0) {
    if (place_ == Place::Size) size_ = size_digits_ = 0;
    place_ = Place::SizeOrEnd;
    if (++size_digits_ > kSizeDigits) return bad(400);
    size_ = size_ * 16 + static_cast<std::uint64_t>(digit);
    return size_ > limits.body_bytes - body_bytes_ ? bad(413) : Step::NeedMore;
  }
  if (place_ == Place::Size) return bad(400);
  if (c == ';')
    place_ = Place::Extension;
  else if (c == '\r')
    place_ = Place::SizeLf;
  else
    return bad(400);
  body_bytes_ += size_;
  return Step::NeedMore;
}

ChunkScanner::Step ChunkScanner::in_trailer(char c, const Limits& limits) {
  if (++trailer_bytes_ > limits.head_bytes) return bad(431);
  switch (place_) {
    case Place::TrailerStart:
      if (c == '\r') {
        place_ = Place::EndLf;
        return Step::NeedMore;
      }
      if (!is_token({&c, 1})) return bad(400);
      if (++trailers_ > limits.header_count) return bad(431);
      place_ = Place::TrailerName;
      return Step::NeedMore;
    case Place::TrailerName:
      if (c == ':')
        place_ = Place::TrailerValue;
      else if (!is_token({&c, 1}))
        return bad(400);
      return Step::NeedMore;
    case Place::TrailerValue:
      if (c == '\r')
        place_ = Place::TrailerLf;
      else if (!is_text(c))
        return bad(400);
      return Step::NeedMore;
    default:
      if (c != '\n') return bad(400);
      place_ = Place::TrailerStart;
      return Step::NeedMore;
  }
}

}  // namespace candor::http
