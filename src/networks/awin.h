#pragma once
// Awin: the transactions report, as the interface's CSV and as the API's JSON.
#include <string_view>

#include "base/result.h"
#include "networks/report_file.h"
#include "networks/report_layout.h"

namespace candor::networks {

/// Identity is Awin's transaction id, the same in both forms; a row is amended in place. Times are
/// read as UTC. The CSV names no currency: an export is of one region and currency, so it comes
/// from the options. Status: pending, approved, declined (Reversed); approved and paid is Paid.
/// Errors: CurrencyNeeded.
Result<ReportFile, ReportError> read_awin_csv(const RecognisedTable& found,
                                              const ReportOptions& options);

/// Errors: UnknownLayout (no JSON, or not Awin's), Empty.
Result<ReportFile, ReportError> read_awin_json(std::string_view text, const ReportOptions& options);

}  // namespace candor::networks
