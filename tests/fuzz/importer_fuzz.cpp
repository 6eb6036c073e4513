// Every network's reader below its own header: the first byte chooses a layout, the rest are its
// rows (of a table) or, line by line, the values of its names (of records).
#include <nlohmann/json.hpp>

#include "fuzz/fuzz_target.h"
#include "fuzz/report_rows.h"
#include "networks/all_layouts.h"
#include "networks/report_file.h"
#include "networks/report_table.h"
#include "networks/report_text.h"

namespace candor::fuzz {
namespace {

using networks::LayoutForm;
using networks::ReportLayout;

std::string table_of(const ReportLayout& layout, std::string_view rows) {
  std::string text;
  for (const std::string_view column : layout.columns) {
    if (!text.empty()) text += ',';
    text += column;
  }
  return text + '\n' + std::string(rows);
}

/// "a.b.0" -> "/a/b/0"
nlohmann::json::json_pointer pointer_of(std::string_view path) {
  std::string text = "/" + std::string(path);
  for (char& c : text)
    if (c == '.') c = '/';
  return nlohmann::json::json_pointer(text);
}

std::string records_of(const ReportLayout& layout, std::string_view lines) {
  nlohmann::json records = nlohmann::json::array();
  while (!lines.empty() && records.size() < 64) {
    nlohmann::json record = nlohmann::json::object();
    for (const std::string_view column : layout.columns) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      record[pointer_of(column)] = std::string(lines.substr(0, end));
      lines.remove_prefix(std::min(lines.size(), end + 1));
    }
    records.push_back(std::move(record));
  }
  return records.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string elements_of(const ReportLayout& layout, std::string_view lines) {
  std::string text = "<list>";
  while (!lines.empty()) {
    text += "<record>";
    for (const std::string_view column : layout.columns) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      text.append("<").append(column).append(">");
      for (const char c : lines.substr(0, end))
        if (c != '<' && c != '&' && c >= ' ') text += c;
      text.append("</").append(column).append(">");
      lines.remove_prefix(std::min(lines.size(), end + 1));
    }
    text += "</record>";
  }
  return text + "</list>";
}

std::string report_of(const ReportLayout& layout, std::string_view rest) {
  switch (layout.form) {
    case LayoutForm::Table:
      return table_of(layout, rest);
    case LayoutForm::Json:
      return records_of(layout, rest);
    case LayoutForm::Xml:
      break;
  }
  return elements_of(layout, rest);
}

/// Nothing where rows may be no commissions: tests, sums of others, counts.
std::optional<std::size_t> rows_told(const ReportLayout& layout, std::string_view report) {
  if (layout.form != LayoutForm::Table || layout.network == "clickbank") return std::nullopt;
  if (layout.network == "amazon" && layout.report != "fee-earnings") return std::nullopt;
  const auto text = networks::decode_report_text(report);
  if (!text) return std::nullopt;
  const auto table = networks::find_rows(std::string_view(*text).substr(text->find('\n') + 1), ',',
                                         layout.columns.size(), 2);
  const auto may_sum_up = [](std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t\v\f\r\n\",");
    return first != std::string_view::npos &&
           std::string_view("tTgGsS").find(line[first]) != std::string_view::npos;
  };
  for (const networks::TextRow& row : table.rows)
    if (may_sum_up(row.line)) return std::nullopt;
  for (const RowError& error : table.errors)
    if (may_sum_up(error.text)) return std::nullopt;
  return table.rows.size() + table.errors.size();
}

}  // namespace

void try_input(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto& layouts = networks::all_layouts();
  const ReportLayout& layout = *layouts[static_cast<unsigned char>(bytes[0]) % layouts.size()];
  const std::string report = report_of(layout, bytes.substr(1));
  networks::ReportOptions options;
  options.currency = find_currency("EUR");
  options.account = "12345";
  options.from_day = 20'000;
  options.to_day = 20'030;
  const auto file = networks::read_report(report, options);
  if (!file) {
    must_hold(!file.error().message.empty(), "an error says what is wrong");
    return;
  }
  check_rows(*file);
  for (const CommissionRow& row : file->rows)
    must_hold(row.account == options.account, "a row is of the account");
  if (const auto count = rows_told(layout, report);
      count && file->network == layout.network && file->report == layout.report)
    must_hold(file->rows.size() + file->errors.size() == *count, "each row is read, or an error");
  check_again(report, options, *file);
}

}  // namespace candor::fuzz
