#include <fmt/format.h>

#include <initializer_list>

#include "report/articles_report.h"
#include "report/csv.h"

namespace candor::report {
namespace {

void append_line(std::string& csv, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (std::string_view field : fields) {
    if (!first) csv += ',';
    first = false;
    append_csv_field(csv, field);
  }
  csv += "\r\n";
}

void append_row(std::string& csv, const ArticleRow& row) {
  const std::string clicks = std::to_string(row.clicks);
  const std::string gross_clicks = std::to_string(row.gross_clicks);
  const std::string views = row.views ? std::to_string(*row.views) : "n/a";
  constexpr std::int64_t kMillion = 1'000'000;
  const std::optional<std::int64_t> ratio = row.ctr_micro();
  const std::string ctr =
      ratio ? fmt::format("{}.{:06}", *ratio / kMillion, *ratio % kMillion) : "n/a";
  if (row.revenue.empty())
    append_line(csv, {row.path, row.title, clicks, gross_clicks, row.disclosure, "", "", "", "", "",
                      "", "", "", views, ctr, "n/a"});
  for (const RevenueLine& line : row.revenue) {
    const auto amount = [&](CommissionStatus status) {
      return format_amount(line.micro_by_status[static_cast<std::size_t>(status)], line.currency);
    };
    const std::optional<std::int64_t> epc = row.epc_micro(line);
    const std::optional<std::int64_t> rpm = row.rpm_micro(line.currency);
    append_line(csv,
                {row.path, row.title, clicks, gross_clicks, row.disclosure, line.currency.text(),
                 amount(CommissionStatus::Pending), amount(CommissionStatus::Approved),
                 amount(CommissionStatus::Reversed), amount(CommissionStatus::Paid),
                 format_amount(line.earned_micro(), line.currency), std::to_string(line.orders),
                 epc ? format_amount(*epc, line.currency) : "", views, ctr,
                 rpm ? format_amount(*rpm, line.currency) : "n/a"});
  }
}

}  // namespace

std::string to_csv(const ArticlesReport& report) {
  std::string csv;
  append_line(csv,
              {"path", "title", "clicks", "gross_clicks", "disclosure", "currency", "pending",
               "approved", "reversed", "paid", "earned", "orders", "epc", "views", "ctr", "rpm"});
  for (const ArticleRow& row : report.rows) append_row(csv, row);
  append_row(csv, report.unattributed);
  append_row(csv, report.total);
  return csv;
}

}  // namespace candor::report
