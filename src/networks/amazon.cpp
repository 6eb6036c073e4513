#include "networks/amazon.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/ascii.h"
#include "networks/report_range.h"
#include "networks/report_table.h"
#include "networks/row_reader.h"

namespace candor::networks {
namespace {

struct Columns {
  std::size_t asin, seller, tag, day, price, shipped, returned, sale, commission, device;
  std::optional<std::size_t> direct;
};

Columns find_columns(const RecognisedTable& found) {
  const auto at = [&](std::string_view name) { return found.find_column(name).value(); };
  Columns columns{at("asin"),
                  at("seller"),
                  at("tracking id"),
                  at("date shipped"),
                  at("price"),
                  at("items shipped"),
                  at("returns"),
                  at("revenue"),
                  at("ad fees"),
                  at("device type group"),
                  found.find_column("direct")};
  if (!columns.direct) columns.direct = found.find_column("direct sale");
  return columns;
}

/// What stands in brackets behind a header: "$" of "Ad Fees($)".
std::string_view bracketed(std::string_view header) {
  header = ascii::trim(header);
  const std::size_t open = header.rfind('(');
  if (open == std::string_view::npos || !header.ends_with(')')) return {};
  return ascii::trim(header.substr(open + 1, header.size() - open - 2));
}

/// The end of every tracking id names the region of its account: "-20" North America, "-21" Europe
/// and India, "-22" the Far East. Empty when the rows do not agree.
std::string_view common_tag_end(const Table& table, const Columns& columns) {
  std::string_view common;
  for (const TableRow& row : table.rows) {
    const std::string_view tag = ascii::trim(row.cells[columns.tag]);
    const std::size_t dash = tag.rfind('-');
    if (dash == std::string_view::npos) continue;
    if (!common.empty() && common != tag.substr(dash)) return {};
    common = tag.substr(dash);
  }
  return common;
}

bool counts_in_dollars(Currency currency) {
  constexpr std::array<std::string_view, 5> kDollars{"USD", "CAD", "AUD", "SGD", "MXN"};
  return std::ranges::find(kDollars, currency.text()) != kDollars.end();
}

/// The header's own currency is believed first; "$" alone is the US dollar unless the owner says
/// which other. Without one the owner's word counts, then the region: the United Kingdom and the
/// euro countries share "-21" and are told apart by their decimal mark.
std::optional<Currency> currency_of(std::string_view sign, std::string_view tag_end,
                                    DecimalMark mark, const ReportOptions& options) {
  if (sign == "$") {
    const bool said = options.currency && counts_in_dollars(*options.currency);
    return said ? options.currency : find_currency("USD");
  }
  if (ascii::to_lower(sign) == "rs." || sign == "\xE2\x82\xB9") return find_currency("INR");
  if (sign == "\xC2\xA3") return find_currency("GBP");
  if (sign == "\xE2\x82\xAC") return find_currency("EUR");
  if (sign == "\xC2\xA5" || sign == "\xEF\xBF\xA5") return find_currency("JPY");
  if (const auto named = find_currency(sign)) return named;
  if (options.currency) return options.currency;
  if (tag_end == "-20") return find_currency("USD");
  if (tag_end == "-21") return find_currency(mark == DecimalMark::Comma ? "EUR" : "GBP");
  return std::nullopt;
}

/// Each amount that can be read with one mark only is a vote for it.
DecimalMark sniff_decimal_mark(const Table& table, const Columns& columns) {
  std::int64_t commas = 0;
  for (const TableRow& row : table.rows) {
    for (std::size_t column : {columns.price, columns.sale, columns.commission}) {
      const bool point = parse_micro_units(row.cells[column], DecimalMark::Point).has_value();
      const bool comma = parse_micro_units(row.cells[column], DecimalMark::Comma).has_value();
      commas += comma && !point ? 1 : point && !comma ? -1 : 0;
    }
  }
  return commas > 0 ? DecimalMark::Comma : DecimalMark::Point;
}

DayOrder day_order_of(const Table& table, const Columns& columns, Currency currency) {
  std::vector<std::string_view> dates;
  dates.reserve(table.rows.size());
  for (const TableRow& row : table.rows) dates.emplace_back(row.cells[columns.day]);
  if (const auto order = sniff_day_order(dates)) return *order;
  return currency.text() == "USD" ? DayOrder::MonthFirst : DayOrder::DayFirst;
}

/// The facts of a row in one spelling, hashed. The product's name and category are left out: Amazon
/// edits them between two downloads of the same days.
std::string fingerprint(const CommissionRow& row, std::int64_t price_micro, std::int64_t shipped,
                        std::int64_t returned, std::string_view device, std::string_view direct) {
  std::string facts = "fee-earnings";
  for (std::string_view text :
       {row.currency.text(), std::string_view(row.tag), std::string_view(row.product),
        std::string_view(row.merchant), device, direct}) {
    facts += '\x1F';
    facts += text;
  }
  for (std::int64_t number :
       {row.event_at_ms, price_micro, shipped, returned, row.sale_micro, row.commission_micro})
    facts += '\x1F' + std::to_string(number);
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(facts.data()),
                     facts.size(), nullptr, 0);
  std::string hex;
  for (unsigned char byte : hash)
    for (unsigned nibble : {unsigned{byte} >> 4U, unsigned{byte} & 0xFU})
      hex += "0123456789abcdef"[nibble];
  return hex;
}

/// What the whole file says about its rows.
struct Reading {
  const RecognisedTable& found;
  Columns columns;
  DecimalMark mark;
  DayOrder order;
  Currency currency;
  std::string account;
};

Result<CommissionRow, RowError> read_row(const TableRow& given, const Reading& reading) {
  const Columns& columns = reading.columns;
  const auto cell = [&](std::size_t column) {
    return Cell{reading.found.header[column], ascii::trim(given.cells[column])};
  };
  RowReader reader(given.number);
  CommissionRow row;
  row.account = reading.account;
  row.precision = TimePrecision::Day;
  row.status = CommissionStatus::Approved;
  row.currency = reading.currency;
  row.tag = reader.required(cell(columns.tag));
  row.event_at_ms = reader.day_ms(cell(columns.day), reading.order);
  const std::int64_t price = reader.amount(cell(columns.price), reading.mark);
  const std::int64_t shipped = reader.count(cell(columns.shipped), reading.mark);
  const std::int64_t returned = reader.count(cell(columns.returned), reading.mark);
  row.sale_micro = reader.amount(cell(columns.sale), reading.mark);
  row.commission_micro = reader.amount(cell(columns.commission), reading.mark);
  if (reader.error()) return std::unexpected(*reader.error());
  row.quantity = shipped - returned;
  row.product = cell(columns.asin).text;
  row.merchant = cell(columns.seller).text;
  row.identity = fingerprint(row, price, shipped, returned, cell(columns.device).text,
                             columns.direct ? cell(*columns.direct).text : std::string_view());
  return row;
}

}  // namespace

