#pragma once
// Times as people and machines write them to each other (RFC 3339): written in UTC, read with any
// offset, or as the clocks of a place show them.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace candor {

/// "2026-11-23T02:30:44.123Z"
inline std::string format_rfc3339(std::int64_t at_ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds{at_ms}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss<milliseconds> clock{time - day};
  char text[40];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

struct WrittenTime {
  std::int64_t ms = 0;    ///< since 1970-01-01T00:00, UTC; of the place's clocks when `local`
  bool is_local = false;  ///< neither "Z" nor an offset
};

namespace rfc3339 {

/// Takes text off the front; once something is missing, ok() is false.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
      const char c = take();
      if (c < '0' || c > '9') ok_ = false;
      value = value * 10 + (c - '0');
    }
    return ok_ ? value : 0;
  }
  /// One of these characters, or NUL without taking anything.
  char any_of(std::string_view wanted) {
    if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) return 0;
    return take();
  }
  void expect(std::string_view wanted) {
    if (any_of(wanted) == 0) ok_ = false;
  }
  bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool at_end() const { return rest_.empty(); }
  bool ok() const { return ok_; }

 private:
  char take() {
    if (rest_.empty()) {
      ok_ = false;
      return 0;
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
  bool ok_ = true;
};

/// Milliseconds of the day behind the 'T'; seconds and their digits may be left out.
inline std::optional<std::int64_t> read_clock(Scanner& scanner) {
  const int hour = scanner.digits(2);
  scanner.expect(":");
  const int minute = scanner.digits(2);
  const int second = scanner.any_of(":") != 0 ? scanner.digits(2) : 0;
  int fraction = 0;
  if (scanner.any_of(".") != 0) {
    if (!scanner.at_digit()) return std::nullopt;
    for (int scale = 100; scanner.at_digit(); scale /= 10) fraction += scanner.digits(1) * scale;
  }
  if (!scanner.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return ((hour * 60LL + minute) * 60 + second) * 1000 + fraction;
}

}  // namespace rfc3339

/// "2026-11-23T02:30:44.123Z", "2026-11-23T02:30+01:00", and without an offset
/// "2026-11-23T02:30" or "2026-11-23". A leap second is none; digits behind the third are cut off.
inline std::optional<WrittenTime> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  rfc3339::Scanner scanner(text);
  const year year_of{scanner.digits(4)};
  scanner.expect("-");
  const month month_of{static_cast<unsigned>(scanner.digits(2))};
  scanner.expect("-");
  const year_month_day date{year_of, month_of, day{static_cast<unsigned>(scanner.digits(2))}};
  if (!scanner.ok() || !date.ok()) return std::nullopt;
  WrittenTime time{duration_cast<milliseconds>(sys_days{date}.time_since_epoch()).count(), true};
  if (scanner.at_end()) return time;
  scanner.expect("Tt ");
  const auto clock = rfc3339::read_clock(scanner);
  if (!clock) return std::nullopt;
  time.ms += *clock;
  if (scanner.at_end()) return time;
  time.is_local = false;
  if (scanner.any_of("Zz") == 0) {
    const char sign = scanner.any_of("+-");
    const int hours = scanner.digits(2);
    scanner.expect(":");
    const int minutes = scanner.digits(2);
    if (sign == 0 || !scanner.ok() || hours > 23 || minutes > 59) return std::nullopt;
    time.ms -= (sign == '-' ? -1 : 1) * (hours * 60LL + minutes) * 60'000;
  }
  if (!scanner.ok() || !scanner.at_end()) return std::nullopt;
  return time;
}

}  // namespace candor
