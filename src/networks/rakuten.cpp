// Rakuten: the Signature Orders report, a line per product of an order.
//
// No row id and no status: what is listed counts (Approved), a reversal is a negative line of the
// same order and product, which therefore share their weights. The file is the whole truth of its
// days; identity is a fingerprint and an ordinal. Times are GMT, as the report is asked for.
// Commissions have three decimals. Custom reports add the currency; without it the owner says it.
#include <array>

#include "networks/all_layouts.h"
#include "networks/field_table.h"
#include "networks/fingerprint.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kSubId,
  kMid,
  kAdvertiser,
  kOrder,
  kDate,
  kTime,
  kSku,
  kSales,
  kItems,
  kCommission,
  kProcessDate,
  kProcessTime,
  kCurrency
};
constexpr std::array<std::string_view, 13> kFields{
    "member id",        "mid",          "advertiser name", "order id",   "transaction date",
    "transaction time", "sku",          "sales",           "# of items", "total commission",
    "process date",     "process time", "currency"};
constexpr std::array<std::string_view, 12> kSignatureOrders{
    "member id",        "mid",         "advertiser name", "order id",   "transaction date",
    "transaction time", "sku",         "sales",           "# of items", "total commission",
    "process date",     "process time"};

struct Reading {
  DecimalMark mark;
  DayOrder order;
  std::optional<Currency> currency;
};

RowReader::Moment read_moment(RowReader& reader, Cell date, Cell time, DayOrder order) {
  const std::string both = std::string(date.text) + ' ' + std::string(time.text);
  return reader.moment({date.column, both}, order, ReportZone::Utc);
}

CommissionRow read_row(const FieldRow& given, RowReader& reader, const Reading& reading) {
  CommissionRow row;
  const auto event = read_moment(reader, given[kDate], given[kTime], reading.order);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  if (!given[kProcessDate].text.empty())
    row.posted_at_ms =
        read_moment(reader, given[kProcessDate], given[kProcessTime], reading.order).at_ms;
  row.status = CommissionStatus::Approved;
  row.currency = reading.currency && given[kCurrency].text.empty()
                     ? *reading.currency
                     : reader.currency(given[kCurrency]);
  row.sale_micro = reader.amount(given[kSales], reading.mark);
  row.commission_micro = reader.amount(given[kCommission], reading.mark);
  row.quantity = reader.count(given[kItems], reading.mark);
  row.sub_id = given[kSubId].text;
  row.product = given[kSku].text;
  row.merchant = given.first_of({kAdvertiser, kMid});
  row.order_id = reader.required(given[kOrder]);
  row.parent = std::string(given[kMid].text) + '/' + row.order_id + '/' + row.product;
  row.identity = Fingerprint("signature-orders")
                     .add(row.currency.text())
                     .add(row.sub_id)
                     .add(row.parent)
                     .add(row.event_at_ms)
                     .add(row.posted_at_ms.value_or(0))
                     .add(row.quantity)
                     .add(row.sale_micro)
                     .add(row.commission_micro)
                     .hex();
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  FieldTable table(source, kFields);
  table.drop_totals_rows(kDate);
  if (!table.has(kCurrency) && !options.currency) return ask_for_currency(*source.layout);
  const Reading reading{table.decimal_mark({kSales, kCommission}),
                        table.day_order(kDate, DayOrder::MonthFirst), options.currency};
  Ordinals ordinals;
  return read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
    CommissionRow row = read_row(given, reader, reading);
    if (!reader.error()) ordinals.number(row.identity);
    return std::optional(std::move(row));
  });
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"rakuten", "signature-orders", "Rakuten Signature Orders", LayoutForm::Table,
      LayoutCertainty::Seen, RowIdentity::ByRange, kSignatureOrders, read}}};

}  // namespace

std::span<const ReportLayout> rakuten_layouts() { return kLayouts; }

}  // namespace candor::networks
