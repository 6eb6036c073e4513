// Sources: Awin, "Request types" of transaction notifications (developer.awin.com, read 2026-11);
// impact.com, "Event notification postbacks" (help.impact.com, read 2026-11); ClickBank, "Instant
// Notification Service" (support.clickbank.com, read 2026-11). Partnerize's parameters are named as
// in its API; what its macros are called was not found.
#include "networks/postback.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "networks/clickbank.h"
#include "networks/report_layout.h"
#include "networks/row_reader.h"

namespace candor::networks {
namespace {

using enum ColumnRole;

constexpr auto kAwin = std::to_array<PostbackParameter>({
    {Id, "transactionId", "!!!transactionId!!!"},
    {Date, "transactionDate", "!!!transactionDate!!!"},
    {Commission, "commission", "!!!commission!!!"},
    {Sale, "transactionAmount", "!!!transactionAmount!!!"},
    {Currency, "transactionCurrency", "!!!transactionCurrency!!!"},
    {SubId, "clickRef", "!!!clickRef!!!"},
    {SubId, "clickRef2", "!!!clickRef2!!!"},
    {SubId, "clickRef3", "!!!clickRef3!!!"},
    {SubId, "clickRef4", "!!!clickRef4!!!"},
    {SubId, "clickRef5", "!!!clickRef5!!!"},
    {SubId, "clickRef6", "!!!clickRef6!!!"},
    {Merchant, "merchantId", "!!!merchantId!!!"},
    {ClickDate, "clickThroughTime", "!!!clickThroughTime!!!"},
    {ClickDate, "clickTime", ""},
    {Page, "url", ""},
});

constexpr std::string_view kIntendedPayout = "intended_payout";
constexpr std::string_view kIntendedAmount = "intended_amount";
constexpr auto kImpact = std::to_array<PostbackParameter>({
    {Id, "action_id", "{ActionId}"},
    {Status, "status", "{Status}"},
    {Date, "event_date", "{EventDate}"},
    {Commission, "payout", "{Payout}"},
    {Commission, kIntendedPayout, "{IntendedPayout}"},
    {Sale, "amount", "{Amount}"},
    {Sale, kIntendedAmount, "{IntendedAmount}"},
    {Currency, "currency", "{Currency}"},
    {Merchant, "campaign_name", "{CampaignName}"},
    {Order, "oid", "{Oid}"},
    {SubId, "sub_id_1", "{SubId1}"},
    {SubId, "sub_id_2", "{SubId2}"},
    {SubId, "sub_id_3", "{SubId3}"},
    {SubId, "shared_id", "{SharedId}"},
    {PostedDate, "creation_date", "{CreationDate}"},
});

constexpr auto kPartnerize = std::to_array<PostbackParameter>({
    {Id, "conversion_id", "{conversion_id}"},
    {Status, "conversion_status", "{conversion_status}"},
    {Date, "conversion_time", "{conversion_time}"},
    {Commission, "publisher_commission", "{publisher_commission}"},
    {Sale, "value", "{value}"},
    {Currency, "currency", "{currency}"},
    {Merchant, "campaign_title", ""},
    {Merchant, "campaign_id", "{campaign_id}"},
    {Order, "conversion_reference", "{conversion_reference}"},
    {SubId, "publisher_reference", "{publisher_reference}"},
});

constexpr std::string_view kKind = "transactionType";
constexpr auto kClickBank = std::to_array<PostbackParameter>({
    {Id, "receipt", ""},
    {Status, kKind, ""},
    {Date, "transactionTime", ""},
    {Commission, "totalAccountAmount", ""},
    {Sale, "totalOrderAmount", ""},
    {Currency, "currency", ""},
    {Merchant, "vendor", ""},
    {Product, "lineItems.0.itemNo", ""},
    {SubId, "trackingCodes.0", ""},
    {SubId, "trackingId", ""},
});

constexpr auto kGeneral = std::to_array<PostbackParameter>({
    {Id, "id", "{id}"},
    {Date, "date", "{date}"},
    {Commission, "commission", "{payout}"},
    {Sale, "sale", "{sale amount}"},
    {Currency, "currency", "{currency}"},
    {Status, "status", "{status}"},
    {SubId, "sub_id", "{sub id}"},
    {Merchant, "merchant", "{advertiser}"},
    {Product, "product", "{product}"},
    {Order, "order_id", "{order id}"},
    {Quantity, "quantity", ""},
    {ClickDate, "click_date", ""},
    {PostedDate, "posted_date", ""},
    {Page, "referring_url", ""},
    {Tag, "tag", ""},
});

constexpr std::array<PostbackLayout, 5> kLayouts{
    {{"awin", "Toolbox > Transaction Notifications", LayoutCertainty::Documented, kAwin},
     {"impact", "Settings > Event Notifications > Action Lifecycle", LayoutCertainty::Documented,
      kImpact},
     {"partnerize", "its postbacks", LayoutCertainty::Inferred, kPartnerize},
     {"clickbank", "Vendor Settings > My Site > Instant Notification URL",
      LayoutCertainty::Documented, kClickBank},
     {"", "its postback URL", LayoutCertainty::Inferred, kGeneral}}};

/// A macro that the network knows no value for may come as it stands.
bool is_macro(std::string_view text) {
  return (text.starts_with('{') && text.ends_with('}')) ||
         (text.starts_with("!!!") && text.ends_with("!!!")) ||
         (text.starts_with('[') && text.ends_with(']'));
}

/// The request's values by what they mean.
class Given {
 public:
  Given(const PostbackLayout& layout, const PostbackValues& values, const PostbackOptions& options)
      : layout_(layout), values_(values), options_(options) {}

