#include "sqlite/table_image.h"

#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

namespace candor::sqlite {
namespace {

constexpr std::size_t kPageBytes = PageFile::kPageBytes;

// Places in the file's header.
constexpr std::size_t kChangeCounter = 24;
constexpr std::size_t kPageCount = 28;
constexpr std::size_t kCountIsOfChange = 92;

constexpr unsigned char kLeaf = 13;
constexpr unsigned char kInterior = 5;
constexpr std::size_t kLeafHeadBytes = 8;
constexpr std::size_t kInteriorHeadBytes = 12;
/// A left child and the largest varint.
constexpr std::size_t kInteriorCellBytes = 4 + 9;
/// Length and id of a row as varints, its header, its columns.
constexpr std::size_t kMostRowBytes =
    9 + 9 + 2 + TableImage::kMostColumns + 8 * TableImage::kMostColumns;

/// SQLite's numbers have their high byte first.
void put_16(unsigned char* at, std::size_t value) {
  at[0] = static_cast<unsigned char>(value >> 8);
  at[1] = static_cast<unsigned char>(value);
}
void put_32(unsigned char* at, std::uint32_t value) {
  put_16(at, value >> 16);
  put_16(at + 2, value & 0xFFFF);
}

/// The highest `bytes` bytes of `value`; writes eight, of which the rest may be written over.
void put_high(unsigned char* at, std::uint64_t value) {
  if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
  std::memcpy(at, &value, sizeof value);
}

/// Seven bits a byte, the highest first; a ninth byte has eight.
unsigned char* put_varint(unsigned char* at, std::uint64_t value) {
  if (value >> 56 != 0) {
    at[8] = static_cast<unsigned char>(value);
    value >>= 8;
    for (std::size_t i = 8; i > 0; --i, value >>= 7)
      at[i - 1] = static_cast<unsigned char>(value | 0x80);
    return at + 9;
  }
  const auto bits = static_cast<unsigned>(std::bit_width(value | 1));
  for (unsigned left = (bits + 6) / 7; left > 1; --left)
    *at++ = static_cast<unsigned char>((value >> (7 * (left - 1))) | 0x80);
  *at++ = static_cast<unsigned char>(value & 0x7F);
  return at;
}

/// How a column is stored: 8 and 9 are the numbers 0 and 1 without a byte, the others have 1, 2, 3,
/// 4, 6 or 8 bytes.
unsigned char serial_type(std::int64_t value) {
  if (value == 0 || value == 1) return static_cast<unsigned char>(8 + value);
  const auto magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
  // With the sign's bit.
  const auto bytes = (static_cast<unsigned>(std::bit_width(magnitude)) + 8) / 8;
  constexpr std::array<unsigned char, 9> kTypes{1, 1, 2, 3, 4, 5, 5, 6, 6};
  return kTypes[bytes];
}
constexpr std::array<unsigned char, 10> kBytesOfType{0, 1, 2, 3, 4, 6, 8, 0, 0, 0};

/// A row as a leaf holds it; where it ends.
unsigned char* put_row(unsigned char* at, std::int64_t id, std::span<const std::int64_t> columns) {
  // Header: its own length, a NULL where the id stands, a type for each column.
  std::array<unsigned char, 2 + TableImage::kMostColumns> header{};
  const std::size_t header_bytes = 2 + columns.size();
  header[0] = static_cast<unsigned char>(header_bytes);
  std::size_t bytes = header_bytes;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    header[2 + i] = serial_type(columns[i]);
    bytes += kBytesOfType[header[2 + i]];
  }
  at = put_varint(at, bytes);
  at = put_varint(at, static_cast<std::uint64_t>(id));
  std::memcpy(at, header.data(), header.size());
  at += header_bytes;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const unsigned size = kBytesOfType[header[2 + i]];
    if (size == 0) continue;
    put_high(at, static_cast<std::uint64_t>(columns[i]) << (64 - 8 * size));
    at += size;
  }
  return at;
}

}  // namespace

void PageFile::Free::operator()(unsigned char* bytes) const { std::free(bytes); }

PageFile::PageFile(std::string_view beginning, std::size_t pages)
    : bytes_(static_cast<unsigned char*>(std::calloc(pages, kPageBytes))),
      pages_(pages),
      first_free_(static_cast<std::uint32_t>(beginning.size() / kPageBytes + 1)),
      next_(first_free_) {
  if (!bytes_) throw std::bad_alloc();
  std::memcpy(bytes_.get(), beginning.data(), beginning.size());
  put_32(bytes_.get() + kPageCount, static_cast<std::uint32_t>(pages));
  restart();
}

void PageFile::restart() {
  next_ = first_free_;
  ++changes_;
  put_32(bytes_.get() + kChangeCounter, changes_);
  put_32(bytes_.get() + kCountIsOfChange, changes_);
}

std::uint32_t PageFile::take() {
  if (next_ > pages_) return 0;
  return next_++;
}

TableImage::TableImage(PageFile& file, std::uint32_t root) : file_(file), root_(root) {}

bool TableImage::begin_leaf() {
  if (leaf_ != 0) {
    // The full leaf gets a cell in the root: its number, and the last id in it.
    const std::size_t pointers_end = kInteriorHeadBytes + 2 * (leaves_ + 1);
    if (root_content_at_ < pointers_end + kInteriorCellBytes) return false;
    std::array<unsigned char, kInteriorCellBytes> cell{};
    put_32(cell.data(), leaf_);
    const auto bytes = static_cast<std::size_t>(
        put_varint(cell.data() + 4, static_cast<std::uint64_t>(last_)) - cell.data());
    root_content_at_ -= bytes;
    unsigned char* root = file_.page(root_);
    std::memcpy(root + root_content_at_, cell.data(), bytes);
    put_16(root + kInteriorHeadBytes + 2 * leaves_, root_content_at_);
    ++leaves_;
  }
  leaf_ = file_.take();
  rows_ = 0;
  content_at_ = kPageBytes;
  return leaf_ != 0;
}

bool TableImage::add(std::int64_t id, std::span<const std::int64_t> columns) {
  if (id <= last_ || columns.size() > kMostColumns) return false;
  // put_row's last column may be written eight bytes wide.
  std::array<unsigned char, kMostRowBytes + 8> row;
  const auto bytes = static_cast<std::size_t>(put_row(row.data(), id, columns) - row.data());
  if (leaf_ == 0 || content_at_ - bytes < kLeafHeadBytes + 2 * (rows_ + 1)) {
    if (!begin_leaf()) return false;
  }
  content_at_ -= bytes;
  unsigned char* page = file_.page(leaf_);
  std::memcpy(page + content_at_, row.data(), bytes);
  put_16(page + kLeafHeadBytes + 2 * rows_, content_at_);
  ++rows_;
  put_16(page + 3, rows_);
  // 0 stands for 65,536, which only an empty page has.
  put_16(page + 5, content_at_);
  page[0] = kLeaf;
  last_ = id;
  return true;
}

bool TableImage::finish() {
  if (leaf_ == 0) return false;
  unsigned char* root = file_.page(root_);
  if (leaves_ == 0) {
    std::memcpy(root, file_.page(leaf_), kPageBytes);
    return true;
  }
  root[0] = kInterior;
  put_16(root + 1, 0);
  put_16(root + 3, leaves_);
  put_16(root + 5, root_content_at_);
  root[7] = 0;
  put_32(root + 8, leaf_);
  return true;
}

}  // namespace candor::sqlite
