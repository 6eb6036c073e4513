#include "networks/report_layout.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/report_table.h"

namespace candor::networks {
namespace {

using Names = std::string_view;

// Amazon's "Fee-*" downloads and the pages of 2026, and Awin's transactions, as importers of real
// exports check them. The report's title line is not looked at: its dates are month first in the
// US and day first elsewhere.
constexpr std::array<Names, 12> kFeeEarnings{
    "category", "name",          "asin",    "seller",  "tracking id", "date shipped",
    "price",    "items shipped", "returns", "revenue", "ad fees",     "device type group"};
constexpr std::array<Names, 8> kFeeOrders{"category", "name",  "asin",      "date",
                                          "qty",      "price", "link type", "tag"};
constexpr std::array<Names, 6> kFeeTracking{"tracking id",   "clicks",  "items ordered",
                                            "items shipped", "revenue", "ad fees"};
constexpr std::array<Names, 7> kFeeLinkType{"link type",  "clicks",          "items ordered",
                                            "conversion", "ordered revenue", "items shipped",
                                            "ad fees"};
constexpr std::array<Names, 12> kEarningsByTag{
    "tracking id",    "clicks",         "items ordered",          "ordered revenue",
    "items shipped",  "items returned", "items shipped revenue",  "items returned revenue",
    "total earnings", "bonus",          "items shipped earnings", "items returned earnings"};
constexpr std::array<Names, 8> kLinkedProducts{"date",
                                               "product title",
                                               "asin",
                                               "clicks",
                                               "indirect items ordered",
                                               "direct items ordered",
                                               "commission rate",
                                               "total earnings"};
constexpr std::array<Names, 38> kAwinTransactions{"id",
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

constexpr std::string_view kTakeFeeEarnings =
    "it has no line per commission: download the Fee-Earnings report of the same days";

constexpr std::array<ReportLayout, 7> kLayouts{{
    {"amazon", "fee-earnings", "Amazon Fee-Earnings", "", kFeeEarnings},
    {"awin", "transactions", "Awin transactions", "", kAwinTransactions},
    {"amazon", "fee-orders", "Amazon Fee-Orders",
     "it lists orders and not what they earned: download the Fee-Earnings report of the same days",
     kFeeOrders},
    {"amazon", "earnings-by-tracking-id", "Amazon Earnings by Tracking ID", kTakeFeeEarnings,
     kEarningsByTag},
    {"amazon", "linked-products", "Amazon Linked Products", kTakeFeeEarnings, kLinkedProducts},
    {"amazon", "fee-linktype", "Amazon Fee-LinkType", kTakeFeeEarnings, kFeeLinkType},
    {"amazon", "fee-tracking", "Amazon Fee-Tracking", kTakeFeeEarnings, kFeeTracking},
}};

constexpr std::array<char, 4> kDelimiters{',', '\t', ';', '|'};
constexpr int kHeaderLines = 5;
// Fewer shared columns than this are a coincidence ("date", "id").
constexpr std::size_t kNearColumns = 3;

struct Candidate {
  RecognisedTable table;
  std::size_t found = 0;
  bool complete() const { return table.layout && found == table.layout->columns.size(); }
};

bool better(const Candidate& a, const Candidate& b) {
  if (a.complete() != b.complete()) return a.complete();
  return a.found > b.found;
}

std::size_t count_found(std::span<const std::string_view> wanted,
                        const std::vector<std::string>& plain) {
  return static_cast<std::size_t>(std::ranges::count_if(wanted, [&](std::string_view name) {
    return std::ranges::find(plain, name) != plain.end();
  }));
}

/// The layout nearest to one line read with one delimiter.
Candidate judge(std::string_view line, char delimiter) {
  Candidate best;
  best.table.header = read_header_cells(line, delimiter);
  best.table.delimiter = delimiter;
  std::vector<std::string> plain;
  plain.reserve(best.table.header.size());
  for (const std::string& name : best.table.header) plain.push_back(plain_column(name));
  for (const ReportLayout& layout : kLayouts) {
    const std::size_t found = count_found(layout.columns, plain);
    const bool complete = found == layout.columns.size();
    if (complete == best.complete() ? found <= best.found : !complete) continue;
    best.table.layout = &layout;
    best.found = found;
  }
  return best;
}

std::string describe_missing(const Candidate& nearest) {
  if (nearest.found < kNearColumns)
    return "no known report has these columns; known are: " + readable_layouts();
  std::string missing;
  for (std::string_view name : nearest.table.layout->columns) {
    if (nearest.table.find_column(name)) continue;
    if (!missing.empty()) missing += ", ";
    missing += '"' + std::string(name) + '"';
  }
  return "the nearest known report is " + std::string(nearest.table.layout->title) +
         ", but these of its columns are missing: " + missing;
}

}  // namespace

std::string plain_column(std::string_view header) {
  header = ascii::trim(header);
  if (header.ends_with(')'))
    if (const std::size_t open = header.rfind('('); open != std::string_view::npos)
      header = ascii::trim(header.substr(0, open));
  return ascii::to_lower(header);
}

std::optional<std::size_t> RecognisedTable::find_column(std::string_view plain_name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (plain_column(header[i]) == plain_name) return i;
  return std::nullopt;
}

Result<RecognisedTable, ReportError> recognise_table(std::string_view text) {
  Candidate best;
  std::string_view rest = text;
  for (int number = 1; number <= kHeaderLines && !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    for (char delimiter : kDelimiters) {
      if (line.find(delimiter) == std::string_view::npos) continue;
      Candidate candidate = judge(line, delimiter);
      candidate.table.title = text.substr(0, static_cast<std::size_t>(line.data() - text.data()));
      candidate.table.body = rest;
      candidate.table.first_body_number = number + 1;
      if (better(candidate, best)) best = std::move(candidate);
    }
  }
  const auto unknown = [](std::string message) {
    return std::unexpected(ReportError{ReportError::Kind::UnknownLayout, std::move(message)});
  };
  if (!best.complete()) return unknown(describe_missing(best));
  if (!best.table.layout->instead.empty())
    return unknown("this is the report " + std::string(best.table.layout->title) + ": " +
                   std::string(best.table.layout->instead));
  return std::move(best.table);
}

std::string readable_layouts() {
  std::string names;
  for (const ReportLayout& layout : kLayouts) {
    if (!layout.instead.empty()) continue;
    if (!names.empty()) names += ", ";
    names += layout.title;
  }
  return names;
}

}  // namespace candor::networks