  Cell named(std::string_view name) const {
    for (const auto& [each, text] : values_)
      if (same_column(each, name))
        return {name, is_macro(ascii::trim(text)) ? std::string_view() : ascii::trim(text)};
    return {name, {}};
  }
  /// The first that holds something; empty, with the first name, when none does.
  Cell operator[](ColumnRole role) const {
    Cell first;
    if (const auto own = options_.names.find(role); own != options_.names.end()) {
      first = named(own->second);
      if (!first.text.empty()) return first;
    }
    for (const PostbackParameter& each : layout_.parameters) {
      if (each.role != role || each.name == kIntendedPayout || each.name == kIntendedAmount)
        continue;
      const Cell cell = named(each.name);
      if (!cell.text.empty()) return cell;
      if (first.column.empty()) first = cell;
    }
    return first;
  }

 private:
  const PostbackLayout& layout_;
  const PostbackValues& values_;
  const PostbackOptions& options_;
};

/// A date of any form, or seconds or milliseconds since 1970.
RowReader::Moment moment(RowReader& reader, Cell cell) {
  constexpr std::int64_t kMilliseconds = 100'000'000'000;
  std::int64_t number = 0;
  const std::string_view text = cell.text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && text.size() >= 9 && number > 0)
    return {number >= kMilliseconds ? number : number * 1000, TimePrecision::Second};
  return reader.moment(cell, DayOrder::MonthFirst, ReportZone::Utc);
}

CommissionStatus status_of(RowReader& reader, Cell given) {
  if (given.text.empty()) return CommissionStatus::Pending;
  if (const auto status = usual_status(ascii::to_lower(given.text))) return *status;
  reader.fail(given, "not a status such as pending, approved, reversed or paid");
  return CommissionStatus::Pending;
}

/// A reversed action's payout is 0: the intended one is what it took back.
void finish_impact(CommissionRow& row, const Given& given, RowReader& reader) {
  if (row.status != CommissionStatus::Reversed) return;
  if (row.commission_micro == 0)
    row.commission_micro = reader.amount_if_given(given.named(kIntendedPayout), DecimalMark::Point);
  if (row.sale_micro == 0)
    row.sale_micro = reader.amount_if_given(given.named(kIntendedAmount), DecimalMark::Point);
}

void finish_clickbank(CommissionRow& row, std::string_view kind) {
  row.parent = row.order_id = row.identity;
  row.identity = clickbank_identity(row.parent, kind, row.product);
  if (!clickbank_takes_back(kind)) return;
  if (row.commission_micro > 0) row.commission_micro = -row.commission_micro;
  if (row.sale_micro > 0) row.sale_micro = -row.sale_micro;
  row.quantity = -1;
  row.posted_at_ms = row.event_at_ms;
}

/// Of ClickBank's notifications, the ones that money moves by.
bool moves_money(std::string_view kind) {
  constexpr std::array<std::string_view, 6> kKinds{"SALE", "JV_SALE", "BILL",
                                                   "RFND", "CGBK",    "INSF"};
  return std::ranges::find(kKinds, kind) != kKinds.end();
}

CommissionRow read_row(const Given& given, RowReader& reader, const PostbackOptions& options) {
  CommissionRow row;
  row.account = options.account;
  row.identity = reader.required(given[Id]);
  reader.required(given[Date]);
  const auto event = moment(reader, given[Date]);
  row.event_at_ms = event.at_ms;
  row.precision = event.precision;
  if (const Cell click = given[ClickDate]; !click.text.empty())
    if (const auto at = moment(reader, click); at.precision == TimePrecision::Second)
      row.click_at_ms = at.at_ms;
  if (const Cell posted = given[PostedDate]; !posted.text.empty())
    row.posted_at_ms = moment(reader, posted).at_ms;
  reader.required(given[Commission]);
  row.commission_micro = reader.amount(given[Commission], DecimalMark::Point);
  row.sale_micro = reader.amount_if_given(given[Sale], DecimalMark::Point);
  if (!given[Quantity].text.empty())
    row.quantity = reader.count(given[Quantity], DecimalMark::Point);
  row.currency = given[Currency].text.empty() && options.currency
                     ? *options.currency
                     : reader.currency(given[Currency]);
  row.sub_id = given[SubId].text;
  row.tag = given[Tag].text;
  row.product = given[Product].text;
  row.order_id = given[Order].text;
  row.merchant = given[Merchant].text;
  row.referring_url = given[Page].text;
  return row;
}

}  // namespace

