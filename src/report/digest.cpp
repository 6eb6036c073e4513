#include "report/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/ascii.h"
#include "report/sheet.h"
#include "report/svg_chart.h"
#include "report/text_width.h"

namespace candor::report {
namespace {

/// The figures of the heading: a column, and the one that says how it changed.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kHeadline{
    {{"clicks", "clicks_change"},
     {"earned", "earned_change"},
     {"orders", ""},
     {"epc", ""},
     {"views", ""},
     {"rpm", ""},
     {"share_unattributed", ""}}};

struct HeadFigure {
  std::string name;    ///< "Earned, EUR"
  std::string value;   ///< "12.50"
  std::string change;  ///< "+4.5%" against the days before; empty: not said
};

std::size_t column_of(const Sheet& sheet, std::string_view key) {
  return static_cast<std::size_t>(std::ranges::find(sheet.columns, key, &ColumnInfo::key) -
                                  sheet.columns.begin());
}

std::string change_text(const Cell& cell) {
  if (cell.kind != CellKind::Share) return {};
  return (cell.value > 0 ? "+" : "") + text_of(cell);
}

/// Of the total: counts once, money a currency at a time.
std::vector<HeadFigure> head_figures(const DimensionReport& report) {
  const Sheet sheet = sheet_of(report);
  std::vector<HeadFigure> figures;
  const std::size_t currency = column_of(sheet, "currency");
  std::size_t total = sheet.lines.size() - 1;
  while (total > 0 && sheet.lines[total].continues) --total;
  for (std::size_t n = total; n < sheet.lines.size(); ++n) {
    const SheetLine& line = sheet.lines[n];
    for (const auto& [key, change] : kHeadline) {
      const std::size_t at = column_of(sheet, key);
      const Cell& cell = line.cells[at];
      if (cell.kind == CellKind::Blank || (line.continues && sheet.columns[at].of_row)) continue;
      HeadFigure figure{.name = sheet.columns[at].heading, .value = text_of(cell), .change = {}};
      if (!sheet.columns[at].of_row) figure.name += ", " + text_of(line.cells[currency]);
      const std::size_t changed = change.empty() ? sheet.columns.size() : column_of(sheet, change);
      if (changed < sheet.columns.size()) figure.change = change_text(line.cells[changed]);
      figures.push_back(std::move(figure));
    }
  }
  return figures;
}

/// The highest rows; sums and checks stay those of all rows.
DimensionReport shortened(const DimensionReport& report) {
  DimensionReport brief = report;
  if (brief.rows.size() > kDigestRows) brief.rows.resize(kDigestRows);
  return brief;
}

std::string rest_text(const DimensionReport& report) {
  return report.rows.size() <= kDigestRows
             ? std::string{}
             : fmt::format("{} of {} rows; all of them are in the attached file.", kDigestRows,
                           report.rows.size());
}

/// What is listed, and for each kind how many are not.
struct AlertList {
  std::vector<const Alert*> shown;
  std::vector<std::string> more;
};

AlertList listed(const std::vector<Alert>& alerts) {
  AlertList list;
  std::map<std::string, std::size_t> seen;
  for (const Alert& alert : alerts)
    if (++seen[alert.kind] <= kDigestAlerts) list.shown.push_back(&alert);
  for (const auto& [kind, count] : seen)
    if (count > kDigestAlerts)
      list.more.push_back(fmt::format("and {} more of {}", count - kDigestAlerts, kind));
  return list;
}

std::string alert_lines(const std::vector<Alert>& alerts) {
  const AlertList list = listed(alerts);
  std::string text;
  for (const Alert* alert : list.shown)
    text += fmt::format("- {}: {}\n  {}\n", alert->severity == "error" ? "Wrong" : "Look",
                        printable(alert->message), printable(alert->fix));
  for (const std::string& more : list.more) text += "- " + more + "\n";
  return text;
}

std::string alert_items(const std::vector<Alert>& alerts) {
  const AlertList list = listed(alerts);
  std::string html = "<ul>\n";
  for (const Alert* alert : list.shown)
    html += fmt::format("<li><strong>{}:</strong> {}<br>{}</li>\n",
                        alert->severity == "error" ? "Wrong" : "Look",
                        escape_markup(alert->message), escape_markup(alert->fix));
  for (const std::string& more : list.more) html += "<li>" + escape_markup(more) + "</li>\n";
  return html + "</ul>\n";
}

std::string document(const std::string& title, const std::string& body) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head><meta "
      "charset=\"utf-8\"><title>{}</title></head>\n"
      "<body style=\"font:15px/1.45 sans-serif;color:#1a1d21;background:#fff\">\n{}</body>\n"
      "</html>\n",
      escape_markup(title), body);
}

std::string dashboard_html(const std::string& url) {
  if (url.empty()) return {};
  return fmt::format("<p><a href=\"{0}\">{0}</a></p>\n", escape_markup(url));
}

