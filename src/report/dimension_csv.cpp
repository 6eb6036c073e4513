#include "report/csv.h"
#include "report/dimension_report.h"
#include "report/sheet.h"

namespace candor::report {

std::string to_csv(const DimensionReport& report) {
  const Sheet sheet = sheet_of(report);
  std::string csv;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (i > 0) csv += ',';
    append_csv_field(csv, sheet.columns[i].key);
  }
  csv += "\r\n";
  for (const SheetLine& line : sheet.lines) {
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (i > 0) csv += ',';
      append_csv_field(csv, decimal_of(line.cells[i]));
    }
    csv += "\r\n";
  }
  return csv;
}

}  // namespace candor::report
