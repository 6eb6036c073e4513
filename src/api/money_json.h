#pragma once
// Imports and commissions as JSON; money is always micro-units and a currency.
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "store/revenue_store.h"

namespace candor::api {

nlohmann::json import_json(const store::Import& import);
nlohmann::json row_errors_json(const std::vector<RowError>& errors);
nlohmann::json ledger_line_json(const LedgerLine& line);
nlohmann::json commission_json(const store::CommissionState& state);

}  // namespace candor::api
