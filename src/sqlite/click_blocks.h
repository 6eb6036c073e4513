#pragma once
// Clicks of closed days, read from their column blocks over one connection. A damaged block is
// never passed over: every function throws store::Broken, which names the day and the column.
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "rollup/click_block.h"
#include "rollup/site_zone.h"
#include "sqlite/connection.h"
#include "store/click_store.h"

namespace candor::sqlite {

/// One block: `clicks` clicks of a day, ids from first_click to last_click.
struct BlockHead {
  std::int64_t id = 0;
  rollup::DayNumber day = 0;
  std::int64_t first_click = 0;
  std::int64_t last_click = 0;
  std::int64_t clicks = 0;
};

[[noreturn]] void throw_damaged(const BlockHead& block, std::string_view reason);

/// Those that may hold ids between the two, both excluded; oldest first.
std::vector<BlockHead> list_blocks(Connection& connection, ClickId after, ClickId before);
std::vector<BlockHead> list_blocks(Connection& connection, rollup::DayNumber from,
                                   rollup::DayNumber to);
/// The only one that may hold the click.
std::optional<BlockHead> find_block(Connection& connection, ClickId click);
/// The largest id in any block; 0: none.
std::int64_t find_last_block_click(Connection& connection);

/// Gives `use` the column, which is gone when it returns.
void with_column(Connection& connection, const BlockHead& block, rollup::ClickColumn column,
                 const std::function<void(const rollup::PackedColumn&)>& use);

/// The columns of one block, each read when it is first asked for.
class BlockColumns {
 public:
  BlockColumns(Connection& connection, const BlockHead& block)
      : connection_(connection), block_(block) {}

  const std::vector<std::int64_t>& of(rollup::ClickColumn column);
  /// Where in the block the click stands; nothing when it is not in it.
  std::optional<std::size_t> find(ClickId click);
  const BlockHead& head() const { return block_; }

 private:
  Connection& connection_;
  BlockHead block_;
  std::array<std::optional<std::vector<std::int64_t>>, rollup::kClickColumnCount> columns_;
};

/// Makes clicks of blocks' numbers; remembers the texts.
class ClickMaker {
 public:
  explicit ClickMaker(Connection& connection) : connection_(connection) {}
  Click make(BlockColumns& columns, std::size_t at);

 private:
  const std::string& text(std::string_view find,
                          std::unordered_map<std::int64_t, std::string>& known, std::int64_t id);

  Connection& connection_;
  std::unordered_map<std::int64_t, std::string> reasons_;
  std::unordered_map<std::int64_t, std::string> referrers_;
  std::unordered_map<std::int64_t, std::string> user_agents_;
  std::unordered_map<std::int64_t, std::string> languages_;
};

/// What is wanted of blocks: values of columns.
struct BlockFilter {
  std::int64_t after = -1;  ///< ids between the two, both excluded
  std::int64_t before = INT64_MAX;
  std::vector<std::pair<rollup::ClickColumn, std::int64_t>> equal{};
  std::size_t limit = 0;
};

/// Which end of the log comes first.
enum class BlockOrder : std::uint8_t { OldestFirst, NewestFirst };

/// At most `limit` clicks that fit, in order.
std::vector<Click> list_block_clicks(Connection& connection, const BlockFilter& filter,
                                     BlockOrder order);

}  // namespace candor::sqlite
