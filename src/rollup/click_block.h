#pragma once
// Clicks of one closed day as columns: what stays of them when their rows go. Nothing is lost but
// who a visitor of another day was: keys become ordinals of their day, in random order, so that the
// same reader of a day is still the same, and no salt leads back from an ordinal.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "rollup/packed_column.h"

namespace candor::rollup {

/// The columns of a click, in the order of its table. The numbers are written to databases.
enum class ClickColumn : std::uint8_t {
  Id = 0,
  Link = 1,
  Article = 2,
  Placement = 3,
  Visitor = 4,
  Verdict = 5,
  Reason = 6,
  Referrer = 7,
  UserAgent = 8,
  Country = 9,
  Device = 10,
  Os = 11,
  AsnClass = 12,
  Language = 13,
  Variant = 14,
  Kind = 15,
  SkewMs = 16,
};
inline constexpr std::size_t kClickColumnCount = 17;
std::string_view name_of(ClickColumn column);  ///< as its table has it: "user_agent"

inline constexpr std::size_t kMostBlockClicks = 65'536;

/// Whole numbers as a table of clicks holds them, column by column; texts by their number.
struct ClickRows {
  std::array<std::vector<std::int64_t>, kClickColumnCount> columns;

  std::vector<std::int64_t>& of(ClickColumn column) {
    return columns[static_cast<std::size_t>(column)];
  }
  const std::vector<std::int64_t>& of(ClickColumn column) const {
    return columns[static_cast<std::size_t>(column)];
  }
  std::size_t size() const { return columns[0].size(); }
  friend bool operator==(const ClickRows&, const ClickRows&) = default;
};

/// Where a column is kept: what its checksum names beside its bytes.
constexpr std::uint64_t place_of(std::uint64_t block, ClickColumn column) {
  return block * 32 + static_cast<std::uint64_t>(column);
}

using PackedClicks = std::array<std::string, kClickColumnCount>;

/// Ids ascend, visitors are ordinals. Throws std::logic_error for more than kMostBlockClicks.
PackedClicks pack_clicks(const ClickRows& rows, std::uint64_t block);
/// One column anew, as pack_clicks() would.
std::string pack_column(ClickColumn column, std::span<const std::int64_t> values,
                        std::uint64_t block);
/// The error names the damaged column. All columns have as many values.
Result<ClickRows, std::string> unpack_clicks(const PackedClicks& packed, std::uint64_t block);

/// The visitors of one day by random ordinals from 1; 0 (not kept) stays 0.
class VisitorOrdinals {
 public:
  /// Each key at least once, in any order.
  VisitorOrdinals(std::vector<std::int64_t> visitors, Random& random);

  /// Nothing for a key that was not among them.
  std::optional<std::int64_t> find(std::int64_t visitor) const;
  std::size_t size() const { return visitors_.size(); }

 private:
  std::vector<std::int64_t> visitors_;  ///< ascending
  std::vector<std::uint32_t> ordinals_;
};

}  // namespace candor::rollup
