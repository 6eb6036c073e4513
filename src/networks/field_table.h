#pragma once
// The records of a report, table or not, with the values that a network's reader asks for.
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "networks/report_date.h"
#include "networks/report_layout.h"
#include "networks/report_table.h"
#include "networks/row_reader.h"

namespace candor::networks {

/// Values by the order of `fields`: plain names of columns, or paths of records. The source
/// outlives the table. For one thread at a time.
class FieldTable {
 public:
  FieldTable(const ReportSource& source, std::span<const std::string_view> fields);

  std::size_t size() const {
    return is_records_ ? source_.list.records.size() : table_.rows.size();
  }
  /// Trimmed; empty where the report has no such value. Views of the report, or of this table.
  Cell cell(std::size_t row, std::size_t field) const;
  bool has(std::size_t field) const;  ///< whether the table has the column
  std::string_view header(std::size_t field) const;
  /// The row as a person counts it: a spreadsheet's line, or the place in a list.
  std::int64_t number(std::size_t row) const;

  /// Rows that could not be cut into cells.
  std::vector<RowError>& errors() { return table_.errors; }

  /// Each amount that can be read with one mark only is a vote for it.
  DecimalMark decimal_mark(std::initializer_list<std::size_t> fields) const;
  DayOrder day_order(std::size_t field, DayOrder otherwise) const;

  /// Rows that sum up the others ("Total", nothing in `key`) are no rows.
  void drop_totals_rows(std::size_t key);

 private:
  const ReportSource& source_;
  std::span<const std::string_view> fields_;
  bool is_records_;
  /// Of a row of the table, as it stands.
  std::string_view text_of(std::size_t row, std::size_t column) const;
  bool is_total(std::size_t row, std::size_t key_column) const;

  TextTable table_;
  std::vector<std::optional<std::size_t>> columns_;  ///< of a table, by field
  // The row that was cut last: its cells are asked for one after the other.
  mutable std::size_t cut_row_ = SIZE_MAX;
  mutable std::vector<std::string_view> cut_;
};

struct FieldRow {
  const FieldTable& table;
  std::size_t row;
  Cell operator[](std::size_t field) const { return table.cell(row, field); }
  /// The first of the fields that holds something.
  std::string_view first_of(std::initializer_list<std::size_t> fields) const;
};

/// Reads one row; what it could not read, `reader` remembers. Nothing: the row is no commission.
using RowFunction = std::function<std::optional<CommissionRow>(const FieldRow&, RowReader& reader)>;

/// Good rows beside bad ones, named by the source's layout and with the days they speak of. Rows
/// get the account of the options.
ReportFile read_rows(const ReportSource& source, const ReportOptions& options, FieldTable& table,
                     const RowFunction& read_row);

/// A report whose every record is a commission, whatever the others hold.
Result<ReportFile, ReportError> read_each(const ReportSource& source, const ReportOptions& options,
                                          std::span<const std::string_view> fields,
                                          CommissionRow (*read_row)(const FieldRow&, RowReader&));

/// A file of the source's layout without rows.
ReportFile empty_file(const ReportLayout& layout);

/// "an Awin transactions CSV names no currency: say which one it was exported in"
std::unexpected<ReportError> ask_for_currency(const ReportLayout& layout);

}  // namespace candor::networks
