#include "networks/row_reader.h"

#include "base/ascii.h"
#include "networks/report_table.h"

namespace candor::networks {

std::int64_t RowReader::amount(Cell cell, DecimalMark mark) {
  if (const auto micro = parse_micro_units(cell.text, mark)) return *micro;
  fail(cell, "not an amount of money");
  return 0;
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

void RowReader::fail(Cell cell, std::string reason) {
  if (!error_)
    error_ = RowError{row_, std::string(cell.column), std::move(reason), shown(cell.text)};
}

}  // namespace candor::networks
