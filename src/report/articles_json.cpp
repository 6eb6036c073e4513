#include <nlohmann/json.hpp>

#include "report/articles_report.h"

namespace candor::report {
namespace {

using Json = nlohmann::ordered_json;

Json line_json(const RevenueLine& line) {
  Json json;
  json["currency"] = std::string(line.currency.text());
  for (CommissionStatus status : {CommissionStatus::Pending, CommissionStatus::Approved,
                                  CommissionStatus::Reversed, CommissionStatus::Paid})
    json[std::string(name_of(status)) + "_micro"] =
        line.micro_by_status[static_cast<std::size_t>(status)];
  json["earned_micro"] = line.earned_micro();
  json["orders"] = line.orders;
  return json;
}

Json ledger_json(const LedgerLine& line) {
  Json json;
  json["network"] = line.network;
  json["account"] = line.account;
  json["currency"] = std::string(line.currency.text());
  json["status"] = std::string(name_of(line.status));
  json["period"] = line.period;
  json["imported_micro"] = line.imported_micro;
  json["attributed_micro"] = line.attributed_micro;
  json["unattributed_micro"] = line.unattributed_micro;
  json["difference_micro"] = line.difference_micro();
  return json;
}

Json row_json(const ArticleRow& row) {
  Json json;
  json["article_id"] = row.article ? Json(row.article.value) : Json(nullptr);
  json["path"] = row.path;
  json["title"] = row.title;
  json["clicks"] = row.clicks;
  json["gross_clicks"] = row.gross_clicks;
  json["disclosure"] = row.disclosure;
  json["revenue"] = Json::array();
  for (const RevenueLine& line : row.revenue) {
    Json each = line_json(line);
    const std::optional<std::int64_t> epc = row.epc_micro(line);
    each["epc_micro"] = epc ? Json(*epc) : Json(nullptr);
    json["revenue"].push_back(std::move(each));
  }
  json["views"] = row.views ? Json(*row.views) : Json(nullptr);
  const std::optional<std::int64_t> ctr = row.ctr_micro();
  json["ctr_micro"] = ctr ? Json(*ctr) : Json(nullptr);
  json["rpm"] = Json::array();
  for (const RevenueLine& line : row.revenue)
    if (const auto rpm = row.rpm_micro(line.currency))
      json["rpm"].push_back({{"currency", std::string(line.currency.text())}, {"rpm_micro", *rpm}});
  return json;
}

}  // namespace

std::string to_json(const ArticlesReport& report) {
  Json json;
  json["schema"] = "candor.report.articles/1";
  json["from"] = report.from_day;
  json["to"] = report.to_day;
  json["zone"] = report.zone;
  json["as_of"] = report.as_of.empty() ? Json(nullptr) : Json(report.as_of);
  json["demo"] = report.demo;
  json["balanced"] = report.balanced;
  json["data"] = Json::array();
  for (const ArticleRow& row : report.rows) json["data"].push_back(row_json(row));
  json["unattributed"] = row_json(report.unattributed);
  json["total"] = row_json(report.total);
  json["imported"] = Json::array();
  for (const RevenueLine& line : report.imported) json["imported"].push_back(line_json(line));
  json["ledger"] = Json::array();
  for (const LedgerLine& line : report.ledger) json["ledger"].push_back(ledger_json(line));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace candor::report
