#pragma once
// A report's money told in one currency.
#include <optional>

#include "report/convert.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

/// Rates for commissions of the days from..to, and what they were used for.
class CurrencyChoice {
 public:
  CurrencyChoice(const store::RevenueStore& store, Currency to, rollup::DayNumber from,
                 rollup::DayNumber to_day);

  /// A converter for one walk over the days' money; rates outlive it.
  report::PartConverter converter() const { return {table_, to_}; }
  /// Remembers what a walk has used.
  void note(const report::PartConverter& walked);
  report::Conversion conversion() const;

 private:
  Currency to_;
  std::vector<ExchangeRate> rates_;
  RateTable table_;
  std::set<std::int64_t> used_;
  std::map<Currency, report::PartConverter::Unconverted> unconverted_;
};

}  // namespace candor::jobs
