#include "report/articles_report.h"

#include <algorithm>

namespace candor::report {
namespace {

void add_line(std::vector<RevenueLine>& lines, const RevenueLine& line) {
  auto at = std::ranges::lower_bound(lines, line.currency, {}, &RevenueLine::currency);
  if (at == lines.end() || at->currency != line.currency)
    at = lines.insert(at, RevenueLine{.currency = line.currency});
  for (std::size_t i = 0; i < line.micro_by_status.size(); ++i)
    at->micro_by_status[i] += line.micro_by_status[i];
  at->orders += line.orders;
}

/// One line per currency, ascending.
void tidy(std::vector<RevenueLine>& lines) {
  std::vector<RevenueLine> tidied;
  for (const RevenueLine& line : lines) add_line(tidied, line);
  lines = std::move(tidied);
}

void add_row(ArticleRow& total, const ArticleRow& row) {
  total.clicks += row.clicks;
  total.gross_clicks += row.gross_clicks;
  for (const RevenueLine& line : row.revenue) add_line(total.revenue, line);
  if (!row.views) return;
  total.views = total.views.value_or(0) + *row.views;
  total.viewed_clicks += row.viewed_clicks;
  for (const RevenueLine& line : row.viewed_revenue) add_line(total.viewed_revenue, line);
}

std::int64_t earned_in(const std::vector<RevenueLine>& lines, Currency currency) {
  for (const RevenueLine& line : lines)
    if (line.currency == currency) return line.earned_micro();
  return 0;
}

/// `amount` / `count`, rounded half to even; `count` is above 0.
std::int64_t divide(std::int64_t amount, std::int64_t count) {
  const std::int64_t quotient = amount / count;
  const std::int64_t rest = amount % count < 0 ? -(amount % count) : amount % count;
  // Doubling the rest could overflow; comparing with what is missing to the next whole cannot.
  const std::int64_t missing = count - rest;
  const bool away = rest > missing || (rest == missing && quotient % 2 != 0);
  return away ? quotient + (amount < 0 ? -1 : 1) : quotient;
}

/// Equal per currency and status; a currency of zeros is as good as none.
bool same_money(const std::vector<RevenueLine>& a, const std::vector<RevenueLine>& b) {
  std::vector<RevenueLine> difference = a;
  for (RevenueLine line : b) {
    for (std::int64_t& micro : line.micro_by_status) micro = -micro;
    add_line(difference, line);
  }
  return std::ranges::all_of(difference, [](const RevenueLine& line) {
    return std::ranges::all_of(line.micro_by_status, [](std::int64_t micro) { return micro == 0; });
  });
}

}  // namespace

std::int64_t RevenueLine::earned_micro() const {
  const auto in = [this](CommissionStatus status) {
    return micro_by_status[static_cast<std::size_t>(status)];
  };
  return in(CommissionStatus::Pending) + in(CommissionStatus::Approved) +
         in(CommissionStatus::Paid);
}

std::optional<std::int64_t> ArticleRow::epc_micro(const RevenueLine& line) const {
  if (clicks <= 0) return std::nullopt;
  return divide(line.earned_micro(), clicks);
}

std::optional<std::int64_t> ArticleRow::ctr_micro() const {
  if (views.value_or(0) <= 0) return std::nullopt;
  constexpr std::int64_t kMillion = 1'000'000;
  return divide(viewed_clicks * kMillion, *views);
}

std::optional<std::int64_t> ArticleRow::rpm_micro(Currency currency) const {
  if (views.value_or(0) <= 0) return std::nullopt;
  constexpr std::int64_t kThousand = 1000;
  const std::int64_t earned = earned_in(viewed_revenue, currency);
  // The whole thousands apart, so that no product leaves the range of money.
  return earned / *views * kThousand + divide(earned % *views * kThousand, *views);
}

void finish(ArticlesReport& report) {
  for (ArticleRow& row : report.rows) {
    tidy(row.revenue);
    tidy(row.viewed_revenue);
  }
  tidy(report.unattributed.revenue);
  tidy(report.imported);
  report.unattributed.path = "(unattributed)";

  ArticleRow total;
  total.path = "(total)";
  for (const ArticleRow& row : report.rows) add_row(total, row);
  add_row(total, report.unattributed);
  report.total = std::move(total);
  report.balanced = same_money(report.total.revenue, report.imported) &&
                    std::ranges::all_of(report.ledger, [](const LedgerLine& line) {
                      return line.difference_micro() == 0;
                    });

  const Currency first =
      report.total.revenue.empty() ? Currency{} : report.total.revenue.front().currency;
  std::ranges::stable_sort(report.rows, [first](const ArticleRow& a, const ArticleRow& b) {
    const std::int64_t earned_a = earned_in(a.revenue, first);
    const std::int64_t earned_b = earned_in(b.revenue, first);
    if (earned_a != earned_b) return earned_a > earned_b;
    if (a.clicks != b.clicks) return a.clicks > b.clicks;
    return a.path < b.path;
  });
}

}  // namespace candor::report
