#pragma once
// The sheets of an Excel workbook (XLSX, ECMA-376 part 1, 18.3) as delimited text.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "networks/archive.h"

namespace candor::networks {

struct Sheet {
  std::string name;
  std::string text;  ///< comma separated UTF-8, a line per row of the sheet, blank rows kept
};

/// Whether these are a workbook's parts.
bool is_workbook(const std::vector<ArchiveFile>& files);

/// Sheets in the workbook's order. Cells with a date format become "2026-03-02" or
/// "2026-03-02 10:11:12"; numbers have at most 15 digits, as Excel shows them, so that
/// 4.0499999999999998 is 4.05 again. The error is a sentence.
Result<std::vector<Sheet>, std::string> read_workbook(const std::vector<ArchiveFile>& files);

/// "4.0499999999999998" -> "4.05", "1.13E-2" -> "0.0113"; other text as it is. Never through
/// floating point.
std::string tidy_number(std::string_view text);

}  // namespace candor::networks
