#pragma once
// Many clicks at once into the write connection's tables: a database in memory, attached as
// "batch", from which SQLite copies whole rows. Belongs to the write connection; one use a
// transaction.
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "rollup/click_days.h"
#include "sqlite/connection.h"
#include "sqlite/table_image.h"

namespace candor::sqlite {

/// A row of the table of clicks, but for its id, in the table's order.
using ClickColumns = std::array<std::int64_t, 16>;

class ClickBatch {
 public:
  /// Outlives the connection. After the migrations; throws std::logic_error when the table of
  /// clicks has other columns than these.
  void attach(Connection& connection);

  /// Makes room for a transaction's clicks.
  void restart();
  /// False: the clicks cannot be stored this way (not ascending, or too many). One by one they can.
  bool add(std::int64_t id, const ClickColumns& columns);
  /// False, and nothing is stored, when one of them is already.
  bool store(Connection& connection);
  /// Adds counts in the order of their table; false, and nothing is added, when there is no room.
  bool count(Connection& connection,
             std::span<const std::pair<rollup::ClickDayKey, std::int64_t>> counts);

 private:
  std::optional<PageFile> file_;
  std::uint32_t clicks_root_ = 0;
  std::uint32_t counts_root_ = 0;
  std::optional<TableImage> clicks_;
};

}  // namespace candor::sqlite
