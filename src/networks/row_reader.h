#pragma once
// Reads the typed values of one report row and remembers the first that is not what it should be.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "networks/report_date.h"
#include "revenue/commission.h"

namespace candor::networks {

/// A value and the name of its column; both are views of the report's text.
struct Cell {
  std::string_view column;
  std::string_view text;
};

/// After the first failure every answer still has a value, and `error()` says that the row is bad.
class RowReader {
 public:
  explicit RowReader(std::int64_t row) : row_(row) {}

  /// "-" is how some networks write nothing: 0.
  std::int64_t amount(Cell cell, DecimalMark mark);
  /// An empty cell is 0.
  std::int64_t amount_if_given(Cell cell, DecimalMark mark);
  /// A whole number; an empty cell and "-" are 0.
  std::int64_t count(Cell cell, DecimalMark mark);
  std::int64_t day_ms(Cell cell, DayOrder order);
  std::int64_t time_ms(Cell cell);
  std::optional<std::int64_t> time_ms_if_given(Cell cell);
  std::string required(Cell cell);
  Currency currency(Cell cell);

  /// A date on the zone's clocks, with a time or without: then midnight UTC of its day.
  struct Moment {
    std::int64_t at_ms = 0;
    TimePrecision precision = TimePrecision::Second;
  };
  Moment moment(Cell cell, DayOrder order, ReportZone zone);
  /// When the row was booked, if the cell says so.
  std::optional<std::int64_t> posted_ms(Cell cell, DayOrder order, ReportZone zone);
  /// When the click was; nothing also for a day without a time, which is no moment.
  std::optional<std::int64_t> click_ms(Cell cell, DayOrder order, ReportZone zone);

  void fail(Cell cell, std::string reason);
  const std::optional<RowError>& error() const { return error_; }

 private:
  std::int64_t row_;
  std::optional<RowError> error_;
};

}  // namespace candor::networks
