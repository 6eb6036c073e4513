#pragma once
// The readers of one day by key, each counted once. Ordinals of a packed day are small numbers, so
// while keys are few a reader is one bit of the key's row; all else is put in order and counted.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace candor::rollup {

class DayVisitors {
 public:
  /// Before all else. Keys stay below 2^`bits` until this is called anew, which takes everything
  /// away.
  void set_key_bits(unsigned bits) {
    rows_.clear();
    others_.clear();
    rows_.resize(bits <= kMostRowBits ? std::size_t{1} << bits : 0);
    ordinals_ = kMostRowBytes * 8 >> bits;
  }

  void add(std::uint64_t key, std::int64_t visitor) {
    const auto ordinal = static_cast<std::uint64_t>(visitor);
    if (key >= rows_.size() || ordinal >= ordinals_) {
      others_.emplace_back(key, visitor);
      return;
    }
    std::vector<std::uint64_t>& row = rows_[key];
    if (ordinal / 64 >= row.size()) row.resize(std::bit_ceil(ordinal / 64 + 1));
    row[ordinal / 64] |= std::uint64_t{1} << ordinal % 64;
  }

  /// What was added, each once, in any order; nothing is left.
  std::vector<std::pair<std::uint64_t, std::int64_t>> take();
  /// How many readers each key has, those with none left out; ready for another day.
  std::vector<std::pair<std::uint64_t, std::int64_t>> count();

 private:
  static constexpr unsigned kMostRowBits = 10;
  static constexpr std::uint64_t kMostRowBytes = std::uint64_t{1} << 26;  ///< of all rows

  void count_others(std::vector<std::pair<std::uint64_t, std::int64_t>>& counts);

  std::vector<std::vector<std::uint64_t>> rows_;  ///< a bit an ordinal, by key
  std::uint64_t ordinals_ = 0;                    ///< those below have bits
  std::vector<std::pair<std::uint64_t, std::int64_t>> others_;
};

}  // namespace candor::rollup
