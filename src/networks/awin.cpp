#include "networks/awin.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/json_records.h"
#include "networks/report_range.h"
#include "networks/report_table.h"
#include "networks/row_reader.h"

namespace candor::networks {
namespace {

constexpr std::size_t kClickRefs = 6;

/// One transaction in either form.
struct Transaction {
  Cell id, status, paid, sale, commission, date, click_time, validation_date, order, advertiser,
      referring_page;
  std::array<Cell, kClickRefs> click_refs;
};

/// Declined wins over paid: Awin takes back what it paid in a later payment.
CommissionStatus read_status(RowReader& reader, const Transaction& given) {
  const std::string status = ascii::to_lower(ascii::trim(given.status.text));
  const std::string paid = ascii::to_lower(ascii::trim(given.paid.text));
  if (status == "declined") return CommissionStatus::Reversed;
  if (status == "pending") return CommissionStatus::Pending;
  if (status != "approved") reader.fail(given.status, "not one of pending, approved and declined");
  return paid == "yes" || paid == "true" ? CommissionStatus::Paid : CommissionStatus::Approved;
}

Result<CommissionRow, RowError> read_transaction(const Transaction& given, RowReader reader,
                                                 Currency currency, const std::string& account) {
  CommissionRow row;
  row.identity = reader.required(given.id);
  row.account = account;
  row.event_at_ms = reader.time_ms(given.date);
  row.click_at_ms = reader.time_ms_if_given(given.click_time);
  row.posted_at_ms = reader.time_ms_if_given(given.validation_date);
  row.order_id = ascii::trim(given.order.text);
  row.status = read_status(reader, given);
  row.currency = currency;
  row.sale_micro = reader.amount(given.sale, DecimalMark::Point);
  row.commission_micro = reader.amount(given.commission, DecimalMark::Point);
  row.merchant = ascii::trim(given.advertiser.text);
  row.referring_url = ascii::trim(given.referring_page.text);
  for (const Cell& each : given.click_refs)
    if (row.sub_id.empty()) row.sub_id = ascii::trim(each.text);
  if (reader.error()) return std::unexpected(*reader.error());
  return row;
}

void keep(ReportFile& file, Result<CommissionRow, RowError> row) {
  if (row)
    file.rows.push_back(std::move(*row));
  else
    file.errors.push_back(std::move(row.error()));
}

struct Columns {
  std::size_t id, status, paid, sale, commission, date, click_time, validation_date, advertiser,
      referring_page;
  std::array<std::size_t, kClickRefs> click_refs;
};

Columns find_columns(const RecognisedTable& found) {
  const auto at = [&](std::string_view name) { return found.find_column(name).value(); };
  return {at("id"),
          at("commission_status"),
          at("paid_to_publisher"),
          at("sale_amount"),
          at("commission"),
          at("date"),
          at("clickthroughtime"),
          at("validation_date"),
          at("advertiser_id"),
          at("publisher_url"),
          {at("click_ref"), at("click_ref2"), at("click_ref3"), at("click_ref4"), at("click_ref5"),
           at("click_ref6")}};
}

Transaction transaction_of(const JsonRecord& record) {
  const auto cell = [&](std::string_view path) { return Cell{path, record.find(path)}; };
  return {cell("id"),
          cell("commissionStatus"),
          cell("paidToPublisher"),
          cell("saleAmount.amount"),
          cell("commissionAmount.amount"),
          cell("transactionDate"),
          cell("clickDate"),
          cell("validationDate"),
          cell("orderRef"),
          cell("advertiserId"),
          cell("publisherUrl"),
          {cell("clickRefs.clickRef"), cell("clickRefs.clickRef2"), cell("clickRefs.clickRef3"),
           cell("clickRefs.clickRef4"), cell("clickRefs.clickRef5"), cell("clickRefs.clickRef6")}};
}

Result<CommissionRow, RowError> read_record(const JsonRecord& record, std::int64_t number,
                                            const std::string& account) {
  RowReader reader(number);
  const Cell code{"commissionAmount.currency", record.find("commissionAmount.currency")};
  const Cell sale_code{"saleAmount.currency", record.find("saleAmount.currency")};
  const auto currency = find_currency(code.text);
  if (!currency) reader.fail(code, "not a currency");
  // A row has one currency for both of its amounts.
  if (currency && find_currency(sale_code.text) != currency)
    reader.fail(sale_code, "not the currency of the commission, " + std::string(currency->text()));
  return read_transaction(transaction_of(record), reader, currency.value_or(Currency{}), account);
}

}  // namespace

Result<ReportFile, ReportError> read_awin_csv(const RecognisedTable& found,
                                              const ReportOptions& options) {
  if (!options.currency)
    return std::unexpected(ReportError{
        ReportError::Kind::CurrencyNeeded,
        "an Awin transactions CSV names no currency: say which one it was exported in (for example "
        "GBP)"});
  Table table =
      read_table(found.body, found.delimiter, found.header.size(), found.first_body_number);
  const Columns columns = find_columns(found);
  ReportFile file;
  file.network = "awin";
  file.report = "transactions";
  file.errors = std::move(table.errors);
  for (const TableRow& row : table.rows) {
    const auto cell = [&](std::size_t column) {
      return Cell{found.header[column], row.cells[column]};
    };
    Transaction given{cell(columns.id),         cell(columns.status),          cell(columns.paid),
                      cell(columns.sale),       cell(columns.commission),      cell(columns.date),
                      cell(columns.click_time), cell(columns.validation_date), {},
                      cell(columns.advertiser), cell(columns.referring_page),  {}};
    std::ranges::transform(columns.click_refs, given.click_refs.begin(), cell);
    keep(file, read_transaction(given, RowReader(row.number), *options.currency, options.account));
  }
  std::ranges::stable_sort(file.errors, {}, &RowError::row);
  set_range(file, {});
  return file;
}

Result<ReportFile, ReportError> read_awin_json(std::string_view text,
                                               const ReportOptions& options) {
  const auto fail = [](ReportError::Kind kind, std::string message) {
    return std::unexpected(ReportError{kind, std::move(message)});
  };
  const auto records = read_json_records(text);
  if (!records) return fail(ReportError::Kind::UnknownLayout, records.error());
  // Awin's API answers days without transactions with an empty list, which names no network.
  if (records->empty() && options.network != "awin")
    return fail(ReportError::Kind::Empty, "the JSON list is empty");
  const auto is_awins = [](const JsonRecord& record) {
    return !record.find("commissionStatus").empty() && !record.find("transactionDate").empty() &&
           !record.find("commissionAmount.amount").empty();
  };
  if (!records->empty() && std::ranges::none_of(*records, is_awins))
    return fail(ReportError::Kind::UnknownLayout,
                "no known report has these JSON names; the nearest is Awin transactions, with "
                "commissionStatus, transactionDate and commissionAmount");
  ReportFile file;
  file.network = "awin";
  file.report = "transactions";
  file.certainty = LayoutCertainty::Documented;
  std::int64_t number = 0;
  for (const JsonRecord& record : *records)
    keep(file, read_record(record, ++number, options.account));
  set_range(file, {});
  return file;
}

}  // namespace candor::networks
