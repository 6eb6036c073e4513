#include "jobs/import_report.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace candor::jobs {
namespace {

std::string hex_of(const std::array<unsigned char, crypto_generichash_BYTES>& hash) {
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

std::string hash_of(std::string_view bytes) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hex_of(hash);
}

/// Writes values one after the other so that no two lists of values read the same.
class Fingerprint {
 public:
  Fingerprint() { crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES); }

  Fingerprint& add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    buffer_ += text;
    if (buffer_.size() > kBuffer) flush();
    return *this;
  }
  Fingerprint& add(std::int64_t number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    buffer_.append(bytes, sizeof number);
    return *this;
  }
  Fingerprint& add(std::optional<std::int64_t> number) {
    return add(std::int64_t{number.has_value()}).add(number.value_or(0));
  }
  std::string hex() {
    flush();
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    return hex_of(hash);
  }

 private:
  void flush() {
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(buffer_.data()),
                              buffer_.size());
    buffer_.clear();
  }

  static constexpr std::size_t kBuffer = 64 * 1024;
  crypto_generichash_state state_{};
  std::string buffer_;
};

std::optional<std::int64_t> day_of(std::optional<std::int32_t> day) {
  return day ? std::optional<std::int64_t>(*day) : std::nullopt;
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

/// Before place_in_zone(): a file that is the whole truth of its days says so for each row, on the
/// network's clock. A row at their edge, whose time is told in UTC, is within them.
void tell_days(store::Import& import, const networks::ReportFile& file) {
  import.by_range = file.identity == networks::RowIdentity::ByRange && file.from_day && file.to_day;
  if (!import.by_range) return;
  import.from_day = *file.from_day;
  import.to_day = *file.to_day;
  import.truth_of = file.aggregate_of.empty() ? file.report : file.aggregate_of;
  constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
  import.row_days.reserve(file.rows.size());
  for (const CommissionRow& row : file.rows)
    import.row_days.push_back(static_cast<rollup::DayNumber>(std::clamp<std::int64_t>(
        row.event_at_ms / kDayMs, import.from_day, std::max(import.from_day, import.to_day))));
}

/// Places the file's rows in the site's zone, and says what is imported of it.
store::Import import_of(networks::ReportFile& file, std::string_view file_name,
                        const networks::ReportOptions& options, const rollup::SiteZone& zone,
                        Millis now) {
  store::Import import;
  tell_days(import, file);
  place_in_zone(file, zone);
  import.network = file.network;
  import.report = file.report;
  import.account = options.account;
  import.file_name = std::string(file_name);
  import.imported_at_ms = to_ms(now);
  return import;
}

}  // namespace

std::string content_hash_of(const networks::ReportFile& file) {
  Fingerprint print;
  print.add(file.network).add(file.report).add(day_of(file.from_day)).add(day_of(file.to_day));
  for (const CommissionRow& row : file.rows)
    print.add(row.identity)
        .add(row.account)
        .add(row.event_at_ms)
        .add(row.click_at_ms)
        .add(static_cast<std::int64_t>(row.precision))
        .add(static_cast<std::int64_t>(row.status))
        .add(row.currency.text())
        .add(row.sale_micro)
        .add(row.commission_micro)
        .add(row.quantity)
        .add(row.sub_id)
        .add(row.tag)
        .add(row.product)
        .add(row.merchant)
        .add(row.referring_url)
        .add(row.posted_at_ms)
        .add(row.order_id)
        .add(row.parent);
  for (const RowError& error : file.errors)
    print.add(error.row).add(error.column).add(error.reason).add(error.text);
  for (const networks::ReportTotal& total : file.totals)
    print.add(total.report)
        .add(total.tag)
        .add(total.kind)
        .add(total.product)
        .add(day_of(total.day))
        .add(total.clicks)
        .add(total.ordered)
        .add(total.shipped)
        .add(total.sale_micro)
        .add(total.ad_fees_micro)
        .add(total.currency.text());
  return print.hex();
}

void place_in_zone(networks::ReportFile& file, const rollup::SiteZone& zone) {
  constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
  for (CommissionRow& row : file.rows)
    if (row.precision == TimePrecision::Day)
      row.event_at_ms = zone.start_of(static_cast<rollup::DayNumber>(row.event_at_ms / kDayMs));
}

namespace {

/// `hash`: of the file's bytes; empty where there is no file.
ImportResult publish(store::RevenueStore& revenue, const Clock& clock, networks::ReportFile file,
                     std::string_view file_name, const networks::ReportOptions& options,
                     const rollup::SiteZone& zone, store::ImportKind kind, const std::string& hash,
                     const store::ImportProgress& progress) {
  const std::string content_hash = content_hash_of(file);
  const auto known = revenue.find_import(content_hash, options.account);
  // A file may be an old one. What a network's API answers is what stands now, also when it has
  // answered the same before something else.
  const bool may_repeat = known && kind == store::ImportKind::Pull;
  if (known && !may_repeat) return {*known, std::move(file.errors), true};
  store::Import import = import_of(file, file_name, options, zone, clock.now());
  if (may_repeat) {
    const store::Import preview = revenue.preview_import(import, file.rows, file.errors);
    if (preview.new_count == 0 && preview.changed_count == 0)
      return {*known, std::move(file.errors), true};
  }
  import.kind = kind;
  import.file_hash = hash.empty() ? content_hash : hash;
  import.content_hash = content_hash;
  import.totals = std::move(file.totals);
  import = revenue.publish_import(std::move(import), file.rows, file.errors, progress);
  return {std::move(import), std::move(file.errors), false};
}

}  // namespace

Result<ImportResult, networks::ReportError> import_report(
    store::RevenueStore& revenue, const Clock& clock, std::string_view bytes,
    std::string_view file_name, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency, const rollup::SiteZone& zone,
    const std::vector<networks::Mapping>& mappings, const store::ImportProgress& progress) {
  const std::string hash = hash_of(bytes);
  if (auto known = revenue.find_import(hash, options.account))
    return ImportResult{*known, revenue.list_import_errors(known->id), true};
  auto file = read_with_currency(bytes, options, currency, mappings);
  if (!file) return std::unexpected(file.error());
  return publish(revenue, clock, *std::move(file), file_name, options, zone,
                 store::ImportKind::File, hash, progress);
}

ImportResult import_file(store::RevenueStore& revenue, const Clock& clock,
                         networks::ReportFile file, std::string_view file_name,
                         const networks::ReportOptions& options, const rollup::SiteZone& zone,
                         store::ImportKind kind, const store::ImportProgress& progress) {
  return publish(revenue, clock, std::move(file), file_name, options, zone, kind, {}, progress);
}

Result<ImportPreview, networks::ReportError> preview_report(
    store::RevenueStore& revenue, const Clock& clock, std::string_view bytes,
    std::string_view file_name, const networks::ReportOptions& options,
    const std::map<std::string, Currency>& currency, const rollup::SiteZone& zone,
    const std::vector<networks::Mapping>& mappings) {
  auto file = read_with_currency(bytes, options, currency, mappings);
  if (!file) return std::unexpected(file.error());
  auto known = revenue.find_import(hash_of(bytes), options.account);
  if (!known) known = revenue.find_import(content_hash_of(*file), options.account);
  store::Import import = import_of(*file, file_name, options, zone, clock.now());
  if (known) return ImportPreview{*std::move(known), std::move(*file), true};
  import = revenue.preview_import(std::move(import), file->rows, file->errors);
  return ImportPreview{std::move(import), std::move(*file), false};
}

}  // namespace candor::jobs
