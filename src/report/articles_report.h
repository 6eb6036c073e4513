#pragma once
// Revenue and clicks per article over a range of days: one set of numbers for screen, CSV, mail and
// terminal.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "revenue/commission.h"
#include "revenue/reconcile.h"

namespace candor::report {

/// Amounts in one currency, by status, in micro-units.
struct RevenueLine {
  Currency currency;
  std::array<std::int64_t, kCommissionStatusCount> micro_by_status{};
  std::int64_t orders = 0;
  /// pending + approved + paid; reversals are shown beside, not subtracted twice.
  std::int64_t earned_micro() const;
  friend bool operator==(const RevenueLine&, const RevenueLine&) = default;
};

struct ArticleRow {
  ArticleId article;  ///< none: the unattributed row
  std::string path;   ///< "/best-blenders"; "(unattributed)" or "(unknown article)"
  std::string title;
  std::int64_t clicks = 0;  ///< net: human, not repeated
  std::int64_t gross_clicks = 0;
  std::vector<RevenueLine> revenue;  ///< by currency code, ascending
  std::string disclosure;            ///< page verdict of the last audit, or empty
  /// By people, as the pages themselves told; nothing: not known, which is not the same as none.
  std::optional<std::int64_t> views;
  /// Of `clicks` and `revenue`, what is of the days since views are counted; only with `views`.
  std::int64_t viewed_clicks = 0;
  std::vector<RevenueLine> viewed_revenue;
  /// Earned micro-units per net click in a currency, rounded half to even; nothing when there are
  /// no clicks.
  std::optional<std::int64_t> epc_micro(const RevenueLine& line) const;
  /// Net clicks per million views, rounded half to even (120,000: of a hundred views, twelve
  /// clicks); nothing without views.
  std::optional<std::int64_t> ctr_micro() const;
  /// Earned micro-units per thousand views in a currency, rounded half to even; nothing without
  /// views.
  std::optional<std::int64_t> rpm_micro(Currency currency) const;
  friend bool operator==(const ArticleRow&, const ArticleRow&) = default;
};

struct ArticlesReport {
  std::string from_day;          ///< "2026-10-26", site's zone, inclusive
  std::string to_day;            ///< inclusive
  std::string zone;              ///< "Europe/Berlin"
  std::string as_of;             ///< RFC 3339: money as it was known then; empty: now
  bool demo = false;             ///< numbers of generated demo data
  std::vector<ArticleRow> rows;  ///< by earned of the first currency, then clicks, then path
  ArticleRow unattributed;
  ArticleRow total;                   ///< rows + unattributed, exactly
  std::vector<RevenueLine> imported;  ///< straight from the commissions: must equal total.revenue
  /// The ledger's own check of the days, by network, account, currency, status and month; empty
  /// when it was not asked.
  std::vector<LedgerLine> ledger;
  bool balanced = true;  ///< attributed + unattributed = imported, per currency and status
};

/// Sorts the rows, sums the total and checks the balance.
void finish(ArticlesReport& report);

/// The report as JSON (schema "candor.report.articles/1"; money as micro_units + currency), as CSV
/// (one line per article and currency, formula-guarded) and as an aligned table.
std::string to_json(const ArticlesReport& report);
std::string to_csv(const ArticlesReport& report);
std::string to_table(const ArticlesReport& report);

}  // namespace candor::report
