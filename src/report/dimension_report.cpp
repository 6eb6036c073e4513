#include "report/dimension_report.h"

#include <algorithm>
#include <map>

namespace candor::report {
namespace {

constexpr std::array<std::string_view, kDimensionCount> kNames{
    "article", "link",   "merchant", "network", "programme", "placement",
    "country", "device", "day",      "week",    "month"};
constexpr std::array<std::string_view, 3> kComparisons{"none", "previous", "year"};

std::int64_t earned_in(const Figures& figures, Currency currency) {
  const MoneyLine* line = figures.find(currency);
  return line ? line->earned_micro() : 0;
}

/// Equal per currency and status; a currency of zeros is as good as none.
bool same_money(const std::vector<MoneyLine>& lines, const std::vector<ImportedLine>& imported) {
  std::map<Currency, std::array<std::int64_t, kCommissionStatusCount>> difference;
  for (const MoneyLine& line : lines)
    for (std::size_t i = 0; i < line.micro_by_status.size(); ++i)
      difference[line.currency][i] += line.micro_by_status[i];
  for (const ImportedLine& line : imported)
    for (std::size_t i = 0; i < line.micro_by_status.size(); ++i)
      difference[line.currency][i] -= line.micro_by_status[i];
  return std::ranges::all_of(difference, [](const auto& each) {
    return std::ranges::all_of(each.second, [](std::int64_t micro) { return micro == 0; });
  });
}

std::int64_t sum(const std::array<std::int64_t, kCommissionStatusCount>& by_status) {
  std::int64_t all = 0;
  for (const std::int64_t micro : by_status) all += micro;
  return all;
}

std::vector<BalanceLine> balance_of(const DimensionReport& report) {
  std::map<Currency, BalanceLine> lines;
  for (const MoneyLine& line : report.total.now.money)
    lines[line.currency].attributed_micro += sum(line.micro_by_status);
  for (const MoneyLine& line : report.unattributed.now.money) {
    lines[line.currency].attributed_micro -= sum(line.micro_by_status);
    lines[line.currency].unattributed_micro += sum(line.micro_by_status);
  }
  for (const MoneyLine& line : report.left_out.money)
    lines[line.currency].left_out_micro += sum(line.micro_by_status);
  for (const ImportedLine& line : report.imported)
    lines[line.currency].imported_micro += sum(line.micro_by_status);
  std::vector<BalanceLine> all;
  for (auto& [currency, line] : lines) {
    line.currency = currency;
    all.push_back(line);
  }
  return all;
}

}  // namespace

std::string_view name_of(Dimension dimension) {
  return kNames[static_cast<std::size_t>(dimension)];
}

std::optional<Dimension> find_dimension(std::string_view name) {
  const auto at = std::ranges::find(kNames, name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<Dimension>(at - kNames.begin());
}

bool is_of_time(Dimension dimension) { return dimension >= Dimension::Day; }

bool is_told_by_click(Dimension dimension) {
  return dimension == Dimension::Article || dimension == Dimension::Link ||
         dimension == Dimension::Placement || dimension == Dimension::Country ||
         dimension == Dimension::Device;
}

bool can_filter(Dimension dimension) {
  return dimension == Dimension::Article || dimension == Dimension::Link ||
         dimension == Dimension::Merchant || dimension == Dimension::Network ||
         dimension == Dimension::Programme;
}

std::string_view name_of(Comparison comparison) {
  return kComparisons[static_cast<std::size_t>(comparison)];
}

std::optional<Comparison> find_comparison(std::string_view name) {
  const auto at = std::ranges::find(kComparisons, name);
  if (at == kComparisons.end()) return std::nullopt;
  return static_cast<Comparison>(at - kComparisons.begin());
}

std::int32_t shift_days(Comparison comparison, std::int32_t days) {
  constexpr std::int32_t kWeek = 7;
  constexpr std::int32_t kWeeksOfAYear = 52;
  if (comparison == Comparison::None) return 0;
  if (comparison == Comparison::Year) return kWeeksOfAYear * kWeek;
  return (days + kWeek - 1) / kWeek * kWeek;
}

Currency DimensionReport::main_currency() const {
  if (conversion && total.now.find(conversion->currency)) return conversion->currency;
  const MoneyLine* most = nullptr;
  for (const MoneyLine& line : total.now.money)
    if (!most || line.orders > most->orders) most = &line;
  return most ? most->currency : Currency{};
}

void finish(DimensionReport& report) {
  report.unattributed.key = kUnattributed;
  report.total.key = kTotal;
  for (const ReportRow& row : report.rows) {
    add(report.total.now, row.now);
    add(report.total.before, row.before);
  }
  if (is_told_by_click(report.by)) {
    add(report.total.now, report.unattributed.now);
    add(report.total.before, report.unattributed.before);
  }
  report.balance = balance_of(report);
  Figures all = report.total.now;
  add(all, report.left_out);
  report.balanced = same_money(all.money, report.imported);

  const Currency first = report.main_currency();
  const bool of_time = is_of_time(report.by);
  std::ranges::stable_sort(report.rows, [&](const ReportRow& a, const ReportRow& b) {
    if (of_time) return a.key < b.key;
    const std::int64_t earned_a = earned_in(a.now, first);
    const std::int64_t earned_b = earned_in(b.now, first);
    if (earned_a != earned_b) return earned_a > earned_b;
    if (a.now.clicks != b.now.clicks) return a.now.clicks > b.now.clicks;
    return a.key < b.key;
  });
}

}  // namespace candor::report
