// eBay Partner Network: the transaction detail report, as JSON or as a table of the same names.
//
// The same transaction comes again with each update, with what has changed in the delta columns: a
// row is one update, keyed by the transaction and the time of the update, its amounts are the
// deltas, and the transaction ties them together, so that a full reversal nets to 0 whatever the
// order of import. Within a file all updates of a transaction have the status of its last, and what
// a reversal takes back keeps the status that it takes it from. Times without an offset are on the
// clocks of Denver. No currency is named: the account's, as the owner says.
#include <array>
#include <unordered_map>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"
#include "networks/fingerprint.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kEvent,
  kUpdate,
  kClick,
  kStatus,
  kId,
  kCheckout,
  kSubId,
  kSite,
  kItem,
  kQuantity,
  kSales,
  kEarnings
};
// The columns of the table have the names of the JSON.
constexpr std::array<std::string_view, 12> kFields{
    "EventDate",     "UpdateDate",       "ClickTimestamp",
    "Status",        "EpnTransactionId", "EbayCheckoutTransactionId",
    "CustomId",      "CheckoutSite",     "ItemId",
    "DeltaQuantity", "DeltaSales",       "DeltaEarnings"};
constexpr std::array<std::string_view, 7> kNames{"EventDate",    "UpdateDate", "EpnTransactionId",
                                                 "Status",       "DeltaSales", "DeltaEarnings",
                                                 "DeltaQuantity"};
constexpr std::array<std::string_view, 7> kColumns{"eventdate",    "updatedate", "epntransactionid",
                                                   "status",       "deltasales", "deltaearnings",
                                                   "deltaquantity"};

CommissionStatus read_status(RowReader& reader, Cell given) {
  const std::string status = ascii::to_lower(given.text);
  if (status == "pending") return CommissionStatus::Pending;
  if (status == "reversed") return CommissionStatus::Reversed;
  if (status != "approved") reader.fail(given, "not one of pending, approved and reversed");
  return CommissionStatus::Approved;
}

CommissionRow read_row(const FieldRow& given, RowReader& reader, DecimalMark mark) {
  constexpr auto kDenver = ReportZone::Denver;
  CommissionRow row;
  row.parent = reader.required(given[kId]);
  const auto event = reader.moment(given[kEvent], DayOrder::MonthFirst, kDenver);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = reader.click_ms(given[kClick], DayOrder::MonthFirst, kDenver);
  row.posted_at_ms = reader.moment(given[kUpdate], DayOrder::MonthFirst, kDenver).at_ms;
  row.identity = row.parent + '@' + std::to_string(*row.posted_at_ms);
  row.status = read_status(reader, given[kStatus]);
  row.sale_micro = reader.amount(given[kSales], mark);
  row.commission_micro = reader.amount(given[kEarnings], mark);
  row.quantity = reader.count(given[kQuantity], mark);
  row.sub_id = given[kSubId].text;
  row.product = given[kItem].text;
  row.merchant = given[kSite].text;
  row.order_id = given[kCheckout].text;
  return row;
}

/// The status of each transaction's last update that is no reversal.
void settle(std::vector<CommissionRow>& rows) {
  struct Last {
    std::int64_t at_ms;
    CommissionStatus status;
  };
  std::unordered_map<std::string, Last> last;
  for (const CommissionRow& row : rows) {
    if (row.status == CommissionStatus::Reversed) continue;
    const std::int64_t at_ms = row.posted_at_ms.value_or(0);
    const auto [at, is_new] = last.try_emplace(row.parent, Last{at_ms, row.status});
    if (!is_new && at_ms >= at->second.at_ms) at->second = {at_ms, row.status};
  }
  for (CommissionRow& row : rows) {
    const auto at = last.find(row.parent);
    row.status = at == last.end() ? CommissionStatus::Approved : at->second.status;
  }
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  if (!options.currency) return ask_for_currency(*source.layout);
  FieldTable table(source, kFields);
  table.drop_totals_rows(kEvent);
  const DecimalMark mark = table.decimal_mark({kSales, kEarnings});
  ReportFile file =
      read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
        CommissionRow row = read_row(given, reader, mark);
        row.currency = *options.currency;
        return std::optional(std::move(row));
      });
  settle(file.rows);
  // Two updates of one moment are two.
  std::unordered_map<std::string, int> seen;
  for (CommissionRow& row : file.rows)
    if (const int count = ++seen[row.identity]; count > 1)
      row.identity += '#' + std::to_string(count);
  return file;
}

constexpr std::array<ReportLayout, 2> kLayouts{
    {{"ebay", "transaction-detail", "eBay transaction detail", LayoutForm::Json,
      LayoutCertainty::Documented, RowIdentity::ById, kNames, read},
     {"ebay", "transaction-detail", "eBay transaction detail", LayoutForm::Table,
      LayoutCertainty::Documented, RowIdentity::ById, kColumns, read}}};

}  // namespace

std::span<const ReportLayout> ebay_layouts() { return kLayouts; }

}  // namespace candor::networks
