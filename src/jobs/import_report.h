#pragma once
// Brings a network's report file into the store: good rows kept, bad ones listed, the same file
// twice a no-op.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "networks/mapping.h"
#include "networks/report_file.h"
#include "rollup/site_zone.h"
#include "store/revenue_store.h"

namespace candor::jobs {

struct ImportResult {
  store::Import import;
  std::vector<RowError> errors;
  bool repeated = false;  ///< this very file was imported before; nothing changed
};

/// `mappings`: the owner's, for layouts that are not known.
/// `currency`: for networks whose files carry none; used when `options` names no currency itself.
Result<ImportResult, networks::ReportError> import_report(
    store::RevenueStore& revenue, const Clock& clock, std::string_view bytes,
    std::string_view file_name, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency, const rollup::SiteZone& zone,
    const std::vector<networks::Mapping>& mappings = {},
    const store::ImportProgress& progress = {});

}  // namespace candor::jobs
