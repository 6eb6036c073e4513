#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/articles_report.h"
#include "report/text_width.h"

namespace candor::report {
namespace {

constexpr std::size_t kColumns = 15;
using Cells = std::array<std::string, kColumns>;

// Words stand left, numbers right.
constexpr std::array<bool, kColumns> kRightAligned{false, true, true, true, true, true,  true, true,
                                                   true,  true, true, true, true, false, false};

void append_row(std::vector<Cells>& lines, const ArticleRow& row) {
  const std::string path = printable(row.path);
  const std::string disclosure = printable(row.disclosure);
  const std::string views = row.views ? std::to_string(*row.views) : "n/a";
  // Tenths of a percent are thousands of millionths.
  const std::optional<std::int64_t> ratio = row.ctr_micro();
  const std::int64_t tenths = (ratio.value_or(0) + 500) / 1000;
  const std::string ctr = ratio ? fmt::format("{}.{}%", tenths / 10, tenths % 10) : "n/a";
  if (row.revenue.empty())
    lines.push_back({path, std::to_string(row.clicks), std::to_string(row.gross_clicks), views, ctr,
                     "-", "-", "-", "-", "-", "-", "-", "n/a", "", disclosure});
  bool first = true;
  for (const RevenueLine& line : row.revenue) {
    const auto amount = [&](CommissionStatus status) {
      return format_amount(line.micro_by_status[static_cast<std::size_t>(status)], line.currency);
    };
    const std::optional<std::int64_t> epc = row.epc_micro(line);
    const std::optional<std::int64_t> rpm = row.rpm_micro(line.currency);
    lines.push_back({first ? path : "", first ? std::to_string(row.clicks) : "",
                     first ? std::to_string(row.gross_clicks) : "", first ? views : "",
                     first ? ctr : "", std::to_string(line.orders),
                     amount(CommissionStatus::Pending), amount(CommissionStatus::Approved),
                     amount(CommissionStatus::Reversed), amount(CommissionStatus::Paid),
                     format_amount(line.earned_micro(), line.currency),
                     epc ? format_amount(*epc, line.currency) : "n/a",
                     rpm ? format_amount(*rpm, line.currency) : "n/a",
                     std::string(line.currency.text()), first ? disclosure : ""});
    first = false;
  }
}

std::string render(const std::vector<Cells>& lines, std::size_t rule_before) {
  std::array<std::size_t, kColumns> widths{};
  for (const Cells& cells : lines)
    for (std::size_t i = 0; i < kColumns; ++i)
      widths[i] = std::max(widths[i], text_width(cells[i]));
  std::size_t full = 2 * (kColumns - 1);
  for (std::size_t width : widths) full += width;

  std::string out;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    if (n == 1 || n == rule_before) out += std::string(full, '-') + '\n';
    std::string text;
    for (std::size_t i = 0; i < kColumns; ++i) {
      const std::string padding(widths[i] - text_width(lines[n][i]), ' ');
      if (i > 0) text += "  ";
      text += kRightAligned[i] ? padding + lines[n][i] : lines[n][i] + padding;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + '\n';
  }
  return out;
}

}  // namespace

std::string to_table(const ArticlesReport& report) {
  std::vector<Cells> lines{{"Article", "Clicks", "Gross", "Views", "CTR", "Orders", "Pending",
                            "Approved", "Reversed", "Paid", "Earned", "EPC", "RPM", "Currency",
                            "Disclosure"}};
  for (const ArticleRow& row : report.rows) append_row(lines, row);
  const std::size_t rule_before = lines.size();
  append_row(lines, report.unattributed);
  append_row(lines, report.total);

  std::string out =
      "Revenue per article, " + report.from_day + " to " + report.to_day + " (" + report.zone + ")";
  if (!report.as_of.empty()) out += ", money as known on " + report.as_of;
  if (report.demo) out += " - DEMO DATA";
  out += "\n\n" + render(lines, rule_before) + '\n';
  out +=
      "Clicks: human, not repeated. Gross: all clicks. Earned = pending + approved + paid. "
      "EPC = earned per click.\n"
      "Views: by people, told by the pages. CTR = clicks per view. RPM = earned per 1,000 views.\n";
  out += report.balanced
             ? "Attributed + unattributed = imported, exactly.\n"
             : "DOES NOT BALANCE: attributed + unattributed differs from what was imported.\n";
  return out;
}

}  // namespace candor::report
