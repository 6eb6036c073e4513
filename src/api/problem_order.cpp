#include "api/problem_order.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_map>

namespace candor::api {
namespace {

using nlohmann::json;

int gravity(const json& problem) {
  const std::string severity = problem.value("severity", "");
  if (severity == "error") return 0;
  return severity == "warn" ? 1 : 2;
}

/// The currency that most is earned in.
Currency main_currency(const report::ArticlesReport& report) {
  const auto most =
      std::ranges::max_element(report.total.revenue, {}, &report::RevenueLine::earned_micro);
  return most == report.total.revenue.end() ? Currency{} : most->currency;
}

/// Earned micro-units by currency.
using Earned = std::map<std::string, std::int64_t>;

using Rows = std::unordered_map<std::string, const report::ArticleRow*>;

void add_earned(const Rows& rows, const std::string& path, Earned& earned) {
  const auto at = rows.find(path);
  if (at == rows.end()) return;
  for (const report::RevenueLine& line : at->second->revenue)
    if (line.earned_micro() > 0) earned[std::string(line.currency.text())] += line.earned_micro();
}

Earned at_risk(const store::Store& store, const Rows& rows, const json& problem) {
  Earned earned;
  const std::string subject = problem.value("subject", "");
  if (problem.value("kind", "") != "dead-link") {
    add_earned(rows, subject, earned);
    return earned;
  }
  for (const ArticleId id : store.list_articles_of_slug(subject))
    if (const auto article = store.find_article(id)) add_earned(rows, article->path, earned);
  return earned;
}

json lines_of(const Earned& earned) {
  json out = json::array();
  for (const auto& [currency, micro] : earned)
    out.push_back({{"currency", currency}, {"earned_micro", micro}});
  return out;
}

}  // namespace

void order_by_money(const store::Store& store, const report::ArticlesReport& report,
                    json& problems) {
  Rows rows;
  for (const report::ArticleRow& row : report.rows) rows.emplace(row.path, &row);
  const std::string main(main_currency(report).text());
  using Key = std::tuple<bool, std::int64_t, int>;
  std::vector<std::pair<Key, json>> keyed;
  for (json& problem : problems) {
    const Earned earned = at_risk(store, rows, problem);
    problem["at_risk"] = lines_of(earned);
    const bool all = gravity(problem) == 0 && problem.value("subject", "").empty();
    const auto line = earned.find(main);
    keyed.emplace_back(Key{!all, line == earned.end() ? 0 : -line->second, gravity(problem)},
                       problem);
  }
  std::ranges::stable_sort(keyed, {}, &std::pair<Key, json>::first);
  problems = json::array();
  for (auto& [key, problem] : keyed) problems.push_back(std::move(problem));
}

}  // namespace candor::api
