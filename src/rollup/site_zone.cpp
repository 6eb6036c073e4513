#include "rollup/site_zone.h"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "base/clock.h"

namespace candor::rollup {
namespace {

// All digits, or nothing: from_chars would also take a sign.
std::optional<unsigned> parse_digits(std::string_view text) {
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

}  // namespace

Result<SiteZone, std::string> SiteZone::find(std::string_view name) {
  try {
    return SiteZone(date::locate_zone(std::string(name)), std::string(name));
  } catch (const std::runtime_error&) {
    // The date library has no look-up that does not throw.
    return std::unexpected("\"" + std::string(name) +
                           "\" is not a time zone; write one as in \"Europe/Berlin\"");
  }
}

DayNumber SiteZone::day_of(std::int64_t at_ms) const {
  const auto local_day = date::floor<date::days>(zone_->to_local(from_ms(at_ms)));
  return static_cast<DayNumber>(local_day.time_since_epoch().count());
}

// A midnight that the clocks skip begins the day at the skip, one that they repeat at its first.
std::int64_t SiteZone::start_of(DayNumber day) const {
  const date::local_time<std::chrono::milliseconds> midnight{date::days{day}};
  return to_ms(zone_->to_sys(midnight, date::choose::earliest));
}

std::int64_t SiteZone::local_of(std::int64_t at_ms) const {
  return zone_->to_local(from_ms(at_ms)).time_since_epoch().count();
}

std::int64_t SiteZone::instant_of(std::int64_t local_ms) const {
  const date::local_time<std::chrono::milliseconds> local{std::chrono::milliseconds{local_ms}};
  return to_ms(zone_->to_sys(local, date::choose::earliest));
}

// Quarters of an hour: the local day changes at their bounds, also where clocks are set back across
// midnight, which makes a day come twice.
DayNumber DayFinder::day_of(std::int64_t at_ms) {
  constexpr std::int64_t kQuarterMs = 15 * 60 * 1000;
  if (at_ms >= from_ms_ && at_ms < to_ms_) return day_;
  const std::int64_t quarter = at_ms - (at_ms % kQuarterMs + kQuarterMs) % kQuarterMs;
  const DayNumber day = zone_.day_of(quarter);
  if (zone_.day_of(quarter + kQuarterMs - 1) != day) return zone_.day_of(at_ms);
  day_ = day;
  from_ms_ = quarter;
  to_ms_ = quarter + kQuarterMs;
  return day;
}

std::string format_day(DayNumber day) {
  const date::year_month_day date{date::sys_days{date::days{day}}};
  std::array<char, 32> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return {text.data(), static_cast<std::size_t>(length)};
}

Result<DayNumber, std::string> parse_day(std::string_view text) {
  const auto refuse = [&] {
    return std::unexpected("\"" + std::string(text) + "\" is not a day; write it as 2026-11-23");
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refuse();
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return refuse();
  const date::year_month_day date{date::year(static_cast<int>(*year)), date::month(*month),
                                  date::day(*day)};
  if (!date.ok()) return refuse();
  return static_cast<DayNumber>(date::sys_days{date}.time_since_epoch().count());
}

}  // namespace candor::rollup
