// Any bytes are a report whose rows are sound, or an error that says what to do; same bytes, same
// answer.
#include "networks/report_file.h"

#include "fuzz/fuzz_target.h"
#include "fuzz/report_rows.h"

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
    if (!options.network.empty()) must_hold(report->network == options.network, "of that network");
    check_rows(*report);
    check_again(bytes, options, *report);
  }
}

}  // namespace candor::fuzz
