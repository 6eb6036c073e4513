#pragma once
// The head of an answer, line by line as libcurl gives it, and whether its framing can be believed.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fetch/client.h"

namespace candor::fetch {

class HeadReader {
 public:
  enum class Step { More, Interim, Final, Bad };

  HeadReader(std::size_t most_bytes, std::size_t most_headers)
      : most_bytes_(most_bytes), most_headers_(most_headers) {}

  /// One line with its end. After Interim the next head begins; after Final only trailers come,
  /// which are read over.
  Step take(std::string_view line);

  int status() const { return status_; }
  HeaderList take_headers() { return std::move(headers_); }
  std::optional<std::uint64_t> length() const { return length_; }
  bool is_final() const { return final_; }
  const std::string& problem() const { return problem_; }  ///< when Bad

 private:
  Step bad(std::string_view problem);
  Step status_line(std::string_view line);
  Step header_line(std::string_view line);
  Step end_head();
  Step read_length(std::string_view value);

  std::size_t most_bytes_;
  std::size_t most_headers_;
  std::size_t bytes_ = 0;
  int status_ = 0;
  HeaderList headers_;
  std::optional<std::uint64_t> length_;
  bool chunked_ = false;
  bool interim_ = false;  // the head before was one
  bool final_ = false;
  std::string problem_;
};

}  // namespace candor::fetch
