#include "jobs/currency_choice.h"

#include <algorithm>

namespace candor::jobs {

CurrencyChoice::CurrencyChoice(const store::RevenueStore& store, Currency to,
                               rollup::DayNumber from, rollup::DayNumber to_day)
    : to_(to), rates_(store.list_rates(from - kRateDaysBack, to_day)), table_(rates_) {}

void CurrencyChoice::note(const report::PartConverter& walked) {
  used_.insert(walked.used_rates().begin(), walked.used_rates().end());
  for (const auto& [currency, line] : walked.unconverted()) {
    auto& known =
        unconverted_
            .try_emplace(currency, report::PartConverter::Unconverted{line.from, line.to, 0})
            .first->second;
    known.from = std::min(known.from, line.from);
    known.to = std::max(known.to, line.to);
    known.micro_units += line.micro_units;
  }
}

report::Conversion CurrencyChoice::conversion() const {
  report::Conversion conversion{.currency = to_};
  for (const ExchangeRate& rate : rates_)
    if (used_.contains(rate.id))
      conversion.rates.push_back(
          {rate.id, rollup::format_day(rate.day), rate.currency, rate.per_euro_micro});
  std::ranges::sort(conversion.rates, {}, &report::UsedRate::id);
  for (const auto& [currency, line] : unconverted_)
    conversion.unconverted.push_back(
        {currency, rollup::format_day(line.from), rollup::format_day(line.to), line.micro_units});
  return conversion;
}

}  // namespace candor::jobs