std::string cell_html(const char* tag, const std::string& text, bool is_text) {
  return fmt::format(
      "<{0} style=\"padding:3px 8px;border-bottom:1px solid #dfe3e8;"
      "text-align:{1}\">{2}</{3}>",
      tag, is_text ? "left" : "right", escape_markup(text), std::string_view(tag).substr(0, 2));
}

std::string table_html(const DimensionReport& report) {
  const Sheet sheet = sheet_of(report);
  std::string html = "<table style=\"border-collapse:collapse;font-size:13px\">\n<thead><tr>";
  const auto is_text = [&](std::size_t i) { return sheet.columns[i].unit.empty(); };
  for (std::size_t i = 0; i < sheet.columns.size(); ++i)
    if (sheet.columns[i].brief)
      html += cell_html("th scope=\"col\"", sheet.columns[i].heading, is_text(i));
  html += "</tr></thead>\n<tbody>\n";
  for (const SheetLine& line : sheet.lines) {
    html += "<tr>";
    for (std::size_t i = 0; i < sheet.columns.size(); ++i)
      if (sheet.columns[i].brief)
        html += cell_html(i == 0 ? "th scope=\"row\"" : "td", text_of(line.cells[i]), is_text(i));
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::string figures_html(const DimensionReport& report) {
  std::string html = "<table style=\"border-collapse:collapse\">\n";
  for (const HeadFigure& figure : head_figures(report))
    html += "<tr>" + cell_html("th scope=\"row\"", figure.name, true) +
            cell_html("td", figure.value, false) + cell_html("td", figure.change, false) +
            "</tr>\n";
  return html + "</table>\n";
}

std::string heading_of(const Digest& digest) {
  const DimensionReport& report = digest.report;
  return fmt::format("{}: {}, {}{}{}", report.site, ascii::to_lower(digest.name), report.from_day,
                     report.from_day == report.to_day ? "" : " to " + report.to_day,
                     report.demo ? " (DEMO DATA)" : "");
}

}  // namespace

std::string digest_subject(const Digest& digest) {
  const Figures& total = digest.report.total.now;
  std::string text = fmt::format("{}: {} clicks", heading_of(digest), total.clicks);
  for (const MoneyLine& line : total.money)
    text += fmt::format(", {} {} earned", line.currency.text(),
                        format_amount(line.earned_micro(), line.currency));
  if (!digest.alerts.empty()) text += fmt::format(", {} to look at", digest.alerts.size());
  return text;
}

std::string digest_text(const Digest& digest) {
  std::string text = printable(heading_of(digest)) + "\n";
  if (const std::string compared = comparison_text(digest.report); !compared.empty())
    text += compared + "\n";
  if (!digest.alerts.empty()) text += "\nNeeds a look:\n" + alert_lines(digest.alerts);
  text += "\n";
  for (const HeadFigure& figure : head_figures(digest.report))
    text += fmt::format("{:<22} {:>14}  {}", figure.name, figure.value, figure.change) + "\n";
  text += "\n" + to_table(shortened(digest.report));
  if (const std::string rest = rest_text(digest.report); !rest.empty()) text += "\n" + rest + "\n";
  if (!digest.dashboard_url.empty()) text += "\n" + digest.dashboard_url + "\n";
  return text;
}

std::string digest_html(const Digest& digest) {
  const DimensionReport& report = digest.report;
  const std::string heading = heading_of(digest);
  std::string html = "<h1 style=\"font-size:20px\">" + escape_markup(heading) + "</h1>\n";
  if (const std::string compared = comparison_text(report); !compared.empty())
    html += "<p>" + escape_markup(compared) + "</p>\n";
  if (!digest.alerts.empty())
    html += "<h2 style=\"font-size:16px\">Needs a look</h2>\n" + alert_items(digest.alerts);
  html += figures_html(report);
  html += "<h2 style=\"font-size:16px\">" + escape_markup(title_of(report)) + "</h2>\n" +
          table_html(shortened(report));
  if (const std::string rest = rest_text(report); !rest.empty()) html += "<p>" + rest + "</p>\n";
  html += "<p>Data: " + escape_markup(completeness_text(report)) + ".</p>\n";
  for (const std::string& text : balance_texts(report))
    html += "<p>" + escape_markup(text) + "</p>\n";
  return document(heading, html + dashboard_html(digest.dashboard_url));
}

std::string alerts_subject(const std::string& site, const std::vector<Alert>& alerts) {
  return alerts.size() == 1 ? fmt::format("{}: {}", site, alerts.front().message)
                            : fmt::format("{}: {} things to look at", site, alerts.size());
}

std::string alerts_text(const std::vector<Alert>& alerts, const std::string& dashboard_url) {
  return "Needs a look:\n" + alert_lines(alerts) +
         (dashboard_url.empty() ? "" : "\n" + dashboard_url + "\n");
}

std::string alerts_html(const std::vector<Alert>& alerts, const std::string& dashboard_url) {
  return document("Needs a look", "<h1 style=\"font-size:20px\">Needs a look</h1>\n" +
                                      alert_items(alerts) + dashboard_html(dashboard_url));
}

}  // namespace candor::report
