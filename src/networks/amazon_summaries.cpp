// Amazon Associates' reports beside Fee-Earnings: what was ordered, clicked and earned, summed up.
//
// Fee-Orders, Fee-Tracking and Fee-LinkType only count: orders are not earned yet, and the others
// are the detailed report's money once more. The pages of 2026 (Earnings by Tracking ID, Linked
// Products) are money for accounts that download nothing else; they name the detailed report that
// they sum up, so that no cent is booked twice.
#include <algorithm>
#include <array>

#include "networks/all_layouts.h"
#include "networks/amazon_currency.h"
#include "networks/field_table.h"
#include "networks/fingerprint.h"
#include "networks/report_range.h"

namespace candor::networks {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::string_view kDetailed = "fee-earnings";

using Names = std::string_view;
constexpr std::array<Names, 8> kFeeOrders{"category", "name",  "asin",      "date",
                                          "qty",      "price", "link type", "tag"};
constexpr std::array<Names, 6> kFeeTracking{"tracking id",   "clicks",  "items ordered",
                                            "items shipped", "revenue", "ad fees"};
constexpr std::array<Names, 7> kFeeLinkType{"link type",  "clicks",          "items ordered",
                                            "conversion", "ordered revenue", "items shipped",
                                            "ad fees"};
constexpr std::array<Names, 12> kEarningsByTag{
    "tracking id",    "clicks",         "items ordered",          "ordered revenue",
    "items shipped",  "items returned", "items shipped revenue",  "items returned revenue",
    "total earnings", "bonus",          "items shipped earnings", "items returned earnings"};
constexpr std::array<Names, 8> kLinkedProducts{"date",
                                               "product title",
                                               "asin",
                                               "clicks",
                                               "indirect items ordered",
                                               "direct items ordered",
                                               "commission rate",
                                               "total earnings"};

enum Field : std::size_t {
  kTag,
  kOrderTag,
  kKind,
  kAsin,
  kDay,
  kClicks,
  kOrdered,
  kQuantity,
  kPrice,
  kShipped,
  kReturned,
  kOrderedSale,
  kShippedSale,
  kReturnedSale,
  kRevenue,
  kFees,
  kEarnings
};
constexpr std::array<Names, 17> kFields{"tracking id",
                                        "tag",
                                        "link type",
                                        "asin",
                                        "date",
                                        "clicks",
                                        "items ordered",
                                        "qty",
                                        "price",
                                        "items shipped",
                                        "items returned",
                                        "ordered revenue",
                                        "items shipped revenue",
                                        "items returned revenue",
                                        "revenue",
                                        "ad fees",
                                        "total earnings"};

struct Reading {
  std::string_view report;
  DecimalMark mark;
  DayOrder order;
  Currency currency;
};

std::int64_t times(RowReader& reader, Cell cell, std::int64_t price, std::int64_t count) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(price, count, &product)) reader.fail(cell, "too large an amount");
  return product;
}

std::string known_tag(std::string_view tag) { return std::string(tag == "others" ? "" : tag); }

/// One line of any of the reports as counts; what it does not have is 0.
ReportTotal read_total(const FieldRow& given, RowReader& reader, const Reading& reading) {
  ReportTotal total;
  total.report = reading.report;
  total.tag = known_tag(given.first_of({kTag, kOrderTag}));
  total.product = given[kAsin].text;
  total.currency = reading.currency;
  if (given.table.has(kDay))
    total.day = static_cast<std::int32_t>(reader.day_ms(given[kDay], reading.order) / kDayMs);
  const auto count = [&](Field field) { return reader.count(given[field], reading.mark); };
  const auto amount = [&](Field field) {
    return reader.amount_if_given(given[field], reading.mark);
  };
  total.clicks = count(kClicks);
  total.ordered = count(kOrdered);
  total.shipped = count(kShipped);
  total.sale_micro = given.table.has(kOrderedSale) ? amount(kOrderedSale) : amount(kRevenue);
  total.ad_fees_micro = given.table.has(kFees) ? amount(kFees) : amount(kEarnings);
  if (given.table.has(kQuantity)) {
    total.kind = given[kKind].text;
    total.ordered = count(kQuantity);
    total.sale_micro = times(reader, given[kPrice], amount(kPrice), total.ordered);
  } else if (given.table.has(kKind)) {
    total.kind = reader.required(given[kKind]);
  }
  return total;
}

Reading read_shape(const ReportSource& source, const FieldTable& table, Field amount,
                   std::optional<std::size_t> tag, const ReportOptions& options) {
  Reading reading{source.layout->report,
                  table.decimal_mark({kPrice, kRevenue, kFees, kEarnings, kOrderedSale}),
                  DayOrder::MonthFirst,
                  {}};
  if (const auto found = amazon_currency(table, amount, tag, reading.mark, options))
    reading.currency = *found;
  const bool american = reading.currency.text() == "USD";
  reading.order = table.day_order(kDay, american ? DayOrder::MonthFirst : DayOrder::DayFirst);
  return reading;
}

