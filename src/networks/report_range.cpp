#include "networks/report_range.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "networks/report_date.h"

namespace candor::networks {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

struct Range {
  std::int32_t from;
  std::int32_t to;
  bool encloses(const Range& other) const { return from <= other.from && other.to <= to; }
};

std::int32_t day_of(std::int64_t ms) {
  return static_cast<std::int32_t>((ms - (ms % kDayMs + kDayMs) % kDayMs) / kDayMs);
}

std::optional<Range> days_of_rows(const ReportFile& file) {
  std::optional<Range> range;
  const auto add = [&range](std::int32_t day) {
    if (!range) range = Range{day, day};
    range->from = std::min(range->from, day);
    range->to = std::max(range->to, day);
  };
  for (const CommissionRow& row : file.rows) add(day_of(row.event_at_ms));
  for (const ReportTotal& total : file.totals)
    if (total.day) add(*total.day);
  return range;
}

std::vector<std::string_view> words_that_begin_with_a_digit(std::string_view title) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < title.size();) {
    std::size_t end = at;
    while (end < title.size() && !ascii::is_space(title[end]) && title[end] != ',') ++end;
    if (end > at && ascii::is_digit(title[at])) words.push_back(title.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::optional<Range> read_title(std::string_view title, DayOrder order) {
  std::vector<std::int32_t> days;
  for (std::string_view word : words_that_begin_with_a_digit(title))
    if (const auto ms = parse_report_day_ms(word, order)) days.push_back(day_of(*ms));
  if (days.size() != 2 || days[0] > days[1]) return std::nullopt;
  return Range{days[0], days[1]};
}

}  // namespace

void set_range(ReportFile& file, std::string_view title) {
  const std::optional<Range> rows = days_of_rows(file);
  std::optional<Range> range = rows;
  // The shorter of two readings: a month "01-03 to 31-03" reads one way only, "01-03 to 12-03" is
  // more likely twelve days than nine months.
  std::optional<Range> best;
  for (DayOrder order : {DayOrder::MonthFirst, DayOrder::DayFirst}) {
    const auto read = read_title(title, order);
    if (!read || (rows && !read->encloses(*rows))) continue;
    if (!best || read->to - read->from < best->to - best->from) best = read;
  }
  if (best) range = best;
  if (!range) return;
  file.from_day = range->from;
  file.to_day = range->to;
}

}  // namespace candor::networks
