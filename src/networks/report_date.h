#pragma once
// Dates as networks write them, and the clocks they are read on.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace candor::networks {

/// Order of "03/04/2026". ISO dates need none, and "04.03.2026" is always day first.
enum class DayOrder : unsigned char { MonthFirst, DayFirst };

/// The order that some date of the column can only have; nothing when each fits both.
std::optional<DayOrder> sniff_day_order(std::span<const std::string_view> dates);

/// Midnight UTC of "2026-03-02", "03/02/2026", "03-02-2026" or "02.03.2026"; a time behind it is
/// not looked at.
std::optional<std::int64_t> parse_report_day_ms(std::string_view text, DayOrder order);

/// "2026-03-02 10:11:12", also with 'T', a fraction, "Z" or "+02:00".
std::optional<std::int64_t> parse_report_time_ms(std::string_view text);

/// The clocks of the networks. Eastern is UTC-5 all the year, which is what "EST" says.
enum class ReportZone : unsigned char { Utc, Chicago, Denver, LosAngeles, Eastern };

/// The moment when the zone's clocks show `local_ms` (milliseconds since 1970-01-01T00:00 on them):
/// the first of two where they are set back, the end of the gap where they are set forward.
std::int64_t instant_of(ReportZone zone, std::int64_t local_ms);

/// A date as it is written, with a time or without.
struct ReportMoment {
  std::int64_t ms = 0;  ///< UTC when `has_offset`, else what the clocks show
  bool has_time = false;
  bool has_offset = false;
};

/// Every form of the two above, also "3/2/26", "2026/03/02", "2 Mar 2026", "Mar 2, 2026", times
/// without seconds or with AM and PM, and a "UTC" or "GMT" behind it.
std::optional<ReportMoment> parse_report_moment(std::string_view text, DayOrder order);

}  // namespace candor::networks
