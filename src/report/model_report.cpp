#include "report/model_report.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace candor::report {
namespace {

void add(ModelRow& sum, const ModelRow& row) {
  sum.evidence_micro += row.evidence_micro;
  for (std::size_t i = 0; i < row.modelled_micro.size(); ++i)
    sum.modelled_micro[i] += row.modelled_micro[i];
}

bool is_balanced(const ModelReport& report) {
  std::map<Currency, std::int64_t> imported;
  for (const Money& money : report.imported) imported[money.currency] += money.micro_units;
  for (const ModelRow& row : report.total) imported.try_emplace(row.currency);
  return std::ranges::all_of(imported, [&](const auto& each) {
    const auto at = std::ranges::find(report.total, each.first, &ModelRow::currency);
    if (at == report.total.end()) return each.second == 0;
    for (std::size_t i = 0; i < report.models.size(); ++i)
      if (report.models[i].undefined.empty() && at->earned_micro(i) != each.second) return false;
    return true;
  });
}

}  // namespace

void finish(ModelReport& report) {
  std::map<Currency, ModelRow> totals;
  for (const auto* rows : {&report.rows, &report.unattributed, &report.waiting})
    for (const ModelRow& row : *rows) {
      ModelRow& total = totals[row.currency];
      total.modelled_micro.resize(report.models.size());
      add(total, row);
    }
  for (auto& [currency, total] : totals) {
    total.path = "(total)";
    total.currency = currency;
    report.total.push_back(std::move(total));
  }
  report.balanced = is_balanced(report);
  // By the first model that is defined: one of a single path always is.
  std::size_t by = 0;
  while (by + 1 < report.models.size() && !report.models[by].undefined.empty()) ++by;
  std::ranges::sort(report.rows, [&](const ModelRow& a, const ModelRow& b) {
    return std::tuple(a.currency, b.earned_micro(by), std::string_view(a.path)) <
           std::tuple(b.currency, a.earned_micro(by), std::string_view(b.path));
  });
}

}  // namespace candor::report
