#pragma once
// Dates as networks write them. No zone is guessed: times without one are read as UTC.
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

}  // namespace candor::networks
