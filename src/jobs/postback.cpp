#include "jobs/postback.h"

#include "jobs/import_report.h"

namespace candor::jobs {

PostbackResult take_postback(store::RevenueStore& revenue, std::string_view network,
                             CommissionRow row, std::int64_t now_ms, const rollup::SiteZone& zone) {
  networks::ReportFile file;
  file.network = network;
  file.report = "postback";
  file.rows.push_back(std::move(row));
  const std::string hash = content_hash_of(file);
  const std::string& account = file.rows.front().account;
  if (const auto known = revenue.find_import(hash, account)) return {*known, true};
  store::Import import;
  import.kind = store::ImportKind::Postback;
  import.network = file.network;
  import.report = file.report;
  import.account = account;
  import.file_name = file.report;
  import.file_hash = import.content_hash = hash;
  import.imported_at_ms = now_ms;
  place_in_zone(file, zone);
  return {revenue.publish_import(std::move(import), file.rows, {}), false};
}

}  // namespace candor::jobs
