#pragma once
// The days that a report file speaks of.
#include <string_view>

#include "networks/report_file.h"

namespace candor::networks {

/// Sets from_day and to_day: the two dates of the title ("Fee-Earnings reports from 03-01-2026 to
/// 03-31-2026") in the order in which they enclose every row and total, else the first and the last
/// of these. Rows count by the UTC day of `event_at_ms`, so this is asked while it is what the file
/// says.
void set_range(ReportFile& file, std::string_view title);

}  // namespace candor::networks