const PostbackLayout& postback_layout(std::string_view network) {
  const auto found = std::ranges::find(kLayouts, network, &PostbackLayout::network);
  return found == kLayouts.end() ? kLayouts.back() : *found;
}

std::string postback_query(const PostbackLayout& layout) {
  std::string query;
  for (const PostbackParameter& each : layout.parameters) {
    if (each.macro.empty()) continue;
    if (!query.empty()) query += '&';
    query.append(each.name).append("=").append(each.macro);
  }
  return query;
}

Result<std::optional<CommissionRow>, PostbackError> read_postback(std::string_view network,
                                                                  const PostbackValues& values,
                                                                  const PostbackOptions& options) {
  const PostbackLayout& layout = postback_layout(network);
  const Given given(layout, values, options);
  RowReader reader(1);
  const bool is_clickbank = layout.network == "clickbank";
  const std::string kind(is_clickbank ? given.named(kKind).text : std::string_view());
  if (is_clickbank && !kind.empty() && !moves_money(kind)) return std::optional<CommissionRow>();
  CommissionRow row = read_row(given, reader, options);
  row.status = is_clickbank ? CommissionStatus::Approved : status_of(reader, given[Status]);
  if (layout.network == "impact") finish_impact(row, given, reader);
  if (is_clickbank) {
    reader.required(given.named(kKind));
    finish_clickbank(row, kind);
  }
  if (const auto& error = reader.error())
    return std::unexpected(PostbackError{
        error->column,
        error->text.empty() ? error->reason : error->reason + ": \"" + error->text + '"'});
  return std::optional(std::move(row));
}

}  // namespace candor::networks
