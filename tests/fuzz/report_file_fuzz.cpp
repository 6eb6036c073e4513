// Any bytes are a report whose rows are sound, or an error that says what to do; same bytes, same
// answer.
#include "networks/report_file.h"

#include "fuzz/fuzz_target.h"

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  networks::ReportOptions with_currency;
  with_currency.currency = find_currency("GBP");
  with_currency.account = "12345";
  networks::ReportOptions awin_only = with_currency;
  awin_only.network = "awin";
  for (const networks::ReportOptions& options :
       {networks::ReportOptions(), with_currency, awin_only}) {
    const auto report = networks::read_report(bytes, options);
    if (!report) {
      must_hold(!report.error().message.empty(), "an error says what is wrong");
      continue;
    }
    must_hold(!report->network.empty() && !report->report.empty(), "a report has a name");
    if (!options.network.empty()) must_hold(report->network == options.network, "of that network");
    for (const CommissionRow& row : report->rows)
      must_hold(!row.identity.empty() && find_currency(row.currency.text()) == row.currency,
                "a row has an identity and a currency");
    for (const RowError& error : report->errors)
      must_hold(error.row >= 1 && !error.reason.empty(), "a row's error has a place and a reason");
    const auto again = networks::read_report(bytes, options);
    must_hold(again && again->rows == report->rows && again->errors == report->errors,
              "same bytes, same answer");
  }
}

}  // namespace candor::fuzz
