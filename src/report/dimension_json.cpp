#include <nlohmann/json.hpp>

#include "report/dimension_report.h"
#include "report/sheet.h"

namespace candor::report {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(std::optional<std::int64_t> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json money_json(const Figures& figures, const MoneyLine& line) {
  Json json;
  json["currency"] = std::string(line.currency.text());
  json["orders"] = line.orders;
  for (CommissionStatus status : {CommissionStatus::Pending, CommissionStatus::Approved,
                                  CommissionStatus::Reversed, CommissionStatus::Paid})
    json[std::string(name_of(status)) + "_micro"] = line.of(status);
  json["earned_micro"] = line.earned_micro();
  json["sale_micro"] = line.sale_micro;
  json["epc_micro"] = number_or_null(figures.epc_micro(line.currency));
  json["rpm_micro"] = number_or_null(figures.rpm_micro(line.currency));
  json["aov_micro"] = number_or_null(line.aov_micro());
  json["effective_rate_ppm"] = number_or_null(line.effective_rate_ppm());
  json["reversal_rate_ppm"] = number_or_null(line.reversal_rate_ppm());
  Json tiers = Json::object();
  constexpr std::array<const char*, kTierCount> kTiers{"token", "label", "tag", "modelled",
                                                       "unattributed"};
  for (int tier = 1; tier <= kTierCount; ++tier)
    tiers[kTiers[static_cast<std::size_t>(tier - 1)]] = {
        {"earned_micro", line.earned_by_tier[static_cast<std::size_t>(tier - 1)]},
        {"share_ppm", number_or_null(line.tier_ppm(tier))}};
  json["tiers"] = std::move(tiers);
  return json;
}

Json figures_json(const Figures& figures) {
  Json json;
  json["views"] = number_or_null(figures.views);
  json["clicks"] = figures.clicks;
  json["gross_clicks"] = figures.gross_clicks;
  json["visitor_days"] = number_or_null(figures.visitor_days);
  json["orders"] = figures.orders();
  json["ctr_ppm"] = number_or_null(figures.ctr_ppm());
  json["conversion_ppm"] = number_or_null(figures.conversion_ppm());
  json["money"] = Json::array();
  for (const MoneyLine& line : figures.money) json["money"].push_back(money_json(figures, line));
  return json;
}

/// Changes of clicks and, currency by currency, of what is earned.
Json change_json(const ReportRow& row) {
  Json json;
  json["clicks_ppm"] = number_or_null(change_ppm(row.now.clicks, row.before.clicks));
  json["earned"] = Json::array();
  for (const MoneyLine& before : row.before.money) {
    const MoneyLine* now = row.now.find(before.currency);
    json["earned"].push_back(
        {{"currency", std::string(before.currency.text())},
         {"change_ppm",
          number_or_null(change_ppm(now ? now->earned_micro() : 0, before.earned_micro()))}});
  }
  return json;
}

Json row_json(const DimensionReport& report, const ReportRow& row) {
  Json json;
  json["key"] = row.key;
  json["id"] = row.id ? Json(row.id) : Json(nullptr);
  json["title"] = row.title;
  json.update(figures_json(row.now));
  if (report.compare == Comparison::None) {
    json["before"] = nullptr;
    json["change"] = nullptr;
  } else {
    json["before"] = figures_json(row.before);
    json["change"] = change_json(row);
  }
  return json;
}

Json balance_json(const DimensionReport& report) {
  Json all = Json::array();
  for (const BalanceLine& line : report.balance)
    all.push_back({{"currency", std::string(line.currency.text())},
                   {"attributed_micro", line.attributed_micro},
                   {"unattributed_micro", line.unattributed_micro},
                   {"left_out_micro", line.left_out_micro},
                   {"imported_micro", line.imported_micro}});
  return all;
}

Json definitions_json(const DimensionReport& report) {
  Json all = Json::array();
  for (const ColumnInfo& column : sheet_of(report).columns)
    if (!column.definition.empty())
      all.push_back({{"key", column.key},
                     {"heading", column.heading},
                     {"unit", column.unit},
                     {"definition", column.definition}});
  return all;
}

}  // namespace

std::string to_json(const DimensionReport& report) {
  Json json;
  json["schema"] = "candor.report.dimension/1";
  json["by"] = std::string(name_of(report.by));
  json["from"] = report.from_day;
  json["to"] = report.to_day;
  json["zone"] = report.zone;
  json["as_of"] = report.as_of.empty() ? Json(nullptr) : Json(report.as_of);
  json["demo"] = report.demo;
  json["compare"] = std::string(name_of(report.compare));
  const bool compared = report.compare != Comparison::None;
  json["before_from"] = compared ? Json(report.before_from_day) : Json(nullptr);
  json["before_to"] = compared ? Json(report.before_to_day) : Json(nullptr);
  json["filters"] = Json::array();
  for (const ReportFilter& filter : report.filters)
    json["filters"].push_back(
        {{"dimension", std::string(name_of(filter.dimension))}, {"values", filter.values}});
  json["views_since"] = report.views_since.empty() ? Json(nullptr) : Json(report.views_since);
  const Currency main = report.main_currency();
  json["main_currency"] = main == Currency{} ? Json(nullptr) : Json(std::string(main.text()));
  json["data_through"] = Json::array();
  for (const DataThrough& each : report.data_through)
    json["data_through"].push_back({{"network", each.network},
                                    {"day", each.day.empty() ? Json(nullptr) : Json(each.day)},
                                    {"imported_on", each.imported_on}});
  json["conversion"] = conversion_json(report.conversion);
  json["balanced"] = report.balanced;
  json["balance"] = balance_json(report);
  json["data"] = Json::array();
  for (const ReportRow& row : report.rows) json["data"].push_back(row_json(report, row));
  json["unattributed_has_row"] = is_told_by_click(report.by);
  json["unattributed"] = row_json(report, report.unattributed);
  json["total"] = row_json(report, report.total);
  json["definitions"] = definitions_json(report);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace candor::report
