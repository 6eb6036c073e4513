#include <array>
#include <chrono>

#include "base/ascii.h"
#include "networks/report_date.h"

namespace candor::networks {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Takes parts of a date off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(ascii::trim(text)) {}

  bool at_end() const { return rest_.empty(); }
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_blanks() {
    while (!rest_.empty() && ascii::is_space(rest_.front())) rest_.remove_prefix(1);
  }
  /// A number and how many digits it has.
  struct Number {
    int value;
    std::size_t digits;
  };
  std::optional<Number> number(std::size_t most) {
    Number number{0, 0};
    while (number.digits < most && ascii::is_digit(front())) {
      number.value = number.value * 10 + (front() - '0');
      ++number.digits;
      rest_.remove_prefix(1);
    }
    return number.digits == 0 ? std::nullopt : std::optional(number);
  }
  std::string_view word() {
    std::size_t size = 0;
    while (size < rest_.size() && ascii::is_alpha(rest_[size])) ++size;
    const std::string_view word = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return word;
  }

 private:
  std::string_view rest_;
};

std::optional<int> month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const std::string lower = ascii::to_lower(word);
  if (lower.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (kMonths[i].starts_with(lower)) return static_cast<int>(i) + 1;
  return std::nullopt;
}

std::optional<std::int64_t> day_ms(int year, int month, int day) {
  if (year < 1990 || year > 2200) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * kDayMs;
}

/// "2026" and "26".
std::optional<int> take_year(Reader& reader) {
  const auto year = reader.number(4);
  if (!year || (year->digits != 2 && year->digits != 4)) return std::nullopt;
  return year->digits == 2 ? 2000 + year->value : year->value;
}

/// "Mar 2, 2026"
std::optional<std::int64_t> take_named_month_first(Reader& reader) {
  const auto month = month_named(reader.word());
  reader.take('.');
  reader.skip_blanks();
  const auto day = reader.number(2);
  reader.take(',');
  reader.skip_blanks();
  const auto year = day ? take_year(reader) : std::nullopt;
  return month && year ? day_ms(*year, *month, day->value) : std::nullopt;
}

/// "2 Mar 2026", "02-Mar-2026", after the day.
std::optional<std::int64_t> take_named_month(Reader& reader, int day) {
  const auto month = month_named(reader.word());
  reader.take('.');
  if (!reader.take('-')) reader.skip_blanks();
  const auto year = take_year(reader);
  return month && year ? day_ms(*year, *month, day) : std::nullopt;
}

std::optional<std::int64_t> take_day(Reader& reader, DayOrder order) {
  if (ascii::is_alpha(reader.front())) return take_named_month_first(reader);
  const auto first = reader.number(4);
  if (!first) return std::nullopt;
  const char separator = reader.front();
  if (separator == ' ' && first->digits <= 2) {
    reader.skip_blanks();
    return take_named_month(reader, first->value);
  }
  if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
  reader.take(separator);
  if (ascii::is_alpha(reader.front())) return take_named_month(reader, first->value);
  const auto second = reader.number(2);
  if (!second || !reader.take(separator)) return std::nullopt;
  if (first->digits == 4) {
    const auto day = reader.number(2);
    return day ? day_ms(first->value, second->value, day->value) : std::nullopt;
  }
  if (first->digits > 2) return std::nullopt;
  const auto year = take_year(reader);
  if (!year) return std::nullopt;
  const bool day_first = order == DayOrder::DayFirst || separator == '.';
  return day_first ? day_ms(*year, second->value, first->value)
                   : day_ms(*year, first->value, second->value);
}

/// Digits of a second; those behind the third are cut off.
int take_fraction_ms(Reader& reader) {
  int ms = 0;
  for (int unit = 100; ascii::is_digit(reader.front()); unit /= 10) {
    ms += unit * (reader.front() - '0');
    reader.take(reader.front());
  }
  return ms;
}

/// "14:05:09.123", "2:05 PM"; milliseconds since midnight.
std::optional<std::int64_t> take_clock(Reader& reader) {
  const auto hour = reader.number(2);
  if (!hour || !reader.take(':')) return std::nullopt;
  const auto minute = reader.number(2);
  if (!minute || minute->digits != 2 || minute->value > 59) return std::nullopt;
  int seconds = 0;
  int fraction = 0;
  if (reader.take(':')) {
    const auto second = reader.number(2);
    if (!second || second->digits != 2 || second->value > 59) return std::nullopt;
    seconds = second->value;
    if (reader.take('.')) {
      if (!ascii::is_digit(reader.front())) return std::nullopt;
      fraction = take_fraction_ms(reader);
    }
  }
  reader.skip_blanks();
  int hours = hour->value;
  if (const char c = ascii::lower(reader.front()); c == 'a' || c == 'p') {
    const std::string half = ascii::to_lower(reader.word());
    if ((half != "am" && half != "pm") || hours < 1 || hours > 12) return std::nullopt;
    hours = hours % 12 + (half == "pm" ? 12 : 0);
  }
  if (hours > 23) return std::nullopt;
  return ((hours * 60LL + minute->value) * 60 + seconds) * 1000 + fraction;
}

/// "Z", "UTC", "+02:00", "-0700": milliseconds east. Nothing when there is none; `ok` says whether
/// what stands there is one.
std::optional<std::int64_t> take_offset(Reader& reader, bool& ok) {
  reader.skip_blanks();
  if (reader.at_end()) return std::nullopt;
  if (ascii::is_alpha(reader.front())) {
    const std::string word = ascii::to_lower(reader.word());
    ok = word == "z" || word == "utc" || word == "gmt";
    return 0;
  }
  const bool west = reader.front() == '-';
  if (!west && reader.front() != '+') {
    ok = false;
    return std::nullopt;
  }
  reader.take(reader.front());
  const auto hours = reader.number(2);
  reader.take(':');
  const auto minutes = reader.number(2);
  ok = hours && minutes && hours->digits == 2 && minutes->digits == 2 && hours->value <= 14 &&
       minutes->value <= 59;
  if (!ok) return std::nullopt;
  const std::int64_t ms = (hours->value * 60LL + minutes->value) * 60'000;
  return west ? -ms : ms;
}

}  // namespace

std::optional<ReportMoment> parse_report_moment(std::string_view text, DayOrder order) {
  Reader reader(text);
  const auto day = take_day(reader, order);
  if (!day) return std::nullopt;
  ReportMoment moment{*day, false, false};
  if (!reader.take('T')) {
    reader.take(',');
    reader.skip_blanks();
  }
  if (reader.at_end()) return moment;
  const auto clock = take_clock(reader);
  if (!clock) return std::nullopt;
  moment.has_time = true;
  moment.ms += *clock;
  bool ok = true;
  const auto offset = take_offset(reader, ok);
  if (!ok || !reader.at_end()) return std::nullopt;
  moment.has_offset = offset.has_value();
  moment.ms -= offset.value_or(0);
  return moment;
}

}  // namespace candor::networks
