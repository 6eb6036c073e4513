// Amazon Associates: the Fee-Earnings report, a line per product, tracking id and day of shipping.
//
// What shipped is earned: its rows are Approved. A return is a negative Approved row of its own and
// not a Reversed one, because Amazon does not say which row it takes back: the sum of both is what
// the article keeps. Dates are days of the marketplace, at midnight UTC. There is no row id:
// identity is a fingerprint of the row's facts and its ordinal among equal rows of the file, and
// the file is the whole truth of the days in its title, so two units sold alike stay two, and
// overlapping or re-encoded files converge.
#include <array>

#include "networks/all_layouts.h"
#include "networks/amazon_currency.h"
#include "networks/field_table.h"
#include "networks/fingerprint.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kAsin,
  kSeller,
  kTag,
  kDay,
  kPrice,
  kShipped,
  kReturned,
  kSale,
  kCommission,
  kDevice,
  kDirect,
  kDirectSale
};
constexpr std::array<std::string_view, 12> kFields{
    "asin",    "seller",  "tracking id", "date shipped",      "price",  "items shipped",
    "returns", "revenue", "ad fees",     "device type group", "direct", "direct sale"};

// As importers of real exports check them. The United Kingdom adds "Direct", others "Direct Sale".
constexpr std::array<std::string_view, 12> kFeeEarnings{
    "category", "name",          "asin",    "seller",  "tracking id", "date shipped",
    "price",    "items shipped", "returns", "revenue", "ad fees",     "device type group"};

/// What the whole file says about its rows.
struct Reading {
  DecimalMark mark;
  DayOrder order;
  Currency currency;
};

/// The product's name and category are left out of the identity: Amazon edits them between two
/// downloads of the same days.
CommissionRow read_row(const FieldRow& given, RowReader& reader, const Reading& reading) {
  CommissionRow row;
  row.precision = TimePrecision::Day;
  row.status = CommissionStatus::Approved;
  row.currency = reading.currency;
  row.tag = reader.required(given[kTag]);
  row.event_at_ms = reader.day_ms(given[kDay], reading.order);
  const std::int64_t price = reader.amount(given[kPrice], reading.mark);
  const std::int64_t shipped = reader.count(given[kShipped], reading.mark);
  const std::int64_t returned = reader.count(given[kReturned], reading.mark);
  row.sale_micro = reader.amount(given[kSale], reading.mark);
  row.commission_micro = reader.amount(given[kCommission], reading.mark);
  row.quantity = shipped - returned;
  row.product = given[kAsin].text;
  row.merchant = given[kSeller].text;
  row.identity = Fingerprint("fee-earnings")
                     .add(row.currency.text())
                     .add(row.tag)
                     .add(row.product)
                     .add(row.merchant)
                     .add(given[kDevice].text)
                     .add(given.first_of({kDirect, kDirectSale}))
                     .add(row.event_at_ms)
                     .add(price)
                     .add(shipped)
                     .add(returned)
                     .add(row.sale_micro)
                     .add(row.commission_micro)
                     .hex();
  // What Amazon does not break down by tracking id.
  if (row.tag == "others") row.tag.clear();
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  FieldTable table(source, kFields);
  table.drop_totals_rows(kDay);
  const DecimalMark mark = table.decimal_mark({kPrice, kSale, kCommission});
  const auto currency = amazon_currency(table, kCommission, kTag, mark, options);
  if (!currency && table.size() > 0)
    return std::unexpected(
        ReportError{ReportError::Kind::CurrencyNeeded,
                    "neither the header nor the tracking ids tell the currency of this Amazon "
                    "Fee-Earnings report: say it (for example JPY)"});
  const Currency known = currency.value_or(Currency{});
  const DayOrder usual = known.text() == "USD" ? DayOrder::MonthFirst : DayOrder::DayFirst;
  const Reading reading{mark, table.day_order(kDay, usual), known};
  Ordinals ordinals;
  return read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
    CommissionRow row = read_row(given, reader, reading);
    if (!reader.error()) ordinals.number(row.identity);
    return std::optional(std::move(row));
  });
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"amazon", "fee-earnings", "Amazon Fee-Earnings", LayoutForm::Table, LayoutCertainty::Seen,
      RowIdentity::ByRange, kFeeEarnings, read}}};

}  // namespace

std::span<const ReportLayout> amazon_layouts() { return kLayouts; }

}  // namespace candor::networks
