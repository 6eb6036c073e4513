#include "networks/row_reader.h"

#include "base/ascii.h"
#include "networks/report_table.h"

namespace candor::networks {

std::int64_t RowReader::amount(Cell cell, DecimalMark mark) {
  if (const auto micro = parse_micro_units(cell.text, mark)) return *micro;
  if (ascii::trim(cell.text) != "-") fail(cell, "not an amount of money");
  return 0;
}

std::int64_t RowReader::amount_if_given(Cell cell, DecimalMark mark) {
  return ascii::trim(cell.text).empty() ? 0 : amount(cell, mark);
}

std::int64_t RowReader::count(Cell cell, DecimalMark mark) {
  constexpr std::int64_t kMicro = 1'000'000;
  const std::string_view text = ascii::trim(cell.text);
  if (text.empty() || text == "-") return 0;
  const auto micro = parse_micro_units(text, mark);
  if (micro && *micro % kMicro == 0) return *micro / kMicro;
  fail(cell, "not a whole number");
  return 0;
}

std::int64_t RowReader::day_ms(Cell cell, DayOrder order) {
  if (const auto ms = parse_report_day_ms(cell.text, order)) return *ms;
  fail(cell, "not a date");
  return 0;
}

std::int64_t RowReader::time_ms(Cell cell) {
  if (const auto ms = parse_report_time_ms(cell.text)) return *ms;
  fail(cell, "not a date with a time");
  return 0;
}

std::optional<std::int64_t> RowReader::time_ms_if_given(Cell cell) {
  if (ascii::trim(cell.text).empty()) return std::nullopt;
  return time_ms(cell);
}

std::string RowReader::required(Cell cell) {
  const std::string_view text = ascii::trim(cell.text);
  if (text.empty()) fail(cell, "the cell is empty");
  return std::string(text);
}

Currency RowReader::currency(Cell cell) {
  if (const auto currency = find_currency(ascii::trim(cell.text))) return *currency;
  fail(cell, "not a currency");
  return {};
}

RowReader::Moment RowReader::moment(Cell cell, DayOrder order, ReportZone zone) {
  const auto read = parse_report_moment(cell.text, order);
  if (!read) {
    fail(cell, "not a date");
    return {};
  }
  if (!read->has_time) return {read->ms, TimePrecision::Day};
  return {read->has_offset ? read->ms : instant_of(zone, read->ms), TimePrecision::Second};
}

std::optional<std::int64_t> RowReader::posted_ms(Cell cell, DayOrder order, ReportZone zone) {
  if (ascii::trim(cell.text).empty()) return std::nullopt;
  return moment(cell, order, zone).at_ms;
}

std::optional<std::int64_t> RowReader::click_ms(Cell cell, DayOrder order, ReportZone zone) {
  if (ascii::trim(cell.text).empty()) return std::nullopt;
  const Moment read = moment(cell, order, zone);
  return read.precision == TimePrecision::Second ? std::optional(read.at_ms) : std::nullopt;
}

void RowReader::fail(Cell cell, std::string reason) {
  if (!error_)
    error_ = RowError{row_, std::string(cell.column), std::move(reason), shown(cell.text)};
}

}  // namespace candor::networks