/// A summary that is no money: counts only.
Result<ReportFile, ReportError> read_counts(const ReportSource& source,
                                            const ReportOptions& options) {
  FieldTable table(source, kFields);
  const Field key = table.has(kTag) ? kTag : table.has(kOrderTag) ? kOrderTag : kKind;
  table.drop_totals_rows(key);
  const Field amount = table.has(kFees) ? kFees : kPrice;
  const std::optional<std::size_t> tag =
      key == kKind ? std::nullopt : std::optional<std::size_t>(key);
  const Reading reading = read_shape(source, table, amount, tag, options);
  std::vector<ReportTotal> totals;
  ReportFile file =
      read_rows(source, options, table,
                [&](const FieldRow& given, RowReader& reader) -> std::optional<CommissionRow> {
                  ReportTotal total = read_total(given, reader, reading);
                  if (!reader.error()) totals.push_back(std::move(total));
                  return std::nullopt;
                });
  file.totals = std::move(totals);
  set_range(file, source.table.title);
  return file;
}

/// A line of the pages of 2026: shipped less returned.
CommissionRow read_earnings(const FieldRow& given, RowReader& reader, const Reading& reading) {
  CommissionRow row;
  row.precision = TimePrecision::Day;
  row.status = CommissionStatus::Approved;
  row.currency = reading.currency;
  row.product = given[kAsin].text;
  row.sale_micro = reader.amount_if_given(given[kShippedSale], reading.mark) -
                   reader.amount_if_given(given[kReturnedSale], reading.mark);
  row.commission_micro = reader.amount(given[kEarnings], reading.mark);
  row.quantity =
      reader.count(given[kShipped], reading.mark) - reader.count(given[kReturned], reading.mark);
  return row;
}

using FillRow = std::function<void(CommissionRow&, const FieldRow&, RowReader&)>;

/// The rows as money beside their counts. `fill` sets the row's day and identity.
ReportFile read_aggregate(const ReportSource& source, const ReportOptions& options,
                          FieldTable& table, const Reading& reading, const FillRow& fill) {
  std::vector<ReportTotal> totals;
  Ordinals ordinals;
  ReportFile file =
      read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
        CommissionRow row = read_earnings(given, reader, reading);
        fill(row, given, reader);
        ReportTotal total = read_total(given, reader, reading);
        if (!reader.error()) {
          ordinals.number(row.identity);
          totals.push_back(std::move(total));
        }
        return std::optional(std::move(row));
      });
  file.totals = std::move(totals);
  file.aggregate_of = kDetailed;
  return file;
}

/// The report names no days: they come from its title or from the owner, and its rows are booked on
/// the last.
Result<ReportFile, ReportError> read_by_tag(const ReportSource& source,
                                            const ReportOptions& options) {
  ReportFile days = empty_file(*source.layout);
  set_range(days, source.table.title);
  if (options.from_day && options.to_day) {
    days.from_day = options.from_day;
    days.to_day = options.to_day;
  }
  if (!days.from_day || !days.to_day || *days.from_day > *days.to_day)
    return std::unexpected(ReportError{
        ReportError::Kind::RangeNeeded,
        "an Amazon Earnings by Tracking ID report names no days: say the first and "
        "the last one that it was downloaded for, as in --from 2026-03-01 --to 2026-03-31"});
  FieldTable table(source, kFields);
  table.drop_totals_rows(kTag);
  const Reading reading = read_shape(source, table, kEarnings, kTag, options);
  if (reading.currency == Currency{}) return ask_for_currency(*source.layout);
  const std::int64_t last_ms = *days.to_day * kDayMs;
  ReportFile file = read_aggregate(
      source, options, table, reading,
      [&](CommissionRow& row, const FieldRow& given, RowReader& reader) {
        const std::string tag = reader.required(given[kTag]);
        row.event_at_ms = last_ms;
        row.tag = known_tag(tag);
        row.identity =
            Fingerprint(kEarningsByTag[0]).add(tag).add(*days.from_day).add(*days.to_day).hex();
      });
  file.from_day = days.from_day;
  file.to_day = days.to_day;
  return file;
}

/// A line per day and product that was linked to; no tracking id, so only clicks can tell the
/// article.
Result<ReportFile, ReportError> read_linked_products(const ReportSource& source,
                                                     const ReportOptions& options) {
  FieldTable table(source, kFields);
  table.drop_totals_rows(kDay);
  const Reading reading = read_shape(source, table, kEarnings, std::nullopt, options);
  if (reading.currency == Currency{}) return ask_for_currency(*source.layout);
  return read_aggregate(
      source, options, table, reading,
      [&](CommissionRow& row, const FieldRow& given, RowReader& reader) {
        row.event_at_ms = reader.day_ms(given[kDay], reading.order);
        row.identity = Fingerprint("linked-products").add(row.event_at_ms).add(row.product).hex();
      });
}

constexpr auto kTable = LayoutForm::Table;
constexpr auto kSeen = LayoutCertainty::Seen;
constexpr auto kByRange = RowIdentity::ByRange;
constexpr std::array<ReportLayout, 5> kLayouts{{
    {"amazon", "fee-orders", "Amazon Fee-Orders", kTable, kSeen, kByRange, kFeeOrders, read_counts},
    {"amazon", "earnings-by-tracking-id", "Amazon Earnings by Tracking ID", kTable, kSeen, kByRange,
     kEarningsByTag, read_by_tag},
    {"amazon", "linked-products", "Amazon Linked Products", kTable, kSeen, kByRange,
     kLinkedProducts, read_linked_products},
    {"amazon", "fee-linktype", "Amazon Fee-LinkType", kTable, kSeen, kByRange, kFeeLinkType,
     read_counts},
    {"amazon", "fee-tracking", "Amazon Fee-Tracking", kTable, kSeen, kByRange, kFeeTracking,
     read_counts},
}};

}  // namespace

std::span<const ReportLayout> amazon_summary_layouts() { return kLayouts; }

}  // namespace candor::networks
