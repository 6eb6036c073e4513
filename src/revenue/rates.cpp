#include "revenue/rates.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/ascii.h"
#include "base/rfc3339.h"

namespace candor {
namespace {

constexpr std::int64_t kEuroMicro = 1'000'000;

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (!line.empty()) cells.push_back(ascii::trim(take_until(line, ',')));
  return cells;
}

/// "2026-03-02" to days since 1970.
std::optional<std::int32_t> day_of(std::string_view text) {
  constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
  if (text.size() != 10) return std::nullopt;
  const auto time = parse_rfc3339(text);
  if (!time) return std::nullopt;
  return static_cast<std::int32_t>(time->ms / kDayMs);
}

void read_line(std::string_view line, std::int64_t number,
               const std::vector<std::optional<Currency>>& columns, RatesFile& file) {
  const auto cells = cells_of(line);
  if (cells.empty()) return;
  const auto day = day_of(cells.front());
  if (!day) {
    file.errors.push_back(
        {number, "Date", "not a day like 2026-03-02", std::string(cells.front())});
    return;
  }
  for (std::size_t i = 1; i < std::min(cells.size(), columns.size()); ++i) {
    if (!columns[i] || cells[i].empty() || cells[i] == "N/A") continue;
    const auto rate = parse_micro_units(cells[i]);
    if (rate && *rate > 0)
      file.rates.push_back({0, *day, *columns[i], *rate});
    else
      file.errors.push_back({number, std::string(columns[i]->text()),
                             "not a positive rate with at most six decimals",
                             std::string(cells[i])});
  }
}

__extension__ using Wide = __int128;

/// `a` / `b`, rounded half to even; `b` is positive.
Wide divide(Wide a, Wide b) {
  const Wide quotient = a / b;
  const Wide rest = a % b < 0 ? -(a % b) : a % b;
  const bool away = 2 * rest > b || (2 * rest == b && quotient % 2 != 0);
  return away ? quotient + (a < 0 ? -1 : 1) : quotient;
}

auto key_of(const ExchangeRate& rate) { return std::tuple(rate.currency, rate.day, rate.id); }

}  // namespace

Result<RatesFile, std::string> read_ecb_rates(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto header = cells_of(take_until(text, '\n'));
  if (header.size() < 2 || header.front() != "Date")
    return std::unexpected(std::string(
        "the first line is not \"Date,USD,...\"; give eurofxref-hist.csv as the European Central "
        "Bank offers it, unzipped"));
  RatesFile file;
  std::vector<std::optional<Currency>> columns(header.size());
  for (std::size_t i = 1; i < header.size(); ++i) {
    columns[i] = find_currency(header[i]);
    if (!columns[i] && !header[i].empty()) file.skipped.emplace_back(header[i]);
  }
  for (std::int64_t number = 2; !text.empty(); ++number)
    read_line(ascii::trim(take_until(text, '\n')), number, columns, file);
  return file;
}

RateTable::RateTable(std::vector<ExchangeRate> rates) : rates_(std::move(rates)) {
  std::ranges::sort(rates_, {}, key_of);
}

std::optional<RateTable::Leg> RateTable::find(Currency currency, std::int32_t day) const {
  if (currency.text() == "EUR") return Leg{.id = 0, .per_euro_micro = kEuroMicro};
  const auto after = std::ranges::upper_bound(
      rates_, std::tuple(currency, day, std::numeric_limits<std::int64_t>::max()), {}, key_of);
  if (after == rates_.begin()) return std::nullopt;
  const ExchangeRate& rate = *std::prev(after);
  if (rate.currency != currency || rate.day < day - kRateDaysBack) return std::nullopt;
  return Leg{.id = rate.id, .per_euro_micro = rate.per_euro_micro};
}

std::optional<Converted> RateTable::convert(Money money, Currency to, std::int32_t day) const {
  if (money.currency == to) return Converted{.money = money};
  const auto from_leg = find(money.currency, day);
  const auto to_leg = find(to, day);
  if (!from_leg || !to_leg) return std::nullopt;
  const Wide micro =
      divide(Wide{money.micro_units} * to_leg->per_euro_micro, from_leg->per_euro_micro);
  if (micro > std::numeric_limits<std::int64_t>::max() ||
      micro < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return Converted{.money = {static_cast<std::int64_t>(micro), to},
                   .from_rate = from_leg->id,
                   .to_rate = to_leg->id};
}

}  // namespace candor
