#include "attribution/instant.h"

#include <chrono>

#include "base/ascii.h"

namespace candor::attribution {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kMinuteUs = 60 * kSecondUs;
constexpr std::int64_t kHourUs = 60 * kMinuteUs;
constexpr std::int64_t kDayUs = 24 * kHourUs;

/// Takes a text apart from the front; after the first mismatch it stays failed.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, int most) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (i >= rest_.size() || !ascii::is_digit(rest_[i])) return fail();
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return value <= most ? value : fail();
  }
  /// One of `allowed`.
  char one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) {
      fail();
      return '\0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  /// ".123456", or nothing.
  std::int64_t fraction_us() {
    if (!rest_.starts_with('.')) return 0;
    rest_.remove_prefix(1);
    std::int64_t us = number(1, 9) * (kSecondUs / 10);
    for (std::int64_t unit = kSecondUs / 100; !rest_.empty() && ascii::is_digit(rest_.front());
         unit /= 10) {
      us += unit * (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return us;
  }
  bool done() const { return !failed_ && rest_.empty(); }

 private:
  int fail() {
    failed_ = true;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::int64_t> parse_instant_us(std::string_view text) {
  Cursor cursor(ascii::trim(text));
  const int year = cursor.number(4, 9999);
  cursor.one_of("-");
  const int month = cursor.number(2, 12);
  cursor.one_of("-");
  const int day = cursor.number(2, 31);
  cursor.one_of("Tt ");
  const int hour = cursor.number(2, 23);
  cursor.one_of(":");
  const int minute = cursor.number(2, 59);
  cursor.one_of(":");
  const int second = cursor.number(2, minute == 59 ? 60 : 59);  // 60: a leap second
  const std::int64_t fraction_us = cursor.fraction_us();
  const char zone = cursor.one_of("Zz+-");
  std::int64_t offset_us = 0;
  if (zone == '+' || zone == '-') {
    offset_us = cursor.number(2, 23) * kHourUs;
    cursor.one_of(":");
    offset_us += cursor.number(2, 59) * kMinuteUs;
    if (zone == '-') offset_us = -offset_us;
  }
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!cursor.done() || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * kDayUs + hour * kHourUs +
         minute * kMinuteUs + second * kSecondUs + fraction_us - offset_us;
}

}  // namespace candor::attribution
