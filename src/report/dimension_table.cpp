#include <fmt/format.h>

#include "report/dimension_report.h"
#include "report/sheet.h"
#include "report/text_table.h"
#include "report/text_width.h"

namespace candor::report {
namespace {

/// What stands in a cell of a terminal. A further currency does not say the row's counts again.
std::string shown(const SheetLine& line, std::size_t i, const ColumnInfo& column) {
  return line.continues && column.of_row ? std::string{} : printable(text_of(line.cells[i]));
}

}  // namespace

std::string to_table(const DimensionReport& report) {
  const Sheet sheet = sheet_of(report);
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i)
    if (sheet.columns[i].brief) columns.push_back(i);

  std::vector<std::vector<std::string>> rows(1);
  std::vector<bool> right_aligned;
  for (const std::size_t i : columns) {
    rows[0].push_back(sheet.columns[i].heading);
    right_aligned.push_back(i > 0 && sheet.columns[i].key != "currency");
  }
  for (const SheetLine& line : sheet.lines) {
    std::vector<std::string> row;
    for (const std::size_t i : columns) row.push_back(shown(line, i, sheet.columns[i]));
    rows.push_back(std::move(row));
  }

  std::string out = title_of(report);
  if (report.demo) out += " - DEMO DATA";
  out += '\n';
  if (report.compare != Comparison::None) out += comparison_text(report) + '\n';
  out += '\n' + text_table(rows, right_aligned, sheet.summary_from + 1) + '\n';
  out += "Data: " + printable(completeness_text(report)) + ".\n";
  for (const std::string& text : balance_texts(report)) out += text + '\n';
  out += '\n';
  for (const std::size_t i : columns)
    if (const ColumnInfo& column = sheet.columns[i]; !column.definition.empty())
      out += fmt::format("{} ({}): {}\n", column.heading, column.unit, column.definition);
  return out;
}

}  // namespace candor::report
