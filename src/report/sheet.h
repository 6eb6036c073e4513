#pragma once
// A report as columns and cells: every format writes the same cells, so that none can differ.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/dimension_report.h"

namespace candor::report {

enum class CellKind : std::uint8_t {
  Text,
  Count,
  Money,  ///< micro-units of a currency
  Share,  ///< parts per million
  None,   ///< not known: "n/a"
  Blank,  ///< nothing to say: a row without money has no currency
};

struct Cell {
  CellKind kind = CellKind::Blank;
  std::int64_t value = 0;
  Currency currency{};
  std::string text{};
};

struct ColumnInfo {
  std::string key;         ///< "epc": the CSV's header and the JSON's name
  std::string heading;     ///< "EPC"
  std::string unit;        ///< "EUR per click"-like words; empty for texts
  std::string definition;  ///< one sentence
  bool brief = true;       ///< shown where there is little room, too
  bool of_row = false;     ///< the same in every currency's line
};

struct SheetLine {
  std::vector<Cell> cells;  ///< one a column
  bool continues = false;   ///< a further currency of the row above
};

struct Sheet {
  std::vector<ColumnInfo> columns;
  std::vector<SheetLine> lines;  ///< rows, then unattributed, then total
  std::size_t summary_from = 0;  ///< the line at which unattributed and total begin
};

Sheet sheet_of(const DimensionReport& report);

/// "62.50", "12.5%", "n/a": exact, for people.
std::string text_of(const Cell& cell);
/// "62.50", "0.125", "n/a": exact, for programs.
std::string decimal_of(const Cell& cell);

/// "Revenue by article, 2026-10-26 to 2026-11-24 (Europe/Berlin)".
std::string title_of(const DimensionReport& report);
/// "Compared with 2026-09-28 to 2026-10-27, ..."; empty without a comparison.
std::string comparison_text(const DimensionReport& report);
/// "Amazon through 2026-05-12 (imported 2026-05-13)", one a network; "no reports imported".
std::string completeness_text(const DimensionReport& report);
/// "EUR, all statuses: attributed 12.50 + unattributed 1.00 = imported 13.50", one a currency, or
/// what is wrong; then how amounts were converted.
std::vector<std::string> balance_texts(const DimensionReport& report);

}  // namespace candor::report
