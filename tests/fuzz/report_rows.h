#pragma once
// What holds of every report that could be read, whatever it was read from.
#include <cstdint>
#include <string_view>

#include "fuzz/fuzz_target.h"
#include "networks/report_file.h"

namespace candor::fuzz {

/// A row's amounts are of a thousand million units at most; a record that sums up others is of as
/// many at most as there are rows.
inline void check_amount(std::int64_t micro, std::size_t rows) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  const auto most = kMost * static_cast<std::int64_t>(rows);
  must_hold(micro >= -most && micro <= most, "an amount is within bounds");
}

inline void check_rows(const networks::ReportFile& file) {
  must_hold(!file.network.empty() && !file.report.empty(), "a report has a name");
  for (const CommissionRow& row : file.rows) {
    must_hold(!row.identity.empty(), "a row has an identity");
    must_hold(find_currency(row.currency.text()) == row.currency, "a row has a currency");
    check_amount(row.commission_micro, file.rows.size());
    check_amount(row.sale_micro, file.rows.size());
  }
  for (const RowError& error : file.errors)
    must_hold(error.row >= 1 && !error.reason.empty(), "a row's error has a place and a reason");
  if (file.from_day && file.to_day) must_hold(*file.from_day <= *file.to_day, "days in order");
}

inline void check_again(std::string_view bytes, const networks::ReportOptions& options,
                        const networks::ReportFile& file) {
  const auto again = networks::read_report(bytes, options);
  must_hold(again && again->rows == file.rows && again->errors == file.errors &&
                again->totals == file.totals,
            "same bytes, same answer");
}

}  // namespace candor::fuzz