Result<ReportFile, ReportError> read_amazon_fee_earnings(const RecognisedTable& found,
                                                         const ReportOptions& options) {
  Table table =
      read_table(found.body, found.delimiter, found.header.size(), found.first_body_number);
  const Columns columns = find_columns(found);
  const DecimalMark mark = sniff_decimal_mark(table, columns);
  const std::optional<Currency> currency = currency_of(
      bracketed(found.header[columns.commission]), common_tag_end(table, columns), mark, options);
  if (!currency && !table.rows.empty())
    return std::unexpected(
        ReportError{ReportError::Kind::CurrencyNeeded,
                    "neither the header nor the tracking ids tell the currency of this Amazon "
                    "Fee-Earnings report: say it (for example JPY)"});

  ReportFile file;
  file.network = "amazon";
  file.report = "fee-earnings";
  file.identity = RowIdentity::ByRange;
  file.errors = std::move(table.errors);
  const Currency known = currency.value_or(Currency{});
  const Reading reading{found, columns,        mark, day_order_of(table, columns, known),
                        known, options.account};
  std::unordered_map<std::string, int> ordinals;
  for (const TableRow& given : table.rows) {
    auto row = read_row(given, reading);
    if (!row) {
      file.errors.push_back(std::move(row.error()));
      continue;
    }
    row->identity += '#' + std::to_string(++ordinals[row->identity]);
    file.rows.push_back(std::move(*row));
  }
  std::ranges::stable_sort(file.errors, {}, &RowError::row);
  set_range(file, found.title);
  return file;
}

}  // namespace candor::networks
