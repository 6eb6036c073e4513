#pragma once
// The ledger's sums beside each other, and beside what a network says it paid.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "revenue/commission.h"

namespace candor {

/// One network, account, currency, status and month: the ledger's invariant holds when `imported`
/// is `attributed` + `unattributed`. Micro-units.
struct LedgerLine {
  std::string network;
  std::string account;
  Currency currency;
  CommissionStatus status = CommissionStatus::Pending;
  std::string period;                   ///< "2026-03", by the commission's day on the site's clock
  std::int64_t imported_micro = 0;      ///< from the observations
  std::int64_t attributed_micro = 0;    ///< from the allocations
  std::int64_t unattributed_micro = 0;  ///< from the allocations and the queue to book
  std::int64_t difference_micro() const {
    return imported_micro - attributed_micro - unattributed_micro;
  }
  friend bool operator==(const LedgerLine&, const LedgerLine&) = default;
};

/// What a network says it pays for a month.
struct StatementLine {
  std::string network;
  std::string account;  ///< empty: all accounts of the network together
  Currency currency;
  std::string period;  ///< "2026-03"
  std::int64_t micro = 0;
  friend bool operator==(const StatementLine&, const StatementLine&) = default;
};

struct StatementFile {
  std::vector<StatementLine> lines;
  std::vector<RowError> errors;
};

/// CSV with the header network,account,currency,amount,period in any order ("account" may be
/// missing); amounts with a decimal point, periods like 2026-03. The error is a sentence.
Result<StatementFile, std::string> read_statement(std::string_view text);

/// One month of an account in a currency: the statement beside approved and paid commissions.
struct ReconciledLine {
  StatementLine statement;
  bool stated = true;  ///< false: the ledger has money that the statement does not speak of
  std::int64_t ledger_micro = 0;
  std::int64_t difference_micro() const { return statement.micro - ledger_micro; }
  friend bool operator==(const ReconciledLine&, const ReconciledLine&) = default;
};

/// Lines of the same place add up. Of the ledger's other lines those of a network and month that
/// the statement speaks of are told too. By network, account, currency, period.
std::vector<ReconciledLine> reconcile(std::span<const StatementLine> statement,
                                      std::span<const LedgerLine> ledger);

}  // namespace candor
