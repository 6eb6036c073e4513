// Impact: actions of the API, and the "Action Listing" table; Walmart's programme runs here.
//
// Identity is the action id, amended in place. Times are UTC. Payouts have up to four decimals, and
// decimal commas occur. A reversed action's payout is 0 then: the intended one is what it took
// back. The table names no status, so its actions wait (Pending), and no currency unless it has
// that column; the order of its columns was never seen and does not matter.
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kStatus,
  kEvent,
  kClick,
  kPosted,
  kSale,
  kIntendedSale,
  kPayout,
  kIntendedPayout,
  kCurrency,
  kMerchant,
  kOrder,
  kSub1,
  kSub2,
  kSub3,
  kShared
};
constexpr std::array<std::string_view, 16> kJson{"Id",
                                                 "State",
                                                 "EventDate",
                                                 "ReferringDate",
                                                 "CreationDate",
                                                 "Amount",
                                                 "IntendedAmount",
                                                 "Payout",
                                                 "IntendedPayout",
                                                 "Currency",
                                                 "CampaignName",
                                                 "Oid",
                                                 "SubId1",
                                                 "SubId2",
                                                 "SubId3",
                                                 "SharedId"};
constexpr std::array<std::string_view, 16> kCsv{"action id",
                                                "status",
                                                "action date",
                                                "referral date",
                                                "creation date",
                                                "sale amount",
                                                "",
                                                "action earnings",
                                                "",
                                                "currency",
                                                "brand",
                                                "order id",
                                                "sub id 1",
                                                "sub id 2",
                                                "sub id 3",
                                                "shared id"};
constexpr std::array<std::string_view, 5> kApi{"Id", "State", "EventDate", "Payout", "Currency"};
constexpr std::array<std::string_view, 6> kListing{"brand",       "action id",       "action date",
                                                   "sale amount", "action earnings", "sub id 1"};

CommissionStatus read_status(RowReader& reader, Cell given) {
  const std::string status = ascii::to_lower(given.text);
  if (status == "approved") return CommissionStatus::Approved;
  if (status == "reversed" || status == "rejected") return CommissionStatus::Reversed;
  if (status == "paid") return CommissionStatus::Paid;
  if (!status.empty() && status != "pending" && status != "default")
    reader.fail(given, "not one of pending, approved and reversed");
  return CommissionStatus::Pending;
}

struct Reading {
  DecimalMark mark;
  DayOrder order;
  std::optional<Currency> currency;
};

CommissionRow read_row(const FieldRow& given, RowReader& reader, const Reading& reading) {
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  const auto event = reader.moment(given[kEvent], reading.order, ReportZone::Utc);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = reader.click_ms(given[kClick], reading.order, ReportZone::Utc);
  row.posted_at_ms = reader.posted_ms(given[kPosted], reading.order, ReportZone::Utc);
  row.status = read_status(reader, given[kStatus]);
  row.currency = reading.currency && given[kCurrency].text.empty()
                     ? *reading.currency
                     : reader.currency(given[kCurrency]);
  row.sale_micro = reader.amount_if_given(given[kSale], reading.mark);
  row.commission_micro = reader.amount(given[kPayout], reading.mark);
  if (row.status == CommissionStatus::Reversed) {
    if (row.commission_micro == 0)
      row.commission_micro = reader.amount_if_given(given[kIntendedPayout], reading.mark);
    if (row.sale_micro == 0)
      row.sale_micro = reader.amount_if_given(given[kIntendedSale], reading.mark);
  }
  row.order_id = given[kOrder].text;
  row.merchant = given[kMerchant].text;
  row.sub_id = given.first_of({kSub1, kSub2, kSub3, kShared});
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  const bool is_table = source.layout->form == LayoutForm::Table;
  FieldTable table(source, is_table ? std::span<const std::string_view>(kCsv) : kJson);
  table.drop_totals_rows(kEvent);
  if (is_table && !table.has(kCurrency) && !options.currency)
    return ask_for_currency(*source.layout);
  const Reading reading{table.decimal_mark({kSale, kPayout}),
                        table.day_order(kEvent, DayOrder::MonthFirst),
                        is_table ? options.currency : std::nullopt};
  return read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
    return std::optional(read_row(given, reader, reading));
  });
}

constexpr std::array<ReportLayout, 2> kLayouts{
    {{"impact", "actions", "Impact actions", LayoutForm::Json, LayoutCertainty::Documented,
      RowIdentity::ById, kApi, read},
     {"impact", "actions", "Impact actions", LayoutForm::Table, LayoutCertainty::Inferred,
      RowIdentity::ById, kListing, read}}};

}  // namespace

std::span<const ReportLayout> impact_layouts() { return kLayouts; }

}  // namespace candor::networks
