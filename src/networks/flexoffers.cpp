// FlexOffers: the "all sales" report of the API.
//
// Identity is the sale's id, amended in place. Times are EST. A bonus is approved; what is not
// commissionable never earned and counts as reversed.
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kProgram,
  kProgramId,
  kSub,
  kSub1,
  kSub2,
  kSub3,
  kSub4,
  kSub5,
  kClick,
  kEvent,
  kModified,
  kStatus,
  kCurrency,
  kSale,
  kMerchantValue,
  kCommission
};
constexpr std::array<std::string_view, 17> kFields{
    "legacyId",    "programName", "programId",  "subTracking",   "subId1",    "subId2",
    "subId3",      "subId4",      "subId5",     "clickDate",     "eventDate", "modifiedDate",
    "orderStatus", "currency",    "saleAmount", "merchantValue", "commission"};
constexpr std::array<std::string_view, 5> kApi{"legacyId", "programId", "eventDate", "orderStatus",
                                               "commission"};

CommissionStatus read_status(RowReader& reader, Cell given) {
  const std::string status = ascii::to_lower(given.text);
  if (status == "pending") return CommissionStatus::Pending;
  if (status == "approved" || status == "bonus") return CommissionStatus::Approved;
  if (status != "cancelled" && status != "canceled" && status != "non-commissionable")
    reader.fail(given, "not one of pending, approved, bonus, cancelled and non-commissionable");
  return CommissionStatus::Reversed;
}

CommissionRow read_row(const FieldRow& given, RowReader& reader) {
  constexpr auto kDays = DayOrder::MonthFirst;
  constexpr auto kZone = ReportZone::Eastern;
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  const auto event = reader.moment(given[kEvent], kDays, kZone);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = reader.click_ms(given[kClick], kDays, kZone);
  row.posted_at_ms = reader.posted_ms(given[kModified], kDays, kZone);
  row.status = read_status(reader, given[kStatus]);
  row.currency = reader.currency(given[kCurrency]);
  const Field sale = given[kSale].text.empty() ? kMerchantValue : kSale;
  row.sale_micro = reader.amount_if_given(given[sale], DecimalMark::Point);
  row.commission_micro = reader.amount(given[kCommission], DecimalMark::Point);
  row.sub_id = given.first_of({kSub, kSub1, kSub2, kSub3, kSub4, kSub5});
  row.merchant = given.first_of({kProgram, kProgramId});
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  return read_each(source, options, kFields, read_row);
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"flexoffers", "all-sales", "FlexOffers all sales", LayoutForm::Json,
      LayoutCertainty::Documented, RowIdentity::ById, kApi, read}}};

}  // namespace

std::span<const ReportLayout> flexoffers_layouts() { return kLayouts; }

}  // namespace candor::networks
