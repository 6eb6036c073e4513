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

/// What an import would do.
struct ImportPreview {
  store::Import import;       ///< without an id, unless `repeated`
  networks::ReportFile file;  ///< as read; days without a time lie on the site's clock
  bool repeated = false;
};

/// `mappings`: the owner's, for layouts that are not known.
/// `currency`: for networks whose files carry none; used when `options` names no currency itself.
Result<ImportResult, networks::ReportError> import_report(
    store::RevenueStore& revenue, const Clock& clock, std::string_view bytes,
    std::string_view file_name, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency, const rollup::SiteZone& zone,
    const std::vector<networks::Mapping>& mappings = {},
    const store::ImportProgress& progress = {});

/// Brings in what was read already, as it came: a file of one name and all of its days.
ImportResult import_file(store::RevenueStore& revenue, const Clock& clock,
                         networks::ReportFile file, std::string_view file_name,
                         const networks::ReportOptions& options, const rollup::SiteZone& zone,
                         store::ImportKind kind, const store::ImportProgress& progress = {});

/// Of all that was read: the same for a file under another name, in another encoding or with other
/// line ends.
std::string content_hash_of(const networks::ReportFile& file);

/// A row that knows only its day belongs to that day in reports, whatever the site's zone: it is
/// kept at the day's beginning there, not at midnight UTC, which may be the evening before.
void place_in_zone(networks::ReportFile& file, const rollup::SiteZone& zone);

/// Reads and counts as import_report() would, and keeps nothing.
Result<ImportPreview, networks::ReportError> preview_report(
    store::RevenueStore& revenue, const Clock& clock, std::string_view bytes,
    std::string_view file_name, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency, const rollup::SiteZone& zone,
    const std::vector<networks::Mapping>& mappings = {});

}  // namespace candor::jobs
