#pragma once
// The layouts of network reports that are known by their names, and the one that a report has.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "networks/record.h"
#include "networks/report_file.h"

namespace candor::networks {

struct ReportSource;

enum class LayoutForm : unsigned char { Table, Json, Xml };

struct ReportLayout {
  std::string_view network;
  std::string_view report;  ///< as in ReportFile
  std::string_view title;   ///< as people say it
  LayoutForm form = LayoutForm::Table;
  LayoutCertainty certainty = LayoutCertainty::Seen;
  RowIdentity identity = RowIdentity::ById;
  /// Plain names (see plain_column) of a table's columns, or paths of records; all needed.
  std::span<const std::string_view> columns;
  Result<ReportFile, ReportError> (*read)(const ReportSource&, const ReportOptions&) = nullptr;
  /// For a shape that names alone do not tell; else null.
  bool (*fits)(const RecordList&) = nullptr;
};

/// A header's name without case, outer space and what stands in brackets: "Ad Fees($)" is
/// "ad fees".
std::string plain_column(std::string_view header);

/// Whether both name one column: "Trans ID" and "transid", "action_id" and "Action Id".
bool same_column(std::string_view a, std::string_view b);

/// A text whose header was found; views of the text given.
struct RecognisedTable {
  const ReportLayout* layout = nullptr;
  char delimiter = ',';
  std::vector<std::string> header;     ///< as it stands
  std::string_view title;              ///< the lines above the header
  std::string_view body;               ///< what stands behind the header's line
  std::int64_t first_body_number = 2;  ///< 1-based number of the body's first line

  /// Where a plain column is; the layout's own columns are always there.
  std::optional<std::size_t> find_column(std::string_view plain_name) const;
};

/// A report whose layout is known, before its rows are read: a table, or records.
struct ReportSource {
  const ReportLayout* layout = nullptr;
  RecognisedTable table;  ///< LayoutForm::Table
  RecordList list;        ///< the others
};

/// Tries each delimiter on each of the first lines (a title may stand above the header). The error
/// names the nearest layout and the columns that are missing.
Result<RecognisedTable, ReportError> recognise_table(std::string_view text);

/// The layout whose paths the records have; the error names the nearest. Without records, that of
/// the network which was asked for.
Result<ReportSource, ReportError> recognise_records(RecordList list, LayoutForm form,
                                                    std::string_view network);

/// "Amazon Fee-Earnings, Awin transactions": the layouts that can be read.
std::string readable_layouts();

}  // namespace candor::networks
