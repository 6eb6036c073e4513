#pragma once
// Reads and writes a commission's observation, member by member in the order of the SQL files.
#include <string>

#include "revenue/commission.h"
#include "sqlite/connection.h"

namespace candor::sqlite {

/// The eighteen columns from account to parent.
CommissionRow read_commission_row(Row& row);

/// Every parameter but account and identity, which belong to the commission itself. `row` outlives
/// the query.
void set_observation(Query& query, const CommissionRow& row);

Currency read_currency(Row& row);
/// Pending when the number is none of ours, which only a damaged file can hold.
CommissionStatus read_status(Row& row);

}  // namespace candor::sqlite
