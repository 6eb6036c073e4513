#pragma once
// Brings a network's report file into the store: good rows kept, bad ones listed, the same file
// twice a no-op.
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "networks/report_file.h"
#include "store/revenue_store.h"

namespace candor::jobs {

struct ImportResult {
  store::Import import;
  std::vector<RowError> errors;
  bool repeated = false;  ///< this very file was imported before; nothing changed
};

Result<ImportResult, networks::ReportError> import_report(store::RevenueStore& revenue,
                                                          const Clock& clock,
                                                          std::string_view bytes,
                                                          std::string_view file_name,
                                                          const networks::ReportOptions& options);

}  // namespace candor::jobs
