// Skimlinks: commissions of the reporting API.
//
// Identity is the commission id, amended in place. "active" waits (Pending) until it is paid, since
// merchants may still cancel it; "cancelled" is Reversed. Times without an offset are read as UTC.
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kEvent,
  kUpdated,
  kStatus,
  kPayment,
  kSale,
  kCommission,
  kCurrency,
  kItems,
  kMerchant,
  kMerchantId,
  kSubId,
  kClick
};
constexpr std::array<std::string_view, 13> kFields{"commission_id",
                                                   "transaction_details.transaction_date",
                                                   "transaction_details.last_updated",
                                                   "transaction_details.status",
                                                   "transaction_details.payment_status",
                                                   "transaction_details.basket.order_amount",
                                                   "transaction_details.basket.publisher_amount",
                                                   "transaction_details.basket.currency",
                                                   "transaction_details.basket.items",
                                                   "merchant_details.name",
                                                   "merchant_details.id",
                                                   "click_details.custom_id",
                                                   "click_details.date"};
constexpr std::array<std::string_view, 5> kApi{
    "commission_id", "transaction_details.transaction_date", "transaction_details.status",
    "transaction_details.basket.publisher_amount", "transaction_details.basket.currency"};

CommissionStatus read_status(RowReader& reader, Cell given, Cell payment) {
  const std::string status = ascii::to_lower(given.text);
  if (status == "cancelled" || status == "canceled") return CommissionStatus::Reversed;
  if (status != "active") reader.fail(given, "not one of active and cancelled");
  return ascii::equals_ignoring_case(payment.text, "paid") ? CommissionStatus::Paid
                                                           : CommissionStatus::Pending;
}

CommissionRow read_row(const FieldRow& given, RowReader& reader) {
  constexpr auto kOrder = DayOrder::DayFirst;
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  const auto event = reader.moment(given[kEvent], kOrder, ReportZone::Utc);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = reader.click_ms(given[kClick], kOrder, ReportZone::Utc);
  row.posted_at_ms = reader.posted_ms(given[kUpdated], kOrder, ReportZone::Utc);
  row.status = read_status(reader, given[kStatus], given[kPayment]);
  row.currency = reader.currency(given[kCurrency]);
  row.sale_micro = reader.amount_if_given(given[kSale], DecimalMark::Point);
  row.commission_micro = reader.amount(given[kCommission], DecimalMark::Point);
  if (!given[kItems].text.empty()) row.quantity = reader.count(given[kItems], DecimalMark::Point);
  row.sub_id = given[kSubId].text;
  row.merchant = given.first_of({kMerchant, kMerchantId});
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  return read_each(source, options, kFields, read_row);
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"skimlinks", "commissions", "Skimlinks commissions", LayoutForm::Json,
      LayoutCertainty::Documented, RowIdentity::ById, kApi, read}}};

}  // namespace

std::span<const ReportLayout> skimlinks_layouts() { return kLayouts; }

}  // namespace candor::networks
