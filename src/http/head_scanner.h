#pragma once
// The strict look at a request's head before any parser sees it: RFC 9112 to the letter where a
// lenient reading could make two servers disagree about where a request ends.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/byte_range.h"
#include "http/limits.h"

namespace candor::http {

/// What the head says about itself; ranges are offsets into the scanned bytes.
struct HeadFacts {
  ByteRange method;
  ByteRange target;          ///< as sent; may be in absolute form
  std::size_t minor_at = 0;  ///< where the version's minor digit stands
  int minor = 1;             ///< 0 or 1; higher ones are read as 1 (RFC 9110 2.5)
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool has_host = false;
  bool asks_close = false;
  bool asks_keep_alive = false;
  bool expects_continue = false;
  std::size_t header_count = 0;
};

/// A header line of a head that came whole.
struct HeadField {
  std::string_view name;
  std::string_view value;  ///< trimmed
};

/// Looks at each byte once and decides at the first one that settles the matter, so that the answer
/// does not depend on how the bytes were cut into packets.
class HeadScanner {
 public:
  enum class Step { NeedMore, Complete, Bad };

  /// `bytes` begins with the head's first byte on every call and grows from call to call. `fields`
  /// gets the lines that end in this call: all of them when it is the first.
  Step scan(std::string_view bytes, const Limits& limits, std::vector<HeadField>& fields);

  const HeadFacts& facts() const { return facts_; }
  std::size_t size() const { return position_; }  ///< of the complete head
  int status() const { return status_; }          ///< 4xx or 5xx when Bad

 private:
  Step bad(int status);
  Step too_long(std::string_view bytes);
  Step end_line(std::string_view bytes, ByteRange line, const Limits& limits,
                std::vector<HeadField>& fields);
  Step request_line(std::string_view bytes, ByteRange line, const Limits& limits);
  Step header_line(std::string_view line, const Limits& limits, std::vector<HeadField>& fields);
  Step known_header(std::string_view name, std::string_view value);
  Step end_head(const Limits& limits);

  HeadFacts facts_;
  std::size_t position_ = 0;
  std::size_t line_begin_ = 0;
  std::size_t blank_lines_ = 0;
  int status_ = 0;
  bool has_request_line_ = false;
};

}  // namespace candor::http
