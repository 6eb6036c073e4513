// CJ: commissions of the GraphQL API (`publisherCommissions`), and a table of the members' site.
//
// Identity is the commission id. A correction is a record of its own with a negative amount and the
// same original action id, which all records of one action share. Times are UTC. Amounts are US
// dollars, which every record has, unless the owner says the currency of the account: then those in
// it are read. The table's column names follow the API's; no export of it was met.
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kAction,
  kStatus,
  kAdvertiser,
  kAdvertiserId,
  kClick,
  kEvent,
  kPosted,
  kOrder,
  kSubId,
  kCommissionUsd,
  kCommissionOwn,
  kSaleUsd,
  kSaleOwn,
  kSku,
  kSecondSku,
  kQuantity
};
constexpr std::array<std::string_view, 17> kJson{"commissionId",
                                                 "originalActionId",
                                                 "actionStatus",
                                                 "advertiserName",
                                                 "advertiserId",
                                                 "clickDate",
                                                 "eventDate",
                                                 "postingDate",
                                                 "orderId",
                                                 "shopperId",
                                                 "pubCommissionAmountUsd",
                                                 "pubCommissionAmountPubCurrency",
                                                 "saleAmountUsd",
                                                 "saleAmountPubCurrency",
                                                 "items.0.sku",
                                                 "items.1.sku",
                                                 "items.0.quantity"};
constexpr std::array<std::string_view, 17> kCsv{"commission id",
                                                "original action id",
                                                "action status",
                                                "advertiser name",
                                                "advertiser id",
                                                "click date",
                                                "event date",
                                                "posting date",
                                                "order id",
                                                "shopper id",
                                                "publisher commission usd",
                                                "publisher commission pub currency",
                                                "sale amount usd",
                                                "sale amount pub currency",
                                                "sku",
                                                "",
                                                "quantity"};
constexpr std::array<std::string_view, 5> kApi{"commissionId", "originalActionId", "actionStatus",
                                               "eventDate", "pubCommissionAmountUsd"};
constexpr std::array<std::string_view, 6> kTable{
    "commission id", "original action id",       "action status",
    "event date",    "publisher commission usd", "sale amount usd"};

CommissionStatus read_status(RowReader& reader, Cell given) {
  const std::string status = ascii::to_lower(given.text);
  if (status == "new" || status == "extended") return CommissionStatus::Pending;
  if (status == "closed") return CommissionStatus::Paid;
  if (status != "locked") reader.fail(given, "not one of new, extended, locked and closed");
  return CommissionStatus::Approved;
}

CommissionRow read_row(const FieldRow& given, RowReader& reader, DecimalMark mark,
                       std::optional<Currency> own) {
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  row.parent = given[kAction].text;
  const auto event = reader.moment(given[kEvent], DayOrder::MonthFirst, ReportZone::Utc);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = reader.click_ms(given[kClick], DayOrder::MonthFirst, ReportZone::Utc);
  row.posted_at_ms = reader.posted_ms(given[kPosted], DayOrder::MonthFirst, ReportZone::Utc);
  row.status = read_status(reader, given[kStatus]);
  const bool in_dollars = !own || own->text() == "USD";
  row.currency = in_dollars ? *find_currency("USD") : *own;
  row.commission_micro = reader.amount(given[in_dollars ? kCommissionUsd : kCommissionOwn], mark);
  row.sale_micro = reader.amount_if_given(given[in_dollars ? kSaleUsd : kSaleOwn], mark);
  if (row.commission_micro < 0) row.quantity = -1;
  // One kind of product only: of several, no one earned the commission.
  if (given[kSecondSku].text.empty()) {
    row.product = given[kSku].text;
    if (!given[kQuantity].text.empty()) {
      const std::int64_t count = reader.count(given[kQuantity], mark);
      row.quantity = row.commission_micro < 0 && count > 0 ? -count : count;
    }
  }
  row.order_id = given[kOrder].text;
  // "0" is no sub-id at CJ: links without one return it.
  if (given[kSubId].text != "0") row.sub_id = given[kSubId].text;
  row.merchant = given.first_of({kAdvertiser, kAdvertiserId});
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  const bool is_table = source.layout->form == LayoutForm::Table;
  FieldTable table(source, is_table ? std::span<const std::string_view>(kCsv) : kJson);
  table.drop_totals_rows(kEvent);
  const DecimalMark mark =
      is_table ? table.decimal_mark({kCommissionUsd, kSaleUsd}) : DecimalMark::Point;
  const auto own = table.has(kCommissionOwn) ? options.currency : std::nullopt;
  return read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
    return std::optional(read_row(given, reader, mark, own));
  });
}

constexpr std::array<ReportLayout, 2> kLayouts{
    {{"cj", "commissions", "CJ commissions", LayoutForm::Json, LayoutCertainty::Documented,
      RowIdentity::ById, kApi, read},
     {"cj", "commissions", "CJ commissions", LayoutForm::Table, LayoutCertainty::Inferred,
      RowIdentity::ById, kTable, read}}};

}  // namespace

std::span<const ReportLayout> cj_layouts() { return kLayouts; }

}  // namespace candor::networks
