// The models' report as JSON, CSV and a table.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/csv.h"
#include "report/model_report.h"
#include "report/text_table.h"
#include "report/text_width.h"

namespace candor::report {
namespace {

using Json = nlohmann::ordered_json;

Json row_json(const ModelReport& report, const ModelRow& row) {
  Json json;
  json["article_id"] = row.article ? Json(row.article.value) : Json(nullptr);
  json["path"] = row.path;
  json["title"] = row.title;
  json["currency"] = std::string(row.currency.text());
  json["evidence_micro"] = row.evidence_micro;
  json["by_model"] = Json::object();
  for (std::size_t i = 0; i < report.models.size(); ++i)
    if (report.models[i].undefined.empty())
      json["by_model"][report.models[i].model] = {{"modelled_micro", row.modelled_micro[i]},
                                                  {"earned_micro", row.earned_micro(i)}};
  return json;
}

Json rows_json(const ModelReport& report, const std::vector<ModelRow>& rows) {
  Json all = Json::array();
  for (const ModelRow& row : rows) all.push_back(row_json(report, row));
  return all;
}

/// Rows as they are shown, the summary last; `summary_from` becomes its first.
std::vector<const ModelRow*> lines_of(const ModelReport& report, std::size_t& summary_from) {
  std::vector<const ModelRow*> lines;
  for (const ModelRow& row : report.rows) lines.push_back(&row);
  summary_from = lines.size();
  for (const auto* rows : {&report.unattributed, &report.waiting, &report.total})
    for (const ModelRow& row : *rows) lines.push_back(&row);
  return lines;
}

std::string amount(const ModelReport& report, const ModelRow& row, std::size_t model) {
  return report.models[model].undefined.empty()
             ? format_amount(row.earned_micro(model), row.currency)
             : "n/a";
}

}  // namespace

std::string to_json(const ModelReport& report) {
  Json json;
  json["schema"] = "candor.report.models/1";
  json["from"] = report.from_day;
  json["to"] = report.to_day;
  json["zone"] = report.zone;
  json["demo"] = report.demo;
  json["booked_model"] = report.booked_model;
  json["models"] = Json::array();
  for (const ModelColumn& column : report.models)
    json["models"].push_back(
        {{"model", column.model},
         {"undefined", column.undefined.empty() ? Json(nullptr) : Json(column.undefined)}});
  json["modelled_count"] = report.modelled_count;
  json["as_booked_count"] = report.as_booked_count;
  json["balanced"] = report.balanced;
  json["data"] = rows_json(report, report.rows);
  json["unattributed"] = rows_json(report, report.unattributed);
  json["waiting"] = rows_json(report, report.waiting);
  json["total"] = rows_json(report, report.total);
  json["imported"] = Json::array();
  for (const Money& money : report.imported)
    json["imported"].push_back(
        {{"currency", std::string(money.currency.text())}, {"earned_micro", money.micro_units}});
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_csv(const ModelReport& report) {
  std::string csv = "article,title,currency,by_evidence";
  for (const ModelColumn& column : report.models) csv += ',' + column.model;
  csv += "\r\n";
  std::size_t summary_from = 0;
  for (const ModelRow* row : lines_of(report, summary_from)) {
    append_csv_field(csv, row->path);
    csv += ',';
    append_csv_field(csv, row->title);
    csv += fmt::format(",{},{}", row->currency.text(),
                       format_amount(row->evidence_micro, row->currency));
    for (std::size_t i = 0; i < report.models.size(); ++i) csv += ',' + amount(report, *row, i);
    csv += "\r\n";
  }
  return csv;
}

std::string to_table(const ModelReport& report) {
  std::string out = fmt::format("Earned by attribution model, {} to {} ({}){}\n\n", report.from_day,
                                report.to_day, report.zone, report.demo ? " - DEMO DATA" : "");
  std::vector<std::vector<std::string>> rows{{"Article", "Currency", "By evidence"}};
  std::vector<bool> right_aligned{false, false, true};
  for (const ModelColumn& column : report.models) {
    rows[0].push_back(column.model + (column.model == report.booked_model ? " (booked)" : ""));
    right_aligned.push_back(true);
  }
  std::size_t summary_from = 0;
  for (const ModelRow* row : lines_of(report, summary_from)) {
    std::vector<std::string>& cells = rows.emplace_back();
    cells = {printable(row->path), std::string(row->currency.text()),
             format_amount(row->evidence_micro, row->currency)};
    for (std::size_t i = 0; i < report.models.size(); ++i) cells.push_back(amount(report, *row, i));
  }
  out += text_table(rows, right_aligned, summary_from + 1);
  out += fmt::format(
      "\n{} commissions are divided by a model; what tokens, labels and tags decide, "
      "and what nobody is credited with, is the same under each.\n",
      report.modelled_count);
  if (report.as_booked_count > 0)
    out += fmt::format("{} of them stand as they are booked: no click divides them any more.\n",
                       report.as_booked_count);
  for (const ModelColumn& column : report.models)
    if (!column.undefined.empty())
      out += fmt::format("{}: n/a, {}.\n", column.model, column.undefined);
  if (!report.balanced) out += "DOES NOT BALANCE: a total differs from what was imported.\n";
  return out + "Earned (money): pending + approved + paid. Nothing is booked by looking.\n";
}

}  // namespace candor::report
