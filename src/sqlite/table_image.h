#pragma once
// Tables of whole numbers laid out as the pages of a SQLite file, for SQLite to copy rows from: a
// tenth of the work of binding them one by one. Format: https://www.sqlite.org/fileformat2.html
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace candor::sqlite {

/// A file of pages of 64 KiB in memory. Its size never changes; pages not used yet are zeros that
/// the system has not given yet.
class PageFile {
 public:
  static constexpr std::size_t kPageBytes = 65'536;

  /// `beginning`: the pages of an empty database, page 1 to its last table's.
  PageFile(std::string_view beginning, std::size_t pages);

  /// All but the beginning is free again, and SQLite will see that the file has changed: not what
  /// a transaction that goes on has read, only what the next reads.
  void restart();
  /// The next free page's number; 0 when all are used.
  std::uint32_t take();
  unsigned char* page(std::uint32_t number) { return bytes_.get() + (number - 1) * kPageBytes; }

  std::span<unsigned char> bytes() { return {bytes_.get(), pages_ * kPageBytes}; }

 private:
  struct Free {
    void operator()(unsigned char* bytes) const;
  };
  std::unique_ptr<unsigned char, Free> bytes_;
  std::size_t pages_;
  std::uint32_t first_free_;
  std::uint32_t next_;
  std::uint32_t changes_ = 0;
};

/// Fills one table, whose first column is its INTEGER PRIMARY KEY.
class TableImage {
 public:
  static constexpr std::size_t kMostColumns = 30;

  /// `root` is one of the file's beginning; what the table held is gone.
  TableImage(PageFile& file, std::uint32_t root);

  /// The row's further columns; false when `id` is not above the last row's, or the file is full.
  bool add(std::int64_t id, std::span<const std::int64_t> columns);
  /// Makes the table one that can be read; false when the file is full.
  bool finish();

 private:
  bool begin_leaf();

  PageFile& file_;
  std::uint32_t root_;
  std::uint32_t leaf_ = 0;      ///< the page that rows go to
  std::size_t rows_ = 0;        ///< in it
  std::size_t content_at_ = 0;  ///< where its last row begins; rows go downwards
  std::size_t leaves_ = 0;      ///< full ones, each with a cell in the root
  std::size_t root_content_at_ = PageFile::kPageBytes;
  std::int64_t last_ = INT64_MIN;
};

}  // namespace candor::sqlite
