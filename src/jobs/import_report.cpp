#include "jobs/import_report.h"

#include <sodium.h>

#include <array>

namespace candor::jobs {
namespace {

std::string hash_of(std::string_view bytes) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

/// A file without a currency is read again with the one configured for its network.
Result<networks::ReportFile, networks::ReportError> read_with_currency(
    std::string_view bytes, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency,
    const std::vector<networks::Mapping>& mappings) {
  auto file = networks::read_report_or_mapped(bytes, options, mappings);
  if (file || file.error().kind != networks::ReportError::Kind::CurrencyNeeded) return file;
  for (const auto& [network, code] : currency) {
    if (!options.network.empty() && options.network != network) continue;
    networks::ReportOptions with_currency = options;
    with_currency.network = network;
    with_currency.currency = code;
    if (auto again = networks::read_report_or_mapped(bytes, with_currency, mappings)) return again;
  }
  return file;
}

/// A row that knows only its day belongs to that day in reports, whatever the site's zone: it is
/// kept at the day's beginning there, not at midnight UTC, which may be the evening before.
void place_in_zone(CommissionRow& row, const rollup::SiteZone& zone) {
  if (row.precision != TimePrecision::Day) return;
  constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
  row.event_at_ms = zone.start_of(static_cast<rollup::DayNumber>(row.event_at_ms / kDayMs));
}

}  // namespace

Result<ImportResult, networks::ReportError> import_report(
    store::RevenueStore& revenue, const Clock& clock, std::string_view bytes,
    std::string_view file_name, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency, const rollup::SiteZone& zone,
    const std::vector<networks::Mapping>& mappings) {
  const std::string hash = hash_of(bytes);
  if (auto known = revenue.find_import(hash, options.account))
    return ImportResult{*known, revenue.list_import_errors(known->id), true};
  auto file = read_with_currency(bytes, options, currency, mappings);
  if (!file) return std::unexpected(file.error());
  for (CommissionRow& row : file->rows) place_in_zone(row, zone);
  store::Import import;
  import.network = file->network;
  import.report = file->report;
  import.account = options.account;
  import.file_name = std::string(file_name);
  import.file_hash = hash;
  import.imported_at_ms = to_ms(clock.now());
  import = revenue.publish_import(std::move(import), file->rows, file->errors);
  return ImportResult{std::move(import), std::move(file->errors), false};
}

}  // namespace candor::jobs
