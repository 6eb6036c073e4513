// The report as one page that needs nothing else: no script, no address, no font to load. Titles
// and paths are other people's words, so all text is escaped.
#include <fmt/format.h>

#include <algorithm>

#include "report/dimension_report.h"
#include "report/sheet.h"
#include "report/svg_chart.h"

namespace candor::report {
namespace {

constexpr std::size_t kMostRanked = 12;

constexpr std::string_view kStyle = R"(
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1a1d21; background: #fff; }
body { margin: 2rem auto; padding: 0 1rem; max-width: 78rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.demo, .wrong { background: #fff3c4; border: 1px solid #8a6d00; padding: .4rem .6rem; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .8rem; }
caption { text-align: left; padding-bottom: .4rem; color: #4a5058; }
th, td { padding: .25rem .5rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #dfe3e8; }
th:first-child, td.text, th.text { text-align: left; }
tbody th { font-weight: 400; min-width: 6.5rem; max-width: 22rem; overflow-wrap: anywhere; white-space: normal; }
thead th { border-bottom: 2px solid #1a1d21; vertical-align: bottom; }
tfoot th, tfoot td { border-top: 1px solid #1a1d21; font-weight: 600; }
figure { margin: 1rem 0; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: #1a1d21; } svg .end { text-anchor: end; }
svg .now { fill: #1f6f6b; } svg .before { stroke: #b5470b; stroke-width: 2; }
svg .grid { stroke: #dfe3e8; } svg .axis { stroke: #1a1d21; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; font-size: .85rem; }
dt { font-weight: 600; } dd { margin: 0; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { margin: 0; max-width: none; padding: 0; } .wide { overflow: visible; }
  table { font-size: 5.4pt; } th, td { padding: 1pt 1.5pt; } tbody th { min-width: 0; }
  td.text { white-space: normal; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  tr, figure { break-inside: avoid; } svg { max-height: 80mm; print-color-adjust: exact; }
}
)";

std::string table_row(const Sheet& sheet, const SheetLine& line) {
  std::string html = "<tr>";
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    const std::string text = escape_markup(text_of(line.cells[i]));
    if (i == 0)
      html += "<th scope=\"row\">" + text + "</th>";
    else
      html += sheet.columns[i].unit.empty() ? "<td class=\"text\">" + text + "</td>"
                                            : "<td>" + text + "</td>";
  }
  return html + "</tr>\n";
}

std::string table_html(const DimensionReport& report, const Sheet& sheet) {
  std::string html = "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Numbers\">\n";
  html += fmt::format("<table>\n<caption>{}, every number</caption>\n<thead><tr>",
                      escape_markup(title_of(report)));
  for (const ColumnInfo& column : sheet.columns)
    html += fmt::format("<th scope=\"col\"{}>{}</th>", column.unit.empty() ? " class=\"text\"" : "",
                        escape_markup(column.heading));
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
    if (i == sheet.summary_from) html += "</tbody>\n<tfoot>\n";
    html += table_row(sheet, sheet.lines[i]);
  }
  return html + "</tfoot>\n</table>\n</div>\n";
}

/// Bars of one number of each row: time as it went, else the largest first.
std::string figure_html(const DimensionReport& report, Chart chart,
                        std::int64_t (*value_of)(const Figures&, Currency)) {
  const Currency main = report.main_currency();
  std::vector<const ReportRow*> rows;
  for (const ReportRow& row : report.rows) rows.push_back(&row);
  const bool of_time = is_of_time(report.by);
  if (!of_time) {
    std::ranges::stable_sort(rows, [&](const ReportRow* a, const ReportRow* b) {
      return value_of(a->now, main) > value_of(b->now, main);
    });
    if (rows.size() > kMostRanked) {
      rows.resize(kMostRanked);
      chart.title += fmt::format(", the {} highest of {}", kMostRanked, report.rows.size());
    }
  }
  for (const ReportRow* row : rows) {
    ChartBar bar{.label = row->key, .value = value_of(row->now, main)};
    if (report.compare != Comparison::None) bar.before = value_of(row->before, main);
    chart.bars.push_back(std::move(bar));
  }
  if (report.compare == Comparison::None) chart.before_name.clear();
  return fmt::format("<figure>\n{}<figcaption>{}</figcaption>\n</figure>\n",
                     of_time ? column_chart(chart) : ranking_chart(chart),
                     escape_markup(chart.title));
}

std::int64_t earned_of(const Figures& figures, Currency currency) {
  const MoneyLine* line = figures.find(currency);
  return line ? line->earned_micro() : 0;
}

std::int64_t clicks_of(const Figures& figures, Currency) { return figures.clicks; }

std::string charts_html(const DimensionReport& report) {
  std::string html = "<h2>Charts</h2>\n";
  const Currency main = report.main_currency();
  if (!report.total.now.money.empty()) {
    Chart chart;
    chart.id = "earned";
    chart.title = fmt::format("Earned by {}, {}", name_of(report.by), main.text());
    chart.value_name = fmt::format("Earned, {}", main.text());
    chart.before_name = "Earned before";
    chart.text_of = [main](std::int64_t value) { return format_amount(value, main); };
    html += figure_html(report, std::move(chart), earned_of);
  }
  Chart clicks;
  clicks.id = "clicks";
  clicks.title = fmt::format("Human clicks by {}", name_of(report.by));
  clicks.value_name = "Human clicks";
  clicks.before_name = "Clicks before";
  clicks.text_of = [](std::int64_t value) { return std::to_string(value); };
  return html + figure_html(report, std::move(clicks), clicks_of);
}

std::string definitions_html(const Sheet& sheet) {
  std::string html = "<h2>Definitions</h2>\n<dl>\n";
  for (const ColumnInfo& column : sheet.columns)
    if (!column.definition.empty())
      html += fmt::format("<dt>{} ({})</dt><dd>{}</dd>\n", escape_markup(column.heading),
                          escape_markup(column.unit), escape_markup(column.definition));
  return html + "</dl>\n";
}

}  // namespace

std::string to_html(const DimensionReport& report) {
  const Sheet sheet = sheet_of(report);
  const std::string title = escape_markup(title_of(report));
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n"
      "<h1>{}</h1>\n",
      title, kStyle, title);
  if (!report.site.empty()) html += "<p>" + escape_markup(report.site) + "</p>\n";
  if (report.demo) html += "<p class=\"demo\">DEMO DATA: generated numbers.</p>\n";
  if (const std::string text = comparison_text(report); !text.empty())
    html += "<p>" + escape_markup(text) + "</p>\n";
  html += "<p>Data: " + escape_markup(completeness_text(report)) + ".</p>\n";
  for (const std::string& text : balance_texts(report))
    html += fmt::format("<p{}>{}</p>\n", report.balanced ? "" : " class=\"wrong\"",
                        escape_markup(text));
  html += charts_html(report);
  html += "<h2>Numbers</h2>\n" + table_html(report, sheet);
  return html + definitions_html(sheet) + "</main>\n</body>\n</html>\n";
}

}  // namespace candor::report
