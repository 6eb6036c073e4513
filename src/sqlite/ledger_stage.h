#pragma once
// Rows of the ledger that nobody sees yet: they lie above the ledger's marks, in as many small
// transactions as it takes, and one commit raises the marks over them.
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "revenue/commission.h"
#include "rollup/site_zone.h"
#include "sqlite/database.h"
#include "sqlite/money_days.h"
#include "sqlite/row_slice.h"
#include "store/revenue_store.h"

namespace candor::sqlite {

/// Rows a transaction of staging holds: about 20 ms of work, never more than 50.
inline constexpr std::size_t kStagedSlice = 2000;

/// A commission as staged or published last; `event` 0: nothing took effect yet.
struct Standing {
  CommissionId id;
  std::int64_t event = 0;
  store::EventKind kind = store::EventKind::Observed;
  std::int64_t source = 0;  ///< the observation that a restored event repeats, or 0
  CommissionRow row;

  bool speaks() const { return event != 0 && kind != store::EventKind::Withdrawn; }
};

/// An import as the truth of a day; the greater one is.
struct DayTruth {
  bool itself = false;         ///< the report itself, not one that sums it up
  rollup::DayNumber last = 0;  ///< the last day it tells
  ImportId import;
  friend auto operator<=>(const DayTruth&, const DayTruth&) = default;
};

/// Which import is the truth of each day of a network's report.
class DayTruths {
 public:
  void add(const DayTruth& truth, rollup::DayNumber from, rollup::DayNumber to);
  /// None: no import tells the day.
  ImportId of(rollup::DayNumber day) const;

 private:
  std::map<rollup::DayNumber, DayTruth> days_;
};

/// Truths of days in [from, to] by the imports that count, without `but`.
DayTruths load_truths(Connection& connection, const store::Import& scope, ImportId but);

/// Appends events and commissions above the marks. One at a time for each database.
class LedgerStage {
 public:
  /// Removes what a staging that was given up has left, in slices.
  static void discard(Database& database);

  /// After discard(). `at_ms`: when the new events were recorded; not before the newest known.
  LedgerStage(Connection& connection, std::int64_t at_ms);

  CommissionId take_commission() { return {++last_commission_}; }
  std::int64_t take_event() { return ++last_event_; }
  /// Observations whose ids were taken in this order, at most one of a commission; with those
  /// commissions that are new. `scope` is that of the report's days, or 0.
  void append(Writer& writer, const store::Import& import, std::int64_t scope,
              std::span<const SliceRow> rows);
  struct Event {
    CommissionId commission;
    ImportId import;
    store::EventKind kind = store::EventKind::Observed;
    std::int64_t source = 0;
    bool effective = true;
    std::int64_t stood_at_ms = 0;  ///< when what stood so far took place
  };
  void append(Connection& connection, const Event& event, const CommissionRow& row);
  /// Nothing speaks for the commission any more.
  void withdraw(Connection& connection, const Standing& standing, ImportId import);
  /// Makes all of it seen, with the transaction.
  void publish(Connection& connection) const;

  std::int64_t at_ms() const { return at_ms_; }
  std::int64_t first_event() const { return published_event_ + 1; }
  std::int64_t last_event() const { return last_event_; }

 private:
  std::int64_t at_ms_ = 0;
  std::int64_t published_event_ = 0;
  std::int64_t last_event_ = 0;
  std::int64_t last_commission_ = 0;
  ChangedMoney changed_;
};

/// The columns from a commission's id to its parent.
Standing read_standing(Row& row);
/// Published or staged.
std::optional<Standing> find_standing(Connection& connection, const std::string& network,
                                      const CommissionRow& row);
struct PlacedStanding {
  std::int64_t scope = 0;
  rollup::DayNumber day = 0;
  Standing standing;
};
std::optional<PlacedStanding> find_standing(Connection& connection, CommissionId id);

/// What a row of an import does to what is known.
enum class RowEffect : std::uint8_t {
  New,
  Changed,
  Same,
  Older,  ///< kept without effect: what is known is newer, or another file tells its day
};
/// `known`: null when nothing is. `is_truth`: of a file that tells whole days, whether it is the
/// truth of the row's.
RowEffect effect_of(const Standing* known, const CommissionRow& row, std::optional<bool> is_truth);
void count(store::Import& import, RowEffect effect);

/// Which of two observations of a network's record is the newer: greater is newer.
std::pair<std::int64_t, bool> age_of(std::optional<std::int64_t> posted_at_ms,
                                     CommissionStatus status);

/// Of a network's report of an account; 0: none yet.
std::int64_t find_scope(Connection& connection, const store::Import& import);

}  // namespace candor::sqlite
