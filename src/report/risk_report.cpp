#include "report/risk_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "report/csv.h"
#include "report/text_width.h"

namespace candor::report {

std::string_view name_of(RiskKind kind) {
  constexpr std::array<std::string_view, 3> kNames{"dead-link", "missing-tag", "no-revenue"};
  return kNames[static_cast<std::size_t>(kind)];
}

void finish(RiskReport& report) {
  std::ranges::stable_sort(report.rows, [](const RiskRow& a, const RiskRow& b) {
    return a.clicks != b.clicks ? a.clicks > b.clicks : a.path < b.path;
  });
}

std::string to_json(const RiskReport& report) {
  nlohmann::ordered_json json;
  json["schema"] = "candor.report.risk/1";
  json["from"] = report.from_day;
  json["to"] = report.to_day;
  json["zone"] = report.zone;
  json["demo"] = report.demo;
  json["least_clicks"] = report.least_clicks;
  json["data"] = nlohmann::ordered_json::array();
  for (const RiskRow& row : report.rows) {
    nlohmann::ordered_json risks = nlohmann::ordered_json::array();
    for (const Risk& risk : row.risks)
      risks.push_back({{"kind", std::string(name_of(risk.kind))}, {"detail", risk.detail}});
    json["data"].push_back({{"article_id", row.article.value},
                            {"path", row.path},
                            {"title", row.title},
                            {"clicks", row.clicks},
                            {"risks", std::move(risks)}});
  }
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string to_csv(const RiskReport& report) {
  std::string csv = "path,title,clicks,risk,detail\r\n";
  for (const RiskRow& row : report.rows)
    for (const Risk& risk : row.risks) {
      append_csv_field(csv, row.path);
      csv += ',';
      append_csv_field(csv, row.title);
      csv += ',' + std::to_string(row.clicks) + ',';
      csv += name_of(risk.kind);
      csv += ',';
      append_csv_field(csv, risk.detail);
      csv += "\r\n";
    }
  return csv;
}

std::string to_table(const RiskReport& report) {
  std::string out = fmt::format("Money at risk, {} to {} ({}){}\n\n", report.from_day,
                                report.to_day, report.zone, report.demo ? " - DEMO DATA" : "");
  if (report.rows.empty()) return out + "Nothing found.\n";
  std::size_t widest = std::string_view("Article").size();
  for (const RiskRow& row : report.rows) widest = std::max(widest, text_width(printable(row.path)));
  const auto line = [&](std::string_view path, std::string_view clicks, std::string_view risk,
                        std::string_view detail) {
    out += path;
    out.append(widest - text_width(path), ' ');
    out += fmt::format("  {:>8}  {:<11}  {}\n", clicks, risk, detail);
  };
  line("Article", "Clicks", "Risk", "What is wrong");
  for (const RiskRow& row : report.rows)
    for (const Risk& risk : row.risks)
      line(printable(row.path), std::to_string(row.clicks), name_of(risk.kind),
           printable(risk.detail));
  out += fmt::format(
      "\nClicks (clicks): by people, not repeated. No revenue: at least {} clicks and nothing "
      "earned.\n",
      report.least_clicks);
  return out;
}

}  // namespace candor::report
