#pragma once
// Clicks counted by whatever one asks: any of a click's dimensions, with filters on any of them.
// One slicer per thread; several are merged at the end.
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rollup/click_block.h"
#include "rollup/day_visitors.h"
#include "rollup/site_zone.h"

namespace candor::rollup {

enum class SliceDimension : std::uint8_t {
  Day,
  Week,   ///< by its Monday
  Month,  ///< by its first day
  Article,
  Link,
  Merchant,
  Network,
  Programme,  ///< a merchant at a network
  Placement,
  Country,
  Device,
  Os,
  Language,
  Verdict,
  Kind,
  Reason,  ///< the rule behind the verdict: a bot's pattern, a prefetch's header
};
inline constexpr std::size_t kSliceDimensionCount = 16;
std::string_view name_of(SliceDimension dimension);  ///< "day", "week", ..., "reason"
std::optional<SliceDimension> find_slice_dimension(std::string_view name);

/// More dimensions at once make no table for people.
inline constexpr std::size_t kMostSliceDimensions = 5;

/// Any of the values will do.
struct SliceFilter {
  SliceDimension dimension = SliceDimension::Article;
  std::vector<std::int64_t> values;
};

struct SliceQuery {
  DayNumber from = 0;  ///< both included
  DayNumber to = 0;
  std::vector<SliceDimension> by;
  std::vector<SliceFilter> filters;
  bool visitors = false;  ///< count readers of each day, too
};

/// What is known of links beside their clicks: by link id, 0 for links beyond the end.
struct LinkGroups {
  std::vector<std::uint32_t> merchants;
  std::vector<std::uint32_t> networks;
  std::vector<std::uint32_t> programmes;
};

struct SliceRow {
  std::vector<std::int64_t> keys;  ///< one a dimension
  std::int64_t clicks = 0;         ///< human
  std::int64_t gross_clicks = 0;
  /// Readers with a human click, counted on each day and added over days: an estimate of people,
  /// exact as visitor-days. Rows of other keys may count the same reader.
  std::int64_t visitor_days = 0;
  friend bool operator==(const SliceRow&, const SliceRow&) = default;
};

/// Whether counts by day, article, link and verdict answer the query.
bool asks_only_counts(const SliceQuery& query);

class ClickSlicer {
 public:
  /// Gives a column to the function it is handed, which does not keep it.
  using Columns = std::function<void(ClickColumn, const std::function<void(const PackedColumn&)>&)>;

  /// Both outlive the slicer. Throws std::invalid_argument for too many dimensions.
  ClickSlicer(const SliceQuery& query, const LinkGroups& groups);

  /// Clicks of one day. `weights`: how many each entry stands for; empty: one. Days come in
  /// order when visitors are counted.
  void add_block(DayNumber day, std::size_t count, const Columns& columns,
                 std::span<const std::int64_t> weights = {});
  /// The same of columns that are not packed.
  void add_rows(DayNumber day, const ClickRows& rows, std::span<const std::int64_t> weights = {});
  /// Visitor-days that are counted already.
  void add_visitors(DayNumber day, std::int64_t article, std::int64_t visitors);

  /// The other slicer's counts, too; it is done.
  void merge(ClickSlicer& other);
  /// By key; rows without any click are left out.
  std::vector<SliceRow> rows();

 private:
  struct Axis {
    SliceDimension dimension = SliceDimension::Day;
    std::unordered_map<std::int64_t, std::uint32_t> code_of{};
    std::vector<std::int64_t> values{};  ///< by code
    unsigned bits = 1;
    unsigned shift = 0;
  };
  struct Cell {
    std::int64_t clicks = 0;
    std::int64_t gross = 0;
  };
  /// A column of one block: codes into a dictionary.
  struct Coded {
    std::vector<std::uint32_t> codes;
    std::vector<std::int64_t> dictionary;
  };
  using Find = std::function<const Coded&(ClickColumn)>;

  std::int64_t value_of(SliceDimension dimension, DayNumber day, std::int64_t raw) const;
  std::uint32_t code_of(Axis& axis, std::int64_t value);
  void lay_out();
  std::uint64_t key_of(std::span<const std::uint32_t> codes) const;
  Cell& cell(std::uint64_t key);
  template <class Use>
  void each_cell(Use use) const;
  /// Which entries pass the filters; nothing when all do, zeros when none does.
  std::optional<std::vector<std::uint8_t>> find_kept(DayNumber day, std::size_t count,
                                                     const Find& find) const;
  void find_keys(DayNumber day, std::size_t count, const Find& find);
  void add_coded(DayNumber day, std::size_t count, const Find& find,
                 const std::vector<std::int64_t>* visitors, std::span<const std::int64_t> weights);
  void end_day();

  const SliceQuery& query_;
  const LinkGroups& groups_;
  std::vector<Axis> axes_;
  unsigned bits_ = 0;
  std::vector<Cell> dense_;  ///< by key, while keys are short
  std::unordered_map<std::uint64_t, Cell> sparse_;
  std::unordered_map<std::uint64_t, std::int64_t> visitor_days_;
  DayVisitors visits_;  ///< of day_
  std::optional<DayNumber> day_;
  std::vector<std::uint64_t> keys_;  ///< of the block under way
};

/// What people read for a value that needs no table: "2026-11-23", "DE", "mobile". Nothing for
/// the dimensions that do.
std::optional<std::string> text_of(SliceDimension dimension, std::int64_t value);
/// The value of such a text; nothing when it is none.
std::optional<std::int64_t> parse_value(SliceDimension dimension, std::string_view text);
/// Whether text_of() and parse_value() know the dimension.
bool is_plain(SliceDimension dimension);

}  // namespace candor::rollup
