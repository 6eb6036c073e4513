#include "report/figures.h"

#include <algorithm>
#include <limits>

namespace candor::report {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kThousand = 1'000;

MoneyLine& line_of(std::vector<MoneyLine>& lines, Currency currency) {
  auto at = std::ranges::lower_bound(lines, currency, {}, &MoneyLine::currency);
  if (at == lines.end() || at->currency != currency)
    at = lines.insert(at, MoneyLine{.currency = currency});
  return *at;
}

}  // namespace

std::optional<std::int64_t> ratio(std::int64_t amount, std::int64_t scale, std::int64_t count) {
  if (count <= 0) return std::nullopt;
  const Wide product = Wide{amount} * scale;
  Wide quotient = product / count;
  const Wide rest = product % count < 0 ? -(product % count) : product % count;
  if (2 * rest > count || (2 * rest == count && quotient % 2 != 0))
    quotient += product < 0 ? -1 : 1;
  if (quotient > std::numeric_limits<std::int64_t>::max() ||
      quotient < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return static_cast<std::int64_t>(quotient);
}

std::optional<std::int64_t> change_ppm(std::int64_t now, std::int64_t before) {
  return ratio(now - before, kMillion, before);
}

std::int64_t MoneyLine::earned_micro() const {
  return of(CommissionStatus::Pending) + of(CommissionStatus::Approved) +
         of(CommissionStatus::Paid);
}

std::optional<std::int64_t> MoneyLine::aov_micro() const { return ratio(sale_micro, 1, orders); }

std::optional<std::int64_t> MoneyLine::effective_rate_ppm() const {
  return ratio(earned_micro(), kMillion, sale_micro);
}

std::optional<std::int64_t> MoneyLine::reversal_rate_ppm() const {
  return ratio(returned_micro, kMillion, booked_micro);
}

std::optional<std::int64_t> MoneyLine::tier_ppm(int tier) const {
  return ratio(earned_by_tier.at(static_cast<std::size_t>(tier - 1)), kMillion, earned_micro());
}

const MoneyLine* Figures::find(Currency currency) const {
  const auto at = std::ranges::lower_bound(money, currency, {}, &MoneyLine::currency);
  return at != money.end() && at->currency == currency ? &*at : nullptr;
}

std::int64_t Figures::orders() const {
  std::int64_t sum = 0;
  for (const MoneyLine& line : money) sum += line.orders;
  return sum;
}

std::optional<std::int64_t> Figures::ctr_ppm() const {
  return ratio(viewed_clicks, kMillion, views.value_or(0));
}

std::optional<std::int64_t> Figures::conversion_ppm() const {
  return ratio(orders(), kMillion, clicks);
}

std::optional<std::int64_t> Figures::epc_micro(Currency currency) const {
  const MoneyLine* line = find(currency);
  return ratio(line ? line->earned_micro() : 0, 1, clicks);
}

std::optional<std::int64_t> Figures::rpm_micro(Currency currency) const {
  const MoneyLine* line = find(currency);
  return ratio(line ? line->viewed_micro : 0, kThousand, views.value_or(0));
}

void add(Figures& figures, const MoneyPart& part, bool viewed) {
  MoneyLine& line = line_of(figures.money, part.currency);
  const bool reversed = part.status == CommissionStatus::Reversed;
  line.micro_by_status[static_cast<std::size_t>(part.status)] += part.commission_micro;
  line.orders += part.orders;
  if (part.commission_micro > 0) line.booked_micro += part.commission_micro;
  if (part.commission_micro < 0)
    line.returned_micro -= part.commission_micro;
  else if (reversed)
    line.returned_micro += part.commission_micro;
  if (reversed) return;
  line.sale_micro += part.sale_micro;
  line.earned_by_tier.at(static_cast<std::size_t>(part.tier - 1)) += part.commission_micro;
  if (viewed) line.viewed_micro += part.commission_micro;
}

void add(Figures& figures, const Figures& more) {
  figures.clicks += more.clicks;
  figures.gross_clicks += more.gross_clicks;
  figures.viewed_clicks += more.viewed_clicks;
  for (const MoneyLine& from : more.money) {
    MoneyLine& to = line_of(figures.money, from.currency);
    for (std::size_t i = 0; i < to.micro_by_status.size(); ++i)
      to.micro_by_status[i] += from.micro_by_status[i];
    for (std::size_t i = 0; i < to.earned_by_tier.size(); ++i)
      to.earned_by_tier[i] += from.earned_by_tier[i];
    to.sale_micro += from.sale_micro;
    to.orders += from.orders;
    to.booked_micro += from.booked_micro;
    to.returned_micro += from.returned_micro;
    to.viewed_micro += from.viewed_micro;
  }
}

}  // namespace candor::report
