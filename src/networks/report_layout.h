#pragma once
// The layouts of network reports that are known by their columns, and the one a text has.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "networks/report_file.h"

namespace candor::networks {

struct ReportLayout {
  std::string_view network;
  std::string_view report;   ///< as in ReportFile
  std::string_view title;    ///< as people say it
  std::string_view instead;  ///< for layouts without commissions: what to download instead
  std::span<const std::string_view> columns;  ///< plain names (see plain_column), all needed
};

/// A header's name without case, outer space and the currency in brackets: "Ad Fees($)" is
/// "ad fees".
std::string plain_column(std::string_view header);

/// A text whose header was found; views of the text given.
struct RecognisedTable {
  const ReportLayout* layout = nullptr;
  char delimiter = ',';
  std::vector<std::string> header;     ///< as it stands
  std::string_view title;              ///< the lines above the header
  std::string_view body;               ///< what stands behind the header's line
  std::int64_t first_body_number = 2;  ///< 1-based number of the body's first line

  /// Where a plain column is; the layout's own columns are always there.
  std::optional<std::size_t> find_column(std::string_view plain_name) const;
};

/// Tries each delimiter on each of the first lines (a title may stand above the header). The error
/// names the nearest layout and the columns that are missing, or says what to download instead.
Result<RecognisedTable, ReportError> recognise_table(std::string_view text);

/// "Amazon Fee-Earnings, Awin transactions": the layouts that can be read.
std::string readable_layouts();

}  // namespace candor::networks
