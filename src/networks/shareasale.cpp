// ShareASale: the activity report, separated by pipes. Its programmes moved to Awin; these are old
// files.
//
// Identity is the transaction id. Times are on the clocks of Chicago, amounts US dollars. Status:
// voided is Reversed, paid is Paid, locked is Approved, else Pending. A transaction that names
// another one (`referencetrans`) belongs to it.
#include <array>

#include "networks/all_layouts.h"
#include "networks/field_table.h"

namespace candor::networks {
namespace {

enum Field : std::size_t {
  kId,
  kMerchantId,
  kDate,
  kSale,
  kCommission,
  kVoided,
  kLocked,
  kSubId,
  kPage,
  kReversed,
  kClickDate,
  kClickTime,
  kSkus,
  kQuantities,
  kPaid,
  kMerchant,
  kReference
};
constexpr std::array<std::string_view, 17> kFields{
    "transid", "merchantid",   "transdate",  "transamount",          "commission",    "voided",
    "locked",  "affcomment",   "bannerpage", "reversaldate",         "clickdate",     "clicktime",
    "skulist", "quantitylist", "paiddate",   "merchantorganization", "referencetrans"};
constexpr std::array<std::string_view, 11> kActivity{
    "transid", "userid", "merchantid", "transdate",  "transamount", "commission",
    "voided",  "locked", "affcomment", "bannerpage", "clickdate"};

bool is_set(std::string_view flag) { return !flag.empty() && flag != "0"; }

CommissionStatus status_of(const FieldRow& given) {
  if (is_set(given[kVoided].text)) return CommissionStatus::Reversed;
  if (is_set(given[kPaid].text)) return CommissionStatus::Paid;
  return is_set(given[kLocked].text) ? CommissionStatus::Approved : CommissionStatus::Pending;
}

/// "1" or "1,2": one number per product; 1 when it says nothing.
std::int64_t read_quantity(RowReader& reader, Cell given) {
  std::int64_t quantity = 0;
  std::string_view rest = given.text;
  if (rest.empty()) return 1;
  while (true) {
    const std::size_t end = rest.find(',');
    quantity += reader.count({given.column, rest.substr(0, end)}, DecimalMark::Point);
    if (end == std::string_view::npos) return quantity;
    rest.remove_prefix(end + 1);
  }
}

std::optional<std::int64_t> read_click(const FieldRow& given, RowReader& reader) {
  if (given[kClickDate].text.empty() || given[kClickTime].text.empty()) return std::nullopt;
  const std::string both =
      std::string(given[kClickDate].text) + ' ' + std::string(given[kClickTime].text);
  return reader.click_ms({given[kClickDate].column, both}, DayOrder::MonthFirst,
                         ReportZone::Chicago);
}

CommissionRow read_row(const FieldRow& given, RowReader& reader) {
  const auto point = DecimalMark::Point;
  CommissionRow row;
  row.identity = reader.required(given[kId]);
  row.parent = given[kReference].text;
  const auto event = reader.moment(given[kDate], DayOrder::MonthFirst, ReportZone::Chicago);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  row.click_at_ms = read_click(given, reader);
  const Field posted = given[kReversed].text.empty() ? kPaid : kReversed;
  row.posted_at_ms = reader.posted_ms(given[posted], DayOrder::MonthFirst, ReportZone::Chicago);
  row.status = status_of(given);
  row.currency = *find_currency("USD");
  row.sale_micro = reader.amount(given[kSale], point);
  row.commission_micro = reader.amount(given[kCommission], point);
  row.quantity = read_quantity(reader, given[kQuantities]);
  row.sub_id = given[kSubId].text;
  row.product = given[kSkus].text;
  row.merchant = given.first_of({kMerchant, kMerchantId});
  row.referring_url = given[kPage].text;
  return row;
}

Result<ReportFile, ReportError> read(const ReportSource& source, const ReportOptions& options) {
  FieldTable table(source, kFields);
  table.drop_totals_rows(kDate);
  return read_rows(source, options, table, [](const FieldRow& given, RowReader& reader) {
    return std::optional(read_row(given, reader));
  });
}

constexpr std::array<ReportLayout, 1> kLayouts{
    {{"shareasale", "activity", "ShareASale activity", LayoutForm::Table,
      LayoutCertainty::Documented, RowIdentity::ById, kActivity, read}}};

}  // namespace

std::span<const ReportLayout> shareasale_layouts() { return kLayouts; }

}  // namespace candor::networks
