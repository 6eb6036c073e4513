#include "networks/report_date.h"

#include <chrono>

#include "base/ascii.h"

namespace candor::networks {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Takes between `least` and `most` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  while (count < most && count < text.size() && ascii::is_digit(text[count]))
    value = value * 10 + (text[count++] - '0');
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> day_ms(int year, int month, int day) {
  if (year < 1990 || year > 2200) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * kDayMs;
}

struct ShortDate {
  int first;
  int second;
  int year;
  char separator;
};

/// "03/02/2026": two numbers whose order is not known, and a year.
std::optional<ShortDate> take_short_date(std::string_view& text) {
  const auto first = take_number(text, 1, 2);
  if (!first || text.empty()) return std::nullopt;
  const char separator = text.front();
  if (separator != '/' && separator != '-' && separator != '.') return std::nullopt;
  text.remove_prefix(1);
  const auto second = take_number(text, 1, 2);
  if (!second || !take(text, separator)) return std::nullopt;
  auto year = take_number(text, 2, 4);
  if (!year) return std::nullopt;
  if (*year < 100) *year += 2000;
  return ShortDate{*first, *second, *year, separator};
}

std::optional<std::int64_t> take_iso_day_ms(std::string_view& text) {
  const auto year = take_number(text, 4, 4);
  const char separator = text.starts_with('/') ? '/' : '-';
  if (!year || !take(text, separator)) return std::nullopt;
  const auto month = take_number(text, 2, 2);
  if (!month || !take(text, separator)) return std::nullopt;
  const auto day = take_number(text, 2, 2);
  return day ? day_ms(*year, *month, *day) : std::nullopt;
}

/// Milliseconds since midnight.
std::optional<std::int64_t> take_time_ms(std::string_view& text) {
  const auto hours = take_number(text, 2, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2, 2);
  if (!minutes || *minutes > 59 || !take(text, ':')) return std::nullopt;
  const auto seconds = take_number(text, 2, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  std::int64_t ms = ((*hours * 60LL + *minutes) * 60 + *seconds) * 1000;
  if (take(text, '.')) {
    if (text.empty() || !ascii::is_digit(text.front())) return std::nullopt;
    for (std::int64_t unit = 100; !text.empty() && ascii::is_digit(text.front()); unit /= 10) {
      ms += unit * (text.front() - '0');
      text.remove_prefix(1);
    }
  }
  return ms;
}

/// "Z", "+02:00" or "-0700" to milliseconds east of UTC.
std::optional<std::int64_t> take_offset_ms(std::string_view& text) {
  if (text.empty() || take(text, 'Z')) return 0;
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2, 2);
  if (!hours || *hours > 14) return std::nullopt;
  take(text, ':');
  const auto minutes = take_number(text, 2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::int64_t ms = (*hours * 60LL + *minutes) * 60'000;
  return west ? -ms : ms;
}

bool ends_day(std::string_view rest) {
  return rest.empty() || rest.front() == ' ' || rest.front() == 'T';
}

}  // namespace

std::optional<DayOrder> sniff_day_order(std::span<const std::string_view> dates) {
  for (std::string_view text : dates) {
    text = ascii::trim(text);
    const auto date = take_short_date(text);
    if (!date) continue;
    if (date->first > 12 || date->separator == '.') return DayOrder::DayFirst;
    if (date->second > 12) return DayOrder::MonthFirst;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_report_day_ms(std::string_view text, DayOrder order) {
  text = ascii::trim(text);
  std::string_view rest = text;
  if (const auto ms = take_iso_day_ms(rest)) return ends_day(rest) ? ms : std::nullopt;
  rest = text;
  const auto date = take_short_date(rest);
  if (!date || !ends_day(rest)) return std::nullopt;
  const bool day_first = order == DayOrder::DayFirst || date->separator == '.';
  return day_first ? day_ms(date->year, date->second, date->first)
                   : day_ms(date->year, date->first, date->second);
}

std::optional<std::int64_t> parse_report_time_ms(std::string_view text) {
  text = ascii::trim(text);
  const auto day = take_iso_day_ms(text);
  if (!day || (!take(text, ' ') && !take(text, 'T'))) return std::nullopt;
  const auto time = take_time_ms(text);
  if (!time) return std::nullopt;
  const auto offset = take_offset_ms(text);
  if (!offset || !text.empty()) return std::nullopt;
  return *day + *time - *offset;
}

}  // namespace candor::networks
