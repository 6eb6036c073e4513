#pragma once
// What a downloaded file holds: one text, or the reports of a zip archive or Excel workbook.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "networks/report_file.h"

namespace candor::networks {

struct NamedText {
  std::string name;  ///< of the archive's file or the workbook's sheet; empty for a plain file
  std::string text;  ///< as decode_report_text gives it
};

/// At least one text. Files of an archive that can be no report (pictures, notes) are left out.
Result<std::vector<NamedText>, ReportError> open_report(std::string_view bytes);

struct ReportPart {
  std::string name;
  Result<ReportFile, ReportError> file;
};

/// The one report of commissions with the totals of those that only count. What cannot be read
/// beside it is one of its errors. Several reports of commissions are refused: each is the whole
/// truth of its own days.
Result<ReportFile, ReportError> join_parts(std::vector<ReportPart> parts);

}  // namespace candor::networks
