// ClickBank: orders of the API's version 1.3, in XML.
//
// A refund or chargeback is a record of its own: its amount is taken negative, and the receipt ties
// it to its sale. Identity is receipt, kind and item. Tests are no commissions. Times without an
// offset are on the clocks of Los Angeles, amounts US dollars unless the record or the owner says
// otherwise. Which elements beside date, receipt, affi and amount there are is documented only in
// part.
#include "networks/clickbank.h"

#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kDate,
  kReceipt,
  kAmount,
  kKind,
  kTransactionType,
  kItem,
  kVendor,
  kCurrency,
  kTid,
  kTrackingId,
  kPromo
};
constexpr std::array<std::string_view, 11> kFields{
    "date",     "receipt", "amount",     "txnType", "transactionType", "item", "site",
    "currency", "tid",     "trackingId", "promo"};
constexpr std::array<std::string_view, 4> kOrders{"date", "receipt", "affi", "amount"};

std::optional<CommissionRow> read_row(const FieldRow& given, RowReader& reader,
                                      const ReportOptions& options) {
  std::string kind(given.first_of({kKind, kTransactionType}));
  if (kind.empty()) kind = "SALE";
  if (kind.starts_with("TEST")) return std::nullopt;
  CommissionRow row;
  row.parent = reader.required(given[kReceipt]);
  row.order_id = row.parent;
  row.identity = clickbank_identity(row.parent, kind, given[kItem].text);
  const auto event = reader.moment(given[kDate], DayOrder::MonthFirst, ReportZone::LosAngeles);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.status = CommissionStatus::Approved;
  row.currency = given[kCurrency].text.empty() ? options.currency.value_or(*find_currency("USD"))
                                               : reader.currency(given[kCurrency]);
  row.commission_micro = reader.amount(given[kAmount], DecimalMark::Point);
  if (clickbank_takes_back(kind)) {
    if (row.commission_micro > 0) row.commission_micro = -row.commission_micro;
    row.quantity = -1;
    row.posted_at_ms = row.event_at_ms;
  }
  row.sub_id = given.first_of({kTid, kTrackingId, kPromo});
  row.product = given[kItem].text;
  row.merchant = given[kVendor].text;
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  FieldTable table(source, kFields);
  return read_rows(source, options, table, [&](const FieldRow& given, RowReader& reader) {
    return read_row(given, reader, options);
  });
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"clickbank", "orders", "ClickBank orders", LayoutForm::Xml, LayoutCertainty::Inferred,
      RowIdentity::ById, kOrders, read}}};

}  // namespace

bool clickbank_takes_back(std::string_view kind) {
  return kind.starts_with("RFND") || kind.starts_with("CGBK") || kind.starts_with("CHARGEBACK");
}

std::string clickbank_identity(std::string_view receipt, std::string_view kind,
                               std::string_view item) {
  std::string identity(receipt);
  identity.append("/").append(kind);
  if (!item.empty()) identity.append("/").append(item);
  return identity;
}

std::span<const ReportLayout> clickbank_layouts() { return kLayouts; }

}  // namespace candor::networks
