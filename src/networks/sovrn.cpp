// Sovrn (VigLink): revenue per custom id and day.
//
// An aggregate without transactions: {"2026/03/02": [["id", ...], [revenue, ...]]}. How the lists
// are nested is put together from an importer and was never seen in an export. A day and custom id
// are one row, amended when the day is read again. US dollars unless the owner says otherwise; days
// are at midnight UTC.
#include <array>

#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

/// The values that stand outside of records, as records: "2026/03/02.0.3" and "2026/03/02.1.3" are
/// the fourth custom id of a day and its revenue.
constexpr std::array<std::string_view, 3> kFields{"day", "cuid", "revenue"};
enum Field : std::size_t { kDay, kCuid, kRevenue };

std::vector<Record> records_of(const Record& rest) {
  std::vector<Record> records;
  for (const auto& [path, cuid] : rest.values) {
    const std::size_t dot = path.find(".0.");
    if (dot == std::string::npos) continue;
    Record record;
    const std::string day = path.substr(0, dot);
    record.values["day"] = day;
    record.values["cuid"] = cuid;
    if (const auto revenue = rest.find(day + ".1." + path.substr(dot + 3)); !revenue.empty())
      record.values["revenue"] = revenue;
    records.push_back(std::move(record));
  }
  return records;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  ReportSource flat{source.layout, {}, {records_of(source.list.rest), {}}};
  FieldTable table(flat, kFields);
  const Currency currency = options.currency.value_or(*find_currency("USD"));
  return read_rows(flat, options, table, [&](const FieldRow& given, RowReader& reader) {
    CommissionRow row;
    row.identity = reader.required(given[kDay]) + ' ' + std::string(given[kCuid].text);
    row.event_at_ms = reader.day_ms(given[kDay], DayOrder::MonthFirst);
    row.precision = TimePrecision::Day;
    row.status = CommissionStatus::Approved;
    row.currency = currency;
    row.commission_micro = reader.amount(given[kRevenue], DecimalMark::Point);
    row.sub_id = given[kCuid].text;
    return std::optional(std::move(row));
  });
}

bool fits(const RecordList& list) {
  if (!list.records.empty()) return false;
  for (const auto& [path, value] : list.rest.values)
    if (const std::size_t dot = path.find(".0."); dot != std::string::npos)
      return parse_report_day_ms(path.substr(0, dot), DayOrder::MonthFirst).has_value();
  return false;
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"sovrn", "cuid-revenue", "Sovrn revenue by custom id", LayoutForm::Json,
      LayoutCertainty::Inferred, RowIdentity::ById, kFields, read, fits}}};

}  // namespace

std::span<const ReportLayout> sovrn_layouts() { return kLayouts; }

}  // namespace candor::networks
