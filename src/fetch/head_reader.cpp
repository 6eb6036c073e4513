#include "fetch/head_reader.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"

namespace candor::fetch {
namespace {

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return ascii::is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c);
  });
}

bool is_value(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  });
}

}  // namespace

HeadReader::Step HeadReader::bad(std::string_view problem) {
  problem_ = problem;
  return Step::Bad;
}

HeadReader::Step HeadReader::take(std::string_view line) {
  if (final_) return Step::More;
  bytes_ += line.size();
  if (bytes_ > most_bytes_) return bad("the answer's head is too long");
  line = without_line_end(line);
  if (std::exchange(interim_, false)) {
    status_ = 0;
    headers_.clear();
  }
  if (status_ == 0) return status_line(line);
  if (line.empty()) return end_head();
  return header_line(line);
}

HeadReader::Step HeadReader::status_line(std::string_view line) {
  // HTTP/1.1 SP 3DIGIT [SP reason]
  const bool sound = line.size() >= 12 && line.starts_with("HTTP/1.") && ascii::is_digit(line[7]) &&
                     line[8] == ' ' && std::ranges::all_of(line.substr(9, 3), ascii::is_digit) &&
                     (line.size() == 12 || line[12] == ' ');
  if (!sound) return bad("the answer's first line is no status line");
  std::from_chars(line.data() + 9, line.data() + 12, status_);
  return Step::More;
}

HeadReader::Step HeadReader::header_line(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') {
    // A folded line (RFC 9112 5.2): its text goes on behind a blank.
    if (headers_.empty()) return bad("the answer's head begins with a folded line");
    const std::string_view more = ascii::trim(line);
    if (!is_value(more)) return bad("a header of the answer holds a control character");
    headers_.back().second.append(" ").append(more);
    return Step::More;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_name(line.substr(0, colon)))
    return bad("a line of the answer's head is no header");
  const std::string_view value = ascii::trim(line.substr(colon + 1));
  if (!is_value(value)) return bad("a header of the answer holds a control character");
  if (headers_.size() >= most_headers_) return bad("the answer has too many headers");
  headers_.emplace_back(line.substr(0, colon), value);
  return Step::More;
}

HeadReader::Step HeadReader::read_length(std::string_view value) {
  // "5, 5" is one length said twice (RFC 9110 8.6); anything else said twice is a contradiction.
  while (true) {
    const std::size_t comma = std::min(value.find(','), value.size());
    const std::string_view digits = ascii::trim(value.substr(0, comma));
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc{} || end != digits.data() + digits.size())
      return bad("the answer's Content-Length is no number");
    if (length_ && *length_ != length) return bad("the answer has two lengths");
    length_ = length;
    if (comma == value.size()) return Step::More;
    value.remove_prefix(comma + 1);
  }
}

HeadReader::Step HeadReader::end_head() {
  length_.reset();
  chunked_ = false;
  for (const auto& [name, value] : headers_) {
    if (ascii::equals_ignoring_case(name, "content-length")) {
      if (read_length(value) == Step::Bad) return Step::Bad;
    } else if (ascii::equals_ignoring_case(name, "transfer-encoding")) {
      if (chunked_ || !ascii::equals_ignoring_case(value, "chunked"))
        return bad("the answer has an unknown transfer coding");
      chunked_ = true;
    }
  }
  if (chunked_ && length_) return bad("the answer has a length beside its chunks");
  if (status_ == 101) return bad("the origin switched to a protocol nobody asked for");
  if (status_ < 100) return bad("the answer's status is no status");
  interim_ = status_ < 200;
  if (interim_) return Step::Interim;
  final_ = true;
  return Step::Final;
}

}  // namespace candor::fetch
