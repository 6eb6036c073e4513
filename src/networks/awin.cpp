// Awin: the transactions report, as the interface's CSV and as the API's JSON.
//
// Identity is Awin's transaction id, the same in both forms; a row is amended in place. Times are
// read as UTC. The CSV names no currency: an export is of one region and currency, so it comes from
// the options. Status: pending, approved, declined (Reversed); approved and paid is Paid.
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kStatus,
  kPaid,
  kSale,
  kCommission,
  kDate,
  kClickTime,
  kValidated,
  kOrder,
  kAdvertiser,
  kPage,
  kRef1,
  kRef2,
  kRef3,
  kRef4,
  kRef5,
  kRef6,
  kCurrency,
  kSaleCurrency
};
constexpr std::array<std::string_view, 17> kCsv{"id",
                                                "commission_status",
                                                "paid_to_publisher",
                                                "sale_amount",
                                                "commission",
                                                "date",
                                                "clickthroughtime",
                                                "validation_date",
                                                "order_ref",
                                                "advertiser_id",
                                                "publisher_url",
                                                "click_ref",
                                                "click_ref2",
                                                "click_ref3",
                                                "click_ref4",
                                                "click_ref5",
                                                "click_ref6"};
constexpr std::array<std::string_view, 19> kJson{"id",
                                                 "commissionStatus",
                                                 "paidToPublisher",
                                                 "saleAmount.amount",
                                                 "commissionAmount.amount",
                                                 "transactionDate",
                                                 "clickDate",
                                                 "validationDate",
                                                 "orderRef",
                                                 "advertiserId",
                                                 "publisherUrl",
                                                 "clickRefs.clickRef",
                                                 "clickRefs.clickRef2",
                                                 "clickRefs.clickRef3",
                                                 "clickRefs.clickRef4",
                                                 "clickRefs.clickRef5",
                                                 "clickRefs.clickRef6",
                                                 "commissionAmount.currency",
                                                 "saleAmount.currency"};

constexpr std::array<std::string_view, 38> kTransactions{"id",
                                                         "advertiser_id",
                                                         "sale_amount",
                                                         "commission",
                                                         "date",
                                                         "commission_status",
                                                         "validation_date",
                                                         "click_ref",
                                                         "type",
                                                         "site_name",
                                                         "url",
                                                         "decline_reason",
                                                         "clickthroughtime",
                                                         "voucher_code_used",
                                                         "lapse_time",
                                                         "amended",
                                                         "amend_reason",
                                                         "old_sale_amount",
                                                         "old_commission",
                                                         "different_currency",
                                                         "click_device",
                                                         "transaction_device",
                                                         "publisher_url",
                                                         "transaction_parts",
                                                         "customer_country",
                                                         "custom_parameters",
                                                         "paid_to_publisher",
                                                         "payment_status",
                                                         "payment_id",
                                                         "transaction_query_id",
                                                         "click_ref2",
                                                         "click_ref3",
                                                         "click_ref4",
                                                         "click_ref5",
                                                         "click_ref6",
                                                         "voucher_code",
                                                         "commission_sharing_publisher_id",
                                                         "commission_sharing_publisher"};
constexpr std::array<std::string_view, 3> kApi{"commissionStatus", "transactionDate",
                                               "commissionAmount.amount"};

/// Declined wins over paid: Awin takes back what it paid in a later payment.
CommissionStatus read_status(RowReader& reader, Cell given, Cell given_paid) {
  const std::string status = ascii::to_lower(given.text);
  const std::string paid = ascii::to_lower(given_paid.text);
  if (status == "declined") return CommissionStatus::Reversed;
  if (status == "pending") return CommissionStatus::Pending;
  if (status != "approved") reader.fail(given, "not one of pending, approved and declined");
  return paid == "yes" || paid == "true" ? CommissionStatus::Paid : CommissionStatus::Approved;
}

CommissionRow read_row(const FieldRow& given, RowReader& reader) {
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  row.event_at_ms = reader.time_ms(given[kDate]);
  row.click_at_ms = reader.time_ms_if_given(given[kClickTime]);
  row.posted_at_ms = reader.time_ms_if_given(given[kValidated]);
  row.status = read_status(reader, given[kStatus], given[kPaid]);
  row.sale_micro = reader.amount(given[kSale], DecimalMark::Point);
  row.commission_micro = reader.amount(given[kCommission], DecimalMark::Point);
  row.order_id = given[kOrder].text;
  row.merchant = given[kAdvertiser].text;
  row.referring_url = given[kPage].text;
  row.sub_id = given.first_of({kRef1, kRef2, kRef3, kRef4, kRef5, kRef6});
  return row;
}

/// A row has one currency for both of its amounts.
Currency read_currency(const FieldRow& given, RowReader& reader) {
  const Currency currency = reader.currency(given[kCurrency]);
  if (!reader.error() && find_currency(given[kSaleCurrency].text) != currency)
    reader.fail(given[kSaleCurrency],
                "not the currency of the commission, " + std::string(currency.text()));
  return currency;
}

Result<ReportFile, ReportError> read_csv(const ReportSource& source, const ReportOptions& options) {
  if (!options.currency) return ask_for_currency(*source.layout);
  FieldTable table(source, kCsv);
  table.drop_totals_rows(kDate);
  return read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
    CommissionRow row = read_row(given, reader);
    row.currency = *options.currency;
    return std::optional(std::move(row));
  });
}

Result<ReportFile, ReportError> read_json(const ReportSource& source,
                                          const ReportOptions& options) {
  FieldTable table(source, kJson);
  return read_rows(source, options, table, [](const FieldRow& given, RowReader& reader) {
    const Currency currency = read_currency(given, reader);
    CommissionRow row = read_row(given, reader);
    row.currency = currency;
    return std::optional(std::move(row));
  });
}

constexpr std::array<ReportLayout, 2> kLayouts{
    {{"awin", "transactions", "Awin transactions", LayoutForm::Table, LayoutCertainty::Seen,
      RowIdentity::ById, kTransactions, read_csv},
     {"awin", "transactions", "Awin transactions", LayoutForm::Json, LayoutCertainty::Documented,
      RowIdentity::ById, kApi, read_json}}};

}  // namespace

std::span<const ReportLayout> awin_layouts() { return kLayouts; }

}  // namespace candor::networks
