#pragma once
// Dated exchange rates, and money converted by them: whole numbers only, and only where reports are
// made. What was booked is never converted.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "revenue/commission.h"
#include "revenue/money.h"

namespace candor {

/// How far back a day's rate is looked for: weekends and holidays have none.
inline constexpr std::int32_t kRateDaysBack = 10;

/// What one euro was worth on a day.
struct ExchangeRate {
  std::int64_t id = 0;   ///< of the store; 0: not stored
  std::int32_t day = 0;  ///< days since 1970-01-01
  Currency currency;
  std::int64_t per_euro_micro = 0;  ///< micro-units of the currency for one euro; positive
  friend bool operator==(const ExchangeRate&, const ExchangeRate&) = default;
};

struct RatesFile {
  std::vector<ExchangeRate> rates;   ///< in file order
  std::vector<std::string> skipped;  ///< columns that are no active ISO 4217 code
  std::vector<RowError> errors;
};

/// The European Central Bank's reference rates as it offers them for download (eurofxref-hist.csv
/// and eurofxref.csv: "Date,USD,JPY,...", a day a line, "N/A" where there is no rate). The error is
/// a sentence. Source: ecb.europa.eu, euro foreign exchange reference rates.
Result<RatesFile, std::string> read_ecb_rates(std::string_view text);

/// Money in another currency, and the stored rates it went through (0: the euro itself).
struct Converted {
  Money money;
  std::int64_t from_rate = 0;
  std::int64_t to_rate = 0;
  friend bool operator==(const Converted&, const Converted&) = default;
};

/// Rates by currency and day.
class RateTable {
 public:
  /// Of two rates of a day the one with the higher id counts.
  explicit RateTable(std::vector<ExchangeRate> rates);

  /// By the rates of the day, else of the nearest day before it, at most ten days back (weekends,
  /// holidays); rounded half to even once. Nothing when a rate is missing or the sum would leave 64
  /// bits.
  std::optional<Converted> convert(Money money, Currency to, std::int32_t day) const;

 private:
  struct Leg {
    std::int64_t id = 0;
    std::int64_t per_euro_micro = 0;
  };
  std::optional<Leg> find(Currency currency, std::int32_t day) const;

  std::vector<ExchangeRate> rates_;  ///< by currency, day, id
};

}  // namespace candor
