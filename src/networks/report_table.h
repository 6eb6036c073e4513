#pragma once
// Delimited text as rows of cells (RFC 4180, read leniently): one damaged row never takes its
// neighbours with it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "revenue/commission.h"

namespace candor::networks {

struct TableRow {
  std::int64_t number = 0;  ///< 1-based, as a spreadsheet counts: a cell may hold line ends
  std::vector<std::string> cells;
};

/// A row as it stands in the text.
struct TextRow {
  std::int64_t number = 0;
  std::string_view line;           ///< cut_line() cuts it, unless `cells` are given
  std::vector<std::string> cells;  ///< of a row that took the parser
};

/// Cuts a line of which every cell is a part; false when it takes the parser, or the line has not
/// `width` cells.
bool cut_line(std::string_view line, char delimiter, std::size_t width,
              std::vector<std::string_view>& cells);

struct TextTable {
  std::vector<TextRow> rows;     ///< views of the text
  std::vector<RowError> errors;  ///< as in Table
};

struct Table {
  std::vector<TableRow> rows;    ///< each with as many cells as the header
  std::vector<RowError> errors;  ///< rows with another count of cells, or with quotes left open
};

/// The cells of one line. A quote left open ends with the line.
std::vector<std::string> read_header_cells(std::string_view line, char delimiter);

/// Reads what stands behind the header. `first_number` is the number of the first line of `text`.
Table read_table(std::string_view text, char delimiter, std::size_t width,
                 std::int64_t first_number);

/// The same rows where they stand: a table of a million rows takes little more than its text.
TextTable find_rows(std::string_view text, char delimiter, std::size_t width,
                    std::int64_t first_number);

/// A cell as an error may show it: at most 200 bytes of it.
std::string shown(std::string_view cell);

}  // namespace candor::networks
