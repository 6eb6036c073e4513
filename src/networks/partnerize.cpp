// Partnerize: conversions of the publisher API.
//
// Identity is the conversion id, amended in place. Times are UTC. A conversion whose items differ
// ("mixed") waits until all are decided.
#include <array>

#include "base/ascii.h"
#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kEvent,
  kSubId,
  kCurrency,
  kStatus,
  kSale,
  kCommission,
  kCampaign,
  kCampaignTitle,
  kOrder,
  kClick,
  kUpdated
};
constexpr std::array<std::string_view, 12> kFields{
    "conversion_data.conversion_id",
    "conversion_data.conversion_time",
    "conversion_data.publisher_reference",
    "conversion_data.currency",
    "conversion_data.conversion_value.conversion_status",
    "conversion_data.conversion_value.value",
    "conversion_data.conversion_value.publisher_commission",
    "conversion_data.campaign_id",
    "conversion_data.campaign_title",
    "conversion_data.conversion_reference",
    "conversion_data.click.set_time",
    "conversion_data.last_modified"};
constexpr std::array<std::string_view, 5> kApi{
    "conversion_data.conversion_id", "conversion_data.conversion_time", "conversion_data.currency",
    "conversion_data.conversion_value.conversion_status",
    "conversion_data.conversion_value.publisher_commission"};

CommissionStatus read_status(RowReader& reader, Cell given) {
  const std::string status = ascii::to_lower(given.text);
  if (status == "approved") return CommissionStatus::Approved;
  if (status == "rejected") return CommissionStatus::Reversed;
  if (status != "pending" && status != "mixed")
    reader.fail(given, "not one of pending, approved, mixed and rejected");
  return CommissionStatus::Pending;
}

CommissionRow read_row(const FieldRow& given, RowReader& reader) {
  constexpr auto kDays = DayOrder::DayFirst;
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  const auto event = reader.moment(given[kEvent], kDays, ReportZone::Utc);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = reader.click_ms(given[kClick], kDays, ReportZone::Utc);
  row.posted_at_ms = reader.posted_ms(given[kUpdated], kDays, ReportZone::Utc);
  row.status = read_status(reader, given[kStatus]);
  row.currency = reader.currency(given[kCurrency]);
  row.sale_micro = reader.amount_if_given(given[kSale], DecimalMark::Point);
  row.commission_micro = reader.amount(given[kCommission], DecimalMark::Point);
  row.order_id = given[kOrder].text;
  row.sub_id = given[kSubId].text;
  row.merchant = given.first_of({kCampaignTitle, kCampaign});
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  return read_each(source, options, kFields, read_row);
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"partnerize", "conversions", "Partnerize conversions", LayoutForm::Json,
      LayoutCertainty::Documented, RowIdentity::ById, kApi, read}}};

}  // namespace

std::span<const ReportLayout> partnerize_layouts() { return kLayouts; }

}  // namespace candor::networks
