#include "networks/field_table.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "networks/mapping_table.h"
#include "networks/report_range.h"

namespace candor::networks {
namespace {

bool says_total(std::string_view cell) {
  constexpr std::array<std::string_view, 7> kTotals{"total",  "totals", "grand total", "sum",
                                                    "gesamt", "summe",  "totale"};
  std::string word = ascii::to_lower(ascii::trim(cell));
  if (word.ends_with(':')) word.pop_back();
  return std::ranges::find(kTotals, word) != kTotals.end();
}

template <class Cells>
bool begins_with_total(const Cells& cells) {
  const auto first =
      std::ranges::find_if(cells, [](std::string_view cell) { return !ascii::trim(cell).empty(); });
  return first != cells.end() && says_total(*first);
}

/// Quick: false for nearly every line that does not begin with a word of says_total().
bool may_begin_with_total(std::string_view line, char delimiter) {
  for (const char c : line)
    if (c != delimiter && c != '"' && !ascii::is_space(c))
      return std::string_view("tTgGsS").find(c) != std::string_view::npos;
  return false;
}

}  // namespace

FieldTable::FieldTable(const ReportSource& source, std::span<const std::string_view> fields)
    : source_(source), fields_(fields), is_records_(source.layout->form != LayoutForm::Table) {
  if (is_records_) return;
  const RecognisedTable& found = source.table;
  table_ = find_rows(found.body, found.delimiter, found.header.size(), found.first_body_number);
  columns_.reserve(fields.size());
  for (std::string_view field : fields)
    columns_.push_back(field.empty() ? std::nullopt : found.find_column(field));
}

Cell FieldTable::cell(std::size_t row, std::size_t field) const {
  if (is_records_)
    return {fields_[field], ascii::trim(source_.list.records[row].find(fields_[field]))};
  const auto column = columns_[field];
  if (!column) return {fields_[field], {}};
  return {source_.table.header[*column], ascii::trim(text_of(row, *column))};
}

std::string_view FieldTable::text_of(std::size_t row, std::size_t column) const {
  const TextRow& found = table_.rows[row];
  if (!found.cells.empty()) return found.cells[column];
  if (cut_row_ != row) {
    cut_line(found.line, source_.table.delimiter, source_.table.header.size(), cut_);
    cut_row_ = row;
  }
  return cut_[column];
}

bool FieldTable::has(std::size_t field) const {
  return is_records_ ? !fields_[field].empty() : columns_[field].has_value();
}

std::string_view FieldTable::header(std::size_t field) const {
  if (is_records_ || !columns_[field]) return {};
  return source_.table.header[*columns_[field]];
}

std::int64_t FieldTable::number(std::size_t row) const {
  return is_records_ ? static_cast<std::int64_t>(row) + 1 : table_.rows[row].number;
}

DecimalMark FieldTable::decimal_mark(std::initializer_list<std::size_t> fields) const {
  std::int64_t commas = 0;
  for (std::size_t row = 0; row < size(); ++row) {
    for (std::size_t field : fields) {
      const std::string_view text = without_currency(cell(row, field).text);
      if (text.find_first_of(".,") == std::string_view::npos) continue;
      const bool point = parse_micro_units(text, DecimalMark::Point).has_value();
      const bool comma = parse_micro_units(text, DecimalMark::Comma).has_value();
      commas += comma && !point ? 1 : point && !comma ? -1 : 0;
    }
  }
  return commas > 0 ? DecimalMark::Comma : DecimalMark::Point;
}

DayOrder FieldTable::day_order(std::size_t field, DayOrder otherwise) const {
  std::vector<std::string_view> dates;
  dates.reserve(size());
  for (std::size_t row = 0; row < size(); ++row) dates.push_back(cell(row, field).text);
  return sniff_day_order(dates).value_or(otherwise);
}

bool FieldTable::is_total(std::size_t row, std::size_t key_column) const {
  if (!may_begin_with_total(table_.rows[row].line, source_.table.delimiter)) return false;
  const std::string_view key = ascii::trim(text_of(row, key_column));
  if (!key.empty() && key != "-" && !says_total(key)) return false;
  const std::vector<std::string>& cells = table_.rows[row].cells;
  return cells.empty() ? begins_with_total(cut_) : begins_with_total(cells);
}

void FieldTable::drop_totals_rows(std::size_t key) {
  if (is_records_ || !columns_[key]) return;
  std::size_t kept = 0;
  for (std::size_t row = 0; row < table_.rows.size(); ++row) {
    if (is_total(row, *columns_[key])) continue;
    if (kept != row) table_.rows[kept] = std::move(table_.rows[row]);
    ++kept;
  }
  table_.rows.resize(kept);
  cut_row_ = SIZE_MAX;
  // A totals row may be shorter than the header.
  std::erase_if(table_.errors, [this](const RowError& error) {
    return begins_with_total(read_header_cells(error.text, source_.table.delimiter));
  });
}

std::string_view FieldRow::first_of(std::initializer_list<std::size_t> fields) const {
  for (std::size_t field : fields)
    if (const std::string_view text = (*this)[field].text; !text.empty()) return text;
  return {};
}

ReportFile empty_file(const ReportLayout& layout) {
  ReportFile file;
  file.network = layout.network;
  file.report = layout.report;
  file.certainty = layout.certainty;
  file.identity = layout.identity;
  return file;
}

ReportFile read_rows(const ReportSource& source, const ReportOptions& options, FieldTable& table,
                     const RowFunction& read_row) {
  ReportFile file = empty_file(*source.layout);
  file.errors = std::move(table.errors());
  file.rows.reserve(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    RowReader reader(table.number(i));
    std::optional<CommissionRow> row = read_row({table, i}, reader);
    if (reader.error()) {
      file.errors.push_back(*reader.error());
    } else if (row) {
      row->account = options.account;
      file.rows.push_back(std::move(*row));
    }
  }
  std::ranges::stable_sort(file.errors, {}, &RowError::row);
  set_range(file, source.table.title);
  return file;
}

Result<ReportFile, ReportError> read_each(const ReportSource& source, const ReportOptions& options,
                                          std::span<const std::string_view> fields,
                                          CommissionRow (*read_row)(const FieldRow&, RowReader&)) {
  FieldTable table(source, fields);
  return read_rows(source, options, table, [read_row](const FieldRow& given, RowReader& reader) {
    return std::optional(read_row(given, reader));
  });
}

std::unexpected<ReportError> ask_for_currency(const ReportLayout& layout) {
  return std::unexpected(ReportError{
      ReportError::Kind::CurrencyNeeded,
      "this " + std::string(layout.title) +
          " report names no currency: say which one it was exported in, as in --currency "
          "GBP"});
}

}  // namespace candor::networks
