#pragma once
// One file on its way into the ledger: each row is judged by what is known, and staged. For one
// thread at a time.
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sqlite/ledger_stage.h"

namespace candor::sqlite {

class Intake {
 public:
  /// Takes an import's place. `import` outlives this; its counts are added to.
  Intake(Connection& connection, store::Import& import);

  /// The next rows of the file; `days` are theirs, where the file tells whole days.
  void add(Writer& writer, std::span<const CommissionRow> rows,
           std::span<const rollup::DayNumber> days);

  /// Of the days this file is the truth of: what it does not tell any more. At most a slice; false
  /// when there is none left.
  bool withdraw_missing(Connection& connection);

  void publish(Connection& connection) const;

 private:
  struct Known {
    std::size_t position = 0;
    Standing standing;
  };

  bool is_truth_of(rollup::DayNumber day) const { return truths_.of(day) == import_.id; }
  void add_different(Writer& writer, std::span<const CommissionRow> rows,
                     std::span<const rollup::DayNumber> days);
  std::vector<Known> find_known(Writer& writer, std::span<const CommissionRow> rows);
  void judge(Connection& connection, const CommissionRow& row, rollup::DayNumber day,
             const Standing* known);
  void place(Connection& connection, CommissionId id, rollup::DayNumber day);

  store::Import& import_;
  LedgerStage stage_;
  std::int64_t scope_ = 0;
  DayTruths truths_;
  std::vector<CommissionId> seen_;
  std::optional<rollup::DayNumber> after_day_;
  CommissionId after_;
  // Of the rows that are being added.
  std::vector<SliceRow> slice_;
  std::vector<SliceRow> sightings_;
};

}  // namespace candor::sqlite
