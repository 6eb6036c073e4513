#pragma once
// What a report that is told in one currency says of its conversion.
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "revenue/money.h"

namespace candor::report {

/// Money that no rate turns into the report's currency: it stays in its own.
struct UnconvertedLine {
  Currency currency{};
  std::string from_day;          ///< of the first commission without a rate, "2026-10-26"
  std::string to_day;            ///< of the last
  std::int64_t micro_units = 0;  ///< all statuses
};

/// What one euro was worth in a currency on a day.
struct UsedRate {
  std::int64_t id = 0;
  std::string day;
  Currency currency{};
  std::int64_t per_euro_micro = 0;
};

struct Conversion {
  Currency currency{};                         ///< that amounts are told in
  std::vector<UsedRate> rates{};               ///< by id
  std::vector<UnconvertedLine> unconverted{};  ///< by currency
};

/// {"currency","rates":[{"id","day","currency","per_euro_micro"}],"unconverted":[{"currency",
/// "from","to","amount_micro"}]}; null without a conversion.
nlohmann::ordered_json conversion_json(const std::optional<Conversion>& conversion);
/// How amounts were converted, and what was not; nothing without a conversion.
std::vector<std::string> conversion_texts(const std::optional<Conversion>& conversion);

}  // namespace candor::report
