#include "http/head_scanner.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "http/grammar.h"

namespace candor::http {
namespace {

// Methods handed on to handlers. CONNECT and TRACE are nobody's business here.
constexpr std::array<std::string_view, 7> kMethods{"GET",    "HEAD",    "POST", "PUT",
                                                   "DELETE", "OPTIONS", "PATCH"};
constexpr std::size_t kLongestMethod = 32;
// Room in a request line beside the target: method, two spaces, version.
constexpr std::size_t kLineOverhead = kLongestMethod + 10;
// RFC 9112 2.2: a robust server ignores an empty line in front of a request.
constexpr std::size_t kBlankLinesIgnored = 2;

/// The number behind "HTTP/x.": major and minor, or nothing when the text is no version at all.
std::optional<std::pair<int, int>> parse_version(std::string_view text) {
  if (text.size() != 8 || !text.starts_with("HTTP/") || text[6] != '.' ||
      !ascii::is_digit(text[5]) || !ascii::is_digit(text[7]))
    return std::nullopt;
  return std::pair{text[5] - '0', text[7] - '0'};
}

bool is_target(std::string_view method, std::string_view target) {
  if (!is_target_text(target)) return false;
  if (target == "*") return method == "OPTIONS";
  if (target.front() != '/') {
    const std::size_t colon = target.find("://");
    if (colon == std::string_view::npos) return false;
    const std::string_view scheme = target.substr(0, colon);
    if (!ascii::equals_ignoring_case(scheme, "http") &&
        !ascii::equals_ignoring_case(scheme, "https"))
      return false;
    target.remove_prefix(colon + 3);
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    if (!is_authority(target.substr(0, end))) return false;
    target.remove_prefix(end);
  }
  return is_well_escaped(target.substr(0, target.find('?')));
}

std::optional<std::uint64_t> parse_length(std::string_view text) {
  // 19 digits always fit; longer ones are a number too, just one no body will ever have.
  std::uint64_t value = 0;
  if (text.empty()) return std::nullopt;
  for (const char c : text) {
    if (!ascii::is_digit(c)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
  }
  return value;
}

}  // namespace

HeadScanner::Step HeadScanner::bad(int status) {
  status_ = status;
  return Step::Bad;
}

HeadScanner::Step HeadScanner::too_long(std::string_view bytes) {
  if (has_request_line_) return bad(431);
  const std::string_view line = bytes.substr(line_begin_, kLongestMethod + 1);
  const std::size_t space = line.find(' ');
  return bad(space != std::string_view::npos && is_token(line.substr(0, space)) ? 414 : 400);
}

HeadScanner::Step HeadScanner::scan(std::string_view bytes, const Limits& limits,
                                    std::vector<HeadField>& fields) {
  fields.clear();
  for (;;) {
    const std::size_t limit =
        has_request_line_
            ? limits.head_bytes
            : std::min(limits.head_bytes, line_begin_ + limits.target_bytes + kLineOverhead);
    const std::size_t stop = std::min(bytes.size(), limit);
    if (position_ < stop) position_ += count_text(bytes.substr(position_, stop - position_));
    if (position_ >= limit) return too_long(bytes);
    if (position_ == bytes.size()) return Step::NeedMore;
    if (bytes[position_] != '\r') return bad(400);
    if (position_ + 2 > limit) return too_long(bytes);
    if (position_ + 1 == bytes.size()) return Step::NeedMore;
    if (bytes[position_ + 1] != '\n') return bad(400);
    const ByteRange line{line_begin_, position_};
    position_ += 2;
    line_begin_ = position_;
    const Step step = end_line(bytes, line, limits, fields);
    if (step != Step::NeedMore) return step;
  }
}

HeadScanner::Step HeadScanner::end_line(std::string_view bytes, ByteRange line,
                                        const Limits& limits, std::vector<HeadField>& fields) {
  if (has_request_line_)
    return line.empty() ? end_head(limits) : header_line(line.of(bytes), limits, fields);
  if (!line.empty()) return request_line(bytes, line, limits);
  return ++blank_lines_ > kBlankLinesIgnored ? bad(400) : Step::NeedMore;
}

HeadScanner::Step HeadScanner::request_line(std::string_view bytes, ByteRange line,
                                            const Limits& limits) {
  const std::string_view text = line.of(bytes);
  const std::size_t first = text.find(' ');
  if (first == std::string_view::npos) return bad(400);
  const std::size_t second = text.find(' ', first + 1);
  if (second == std::string_view::npos) return bad(400);
  const std::string_view method = text.substr(0, first);
  const std::string_view target = text.substr(first + 1, second - first - 1);
  const auto version = parse_version(text.substr(second + 1));
  if (!is_token(method) || !version) return bad(400);
  if (version->first != 1) return bad(version->first == 0 ? 400 : 505);
  if (std::ranges::find(kMethods, method) == kMethods.end()) return bad(501);
  if (target.size() > limits.target_bytes) return bad(414);
  if (!is_target(method, target)) return bad(400);
  facts_.method = {line.begin, line.begin + first};
  facts_.target = {line.begin + first + 1, line.begin + second};
  facts_.minor_at = line.end - 1;
  facts_.minor = std::min(version->second, 1);
  has_request_line_ = true;
  return Step::NeedMore;
}

HeadScanner::Step HeadScanner::header_line(std::string_view line, const Limits& limits,
                                           std::vector<HeadField>& fields) {
  const std::size_t colon = count_token(line);
  // A line that begins with a blank (obs-fold) has no token in front of its colon either.
  if (colon == 0 || colon == line.size() || line[colon] != ':') return bad(400);
  if (++facts_.header_count > limits.header_count) return bad(431);
  const HeadField field{.name = line.substr(0, colon),
                        .value = trim_blanks(line.substr(colon + 1))};
  fields.push_back(field);
  return known_header(field.name, field.value);
}

HeadScanner::Step HeadScanner::known_header(std::string_view name, std::string_view value) {
  switch (name.size()) {
    case 4:
      if (!ascii::equals_ignoring_case(name, "host")) break;
      if (facts_.has_host || !is_authority(value)) return bad(400);
      facts_.has_host = true;
      break;
    case 6:
      if (!ascii::equals_ignoring_case(name, "expect")) break;
      if (!ascii::equals_ignoring_case(value, "100-continue")) return bad(417);
      facts_.expects_continue = true;
      break;
    case 10:
      if (!ascii::equals_ignoring_case(name, "connection")) break;
      while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        const std::string_view option = trim_blanks(value.substr(0, comma));
        if (ascii::equals_ignoring_case(option, "close")) facts_.asks_close = true;
        if (ascii::equals_ignoring_case(option, "keep-alive")) facts_.asks_keep_alive = true;
        value.remove_prefix(std::min(comma + 1, value.size()));
      }
      break;
    case 14:
      if (!ascii::equals_ignoring_case(name, "content-length")) break;
      if (facts_.content_length) return bad(400);
      facts_.content_length = parse_length(value);
      if (!facts_.content_length) return bad(400);
      break;
    case 17:
      if (!ascii::equals_ignoring_case(name, "transfer-encoding")) break;
      if (facts_.chunked || !ascii::equals_ignoring_case(value, "chunked")) return bad(400);
      facts_.chunked = true;
      break;
    default:
      break;
  }
  return Step::NeedMore;
}

HeadScanner::Step HeadScanner::end_head(const Limits& limits) {
  if (facts_.minor == 1 && !facts_.has_host) return bad(400);
  if (facts_.chunked && (facts_.content_length || facts_.minor == 0)) return bad(400);
  if (facts_.content_length.value_or(0) > limits.body_bytes) return bad(413);
  return Step::Complete;
}

}  // namespace candor::http
