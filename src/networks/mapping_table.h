#pragma once
// A table whose columns nobody has declared: its header is found by its shape.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "networks/report_file.h"
#include "networks/report_table.h"

namespace candor::networks {

struct TableRows {
  std::string text;  ///< the report as decoded
  char delimiter = ',';
  std::vector<std::string> header;
  std::size_t body_at = 0;  ///< where the rows begin in `text`
  std::int64_t first_body_number = 2;
  Table rows;
};

/// The first table of the file, archive or workbook: its header is the line with the most cells,
/// none of them a number, above a line with as many.
Result<TableRows, ReportError> read_any_table(std::string_view bytes);

/// "$1,250.00", "12.50 USD" -> the number.
std::string_view without_currency(std::string_view amount);

/// The currency of a sign or code around an amount.
std::optional<Currency> currency_sign(std::string_view amount);

}  // namespace candor::networks
