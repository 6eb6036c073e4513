#pragma once
// Whole numbers of one column, packed into as few bits as they need, with a checksum that also
// names the place they belong to: closed days are kept so. Plain functions over bytes.
//
//   column     = version packing width zero count dictionary checksum body
//   version    = u8 (1); packing, width: u8; zero: u8
//   count, dictionary = u32, little-endian, like all that follows
//   checksum   = u64 over place, the twelve bytes before it, and the body
//   body       = *varint codes            ; Codes: the dictionary, ascending, as differences
//              | codes                    ; Ordinals
//              | varint *u8 *codes *varint codes   ; Ascending: milliseconds by 64, then what is
//              below
//   codes      = width u64 for each 64 values; the last ones filled up with zeros
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candor::rollup {

/// More values than this are no column.
inline constexpr std::size_t kMostPacked = std::size_t{1} << 24;

/// Any values, by a dictionary of the different ones.
std::string pack_codes(std::span<const std::int64_t> values, std::uint64_t place);
/// Values of 0 to 2^32 - 1, each as it is. Throws std::logic_error for others.
std::string pack_ordinals(std::span<const std::int64_t> values, std::uint64_t place);
/// Ids of clicks, none below the one before it. Throws std::logic_error for others, and when two
/// neighbours are more than 2^32 ms apart.
std::string pack_ascending(std::span<const std::int64_t> values, std::uint64_t place);

/// A column's bytes, checked. Views them.
class PackedColumn {
 public:
  /// The error says what is damaged. `place` is the one the column was packed for.
  static Result<PackedColumn, std::string> open(std::string_view bytes, std::uint64_t place);

  std::size_t size() const { return count_; }
  /// The different values, ascending; empty when the column has none to look up.
  const std::vector<std::int64_t>& dictionary() const { return dictionary_; }
  /// Of each value, its place in the dictionary (or the ordinal itself). Every code is below
  /// code_limit(); those of a sound column are below the dictionary's size. `out` gets whole groups
  /// of 64: beyond size() stands nothing of meaning.
  void read_codes(std::vector<std::uint32_t>& out) const;
  std::size_t code_limit() const { return std::size_t{1} << width_; }
  /// The values; the error says what is damaged.
  Result<std::vector<std::int64_t>, std::string> read() const;

 private:
  enum class Packing : std::uint8_t { Codes = 1, Ordinals = 2, Ascending = 3 };
  friend std::string pack_codes(std::span<const std::int64_t>, std::uint64_t);
  friend std::string pack_ordinals(std::span<const std::int64_t>, std::uint64_t);
  friend std::string pack_ascending(std::span<const std::int64_t>, std::uint64_t);
  static std::string seal(Packing packing, unsigned width, std::size_t count,
                          std::size_t dictionary, std::string body, std::uint64_t place);
  bool read_dictionary(std::string_view& body, std::size_t size);
  bool open_ascending(std::string_view& body);
  std::vector<std::int64_t> read_ascending(const std::vector<std::uint32_t>& low) const;

  Packing packing_ = Packing::Codes;
  unsigned width_ = 0;
  std::size_t count_ = 0;
  std::vector<std::int64_t> dictionary_;
  std::string_view codes_;
  std::uint64_t first_ms_ = 0;  ///< these three: of an ascending column
  std::string_view gap_widths_;
  std::string_view gaps_;
};

}  // namespace candor::rollup
