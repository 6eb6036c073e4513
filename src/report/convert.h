#pragma once
// Parts of commissions told in another currency, so that what they add up to is converted exactly.
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "report/dimension_report.h"
#include "revenue/rates.h"

namespace candor::report {

/// Each part is converted by the rates of its event's day in the site's zone, or the last ones
/// before, at most ten days back (RateTable). The parts of a day, currency and status are rounded
/// so that any first ones of them sum to their sum, converted: a part is what its amount adds to
/// the converted running sum. So parts differ from their own conversion by less than a micro-unit,
/// and a day's money, however it is divided, is its converted sum to the last micro-unit.
/// For one thread.
class PartConverter {
 public:
  PartConverter(const RateTable& rates, Currency to) : rates_(rates), to_(to) {}

  /// All parts of the days, one after the other, in the store's order. Without a rate: the part as
  /// it is.
  MoneyPart convert(const MoneyPart& part);

  /// What the commissions themselves say, converted as the parts were: a sum that differs from that
  /// of the parts keeps its difference, in its own currency.
  std::vector<ImportedLine> convert_imported(const std::vector<ImportedLine>& imported) const;

  const std::set<std::int64_t>& used_rates() const { return used_; }
  struct Unconverted {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int64_t micro_units = 0;
  };
  const std::map<Currency, Unconverted>& unconverted() const { return unconverted_; }

 private:
  /// Of the parts of a day, currency and status so far.
  struct Running {
    Money commission{};
    Money sale{};
    std::int64_t commission_converted = 0;
    std::int64_t sale_converted = 0;
  };
  void keep(const MoneyPart& part);

  const RateTable& rates_;
  Currency to_;
  std::map<std::tuple<std::int32_t, Currency, CommissionStatus>, Running> running_;
  std::map<Currency, ImportedLine> native_;     ///< of all parts
  std::map<Currency, ImportedLine> converted_;  ///< the same, as they were told
  std::set<std::int64_t> used_;
  std::map<Currency, Unconverted> unconverted_;
};

}  // namespace candor::report
