#include "app/touch_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "app/output.h"
#include "attribution/instant.h"
#include "base/ascii.h"
#include "networks/report_table.h"
#include "networks/report_text.h"
#include "networks/row_reader.h"

namespace candor::app {
namespace {

using networks::Cell;
using networks::RowReader;

/// The cells of one row by their columns, and the row's first error.
class Record {
 public:
  Record(const networks::TableRow& row, std::span<const std::string_view> columns,
         std::span<const std::size_t> places)
      : row_(row), columns_(columns), places_(places), reader_(row.number) {}

  std::string text(std::size_t column) { return reader_.required(cell(column)); }
  std::int64_t at_us(std::size_t column) {
    if (const auto us = attribution::parse_instant_us(cell(column).text)) return *us;
    fail(column, "not a time with a zone as 2026-03-02T10:11:12Z (RFC 3339)");
    return 0;
  }
  std::int64_t micro(std::size_t column) {
    return reader_.amount(cell(column), DecimalMark::Point);
  }
  Currency currency(std::size_t column) {
    if (const auto found = find_currency(ascii::trim(cell(column).text))) return *found;
    fail(column, "not a currency code as EUR (ISO 4217)");
    return {};
  }
  void fail(std::size_t column, std::string reason) {
    reader_.fail(cell(column), std::move(reason));
  }
  const std::optional<RowError>& error() const { return reader_.error(); }

 private:
  Cell cell(std::size_t column) const { return {columns_[column], row_.cells[places_[column]]}; }

  const networks::TableRow& row_;
  std::span<const std::string_view> columns_;
  std::span<const std::size_t> places_;
  RowReader reader_;
};

std::vector<std::size_t> find_columns(const std::string& file,
                                      const std::vector<std::string>& header,
                                      std::span<const std::string_view> columns) {
  std::vector<std::size_t> places;
  for (std::string_view column : columns) {
    const auto found = std::ranges::find_if(header, [&](const std::string& name) {
      return ascii::equals_ignoring_case(ascii::trim(name), column);
    });
    if (found == header.end())
      throw std::runtime_error(fmt::format("{}:1: the column \"{}\" is missing; the header is {}",
                                           safe_text(file), column, fmt::join(columns, ",")));
    places.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  return places;
}

/// `columns` begins with "id"; `read` makes a row of a record.
template <class Row, class Read>
RowsOfFile<Row> read_rows(const std::string& file, std::string_view bytes,
                          std::span<const std::string_view> columns, Read read) {
  const auto text = networks::decode_report_text(bytes);
  if (!text) throw std::runtime_error(safe_text(file) + ": " + text.error().message);
  const std::size_t header_end = std::min(text->find('\n'), text->size());
  const auto header =
      networks::read_header_cells(std::string_view(*text).substr(0, header_end), ',');
  const std::vector<std::size_t> places = find_columns(file, header, columns);
  networks::Table table =
      networks::read_table(std::string_view(*text).substr(std::min(header_end + 1, text->size())),
                           ',', header.size(), 2);

  RowsOfFile<Row> answer{{}, std::move(table.errors)};
  std::unordered_map<std::string, std::int64_t> row_of_id;
  for (const networks::TableRow& row : table.rows) {
    Record record(row, columns, places);
    const std::string id = record.text(0);
    Row value = read(record);
    if (!record.error())
      if (const auto [at, is_new] = row_of_id.try_emplace(id, row.number); !is_new)
        record.fail(0, fmt::format("the id is that of row {} too", at->second));
    if (record.error())
      answer.errors.push_back(*record.error());
    else
      answer.rows.push_back(std::move(value));
  }
  std::ranges::stable_sort(answer.errors, {}, &RowError::row);
  return answer;
}

}  // namespace

RowsOfFile<attribution::Touch> read_touches(const std::string& file, std::string_view bytes) {
  constexpr std::string_view kColumns[]{"id", "visitor", "article", "at"};
  return read_rows<attribution::Touch>(file, bytes, kColumns, [](Record& record) {
    return attribution::Touch{record.text(1), record.text(2), record.at_us(3)};
  });
}

RowsOfFile<attribution::Conversion> read_conversions(const std::string& file,
                                                     std::string_view bytes) {
  constexpr std::string_view kColumns[]{"id", "visitor", "at", "amount", "currency"};
  return read_rows<attribution::Conversion>(file, bytes, kColumns, [](Record& record) {
    return attribution::Conversion{
        record.text(1), record.at_us(2), {record.micro(3), record.currency(4)}};
  });
}

}  // namespace candor::app
