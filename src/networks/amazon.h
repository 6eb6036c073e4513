#pragma once
// Amazon Associates: the Fee-Earnings report, a line per product, tracking id and day of shipping.
#include "base/result.h"
#include "networks/report_file.h"
#include "networks/report_layout.h"

namespace candor::networks {

/// What shipped is earned: its rows are Approved. A return is a negative Approved row of its own
/// and not a Reversed one, because Amazon does not say which row it takes back: the sum of both is
/// what the article keeps. Dates are days of the marketplace, at midnight UTC. There is no row id:
/// identity is a fingerprint of the row's facts and its ordinal among equal rows of the file, so
/// two units sold alike stay two, and overlapping or re-encoded files converge.
/// Errors: CurrencyNeeded.
Result<ReportFile, ReportError> read_amazon_fee_earnings(const RecognisedTable& found,
                                                         const ReportOptions& options);

}  // namespace candor::networks
