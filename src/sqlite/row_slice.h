#pragma once
// A slice of an import as a table of the write connection, slice_rows, that lies where the rows
// are: a statement reads all of them, instead of one being bound after the other.
#include <cstdint>
#include <span>

#include "revenue/commission.h"
#include "rollup/site_zone.h"
#include "sqlite/connection.h"

struct sqlite3;

namespace candor::sqlite {

/// A row on its way into the ledger.
struct SliceRow {
  const CommissionRow* row = nullptr;
  std::int64_t commission = 0;
  std::int64_t event = 0;
  bool is_new = false;  ///< its commission is added with it
  bool effective = true;
  rollup::DayNumber day = 0;     ///< of the report, where it tells whole days
  std::int64_t stood_at_ms = 0;  ///< unless new: when what stood so far took place
};

/// Belongs to one connection, and outlives it.
class RowSlice {
 public:
  RowSlice() = default;
  RowSlice(const RowSlice&) = delete;
  RowSlice& operator=(const RowSlice&) = delete;

  /// Names the table; of the connection's statements only.
  void attach(sqlite3* database);
  /// What the table holds from now on: views of the caller's rows.
  void show(std::span<const SliceRow> rows) { rows_ = rows; }
  std::span<const SliceRow> rows() const { return rows_; }

 private:
  std::span<const SliceRow> rows_;
};

}  // namespace candor::sqlite
