#pragma once
// Walks the records of one segment, and finds the next sound one behind damage.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "journal/click_record.h"
#include "journal/journal.h"
#include "journal/record.h"

namespace candor::journal {

class SegmentScanner {
 public:
  /// Throws std::system_error when the file cannot be opened.
  SegmentScanner(const std::filesystem::path& directory, std::uint64_t segment);
  ~SegmentScanner();
  SegmentScanner(const SegmentScanner&) = delete;
  SegmentScanner& operator=(const SegmentScanner&) = delete;

  enum class Step : std::uint8_t {
    End,    ///< nothing more; for an open segment: yet
    Moved,  ///< past something that is no click
    Click,
  };
  /// Takes the record at offset(). `closed`: nobody writes to the segment any more, so whatever is
  /// not sound is damage; otherwise it may be a record that is being written.
  Step step(bool closed, ClickRecord& out, std::vector<Damage>& damage);

  /// Looks at the file anew: its size, and the bytes of the block under offset().
  void refresh();
  /// Whether the file is shorter than it was prepared, which only closing does.
  bool is_cut() const { return size_ < prepared_bytes_; }

  /// Whether the file was removed when last looked at; another one may have its name by now, as
  /// when a full disk made the writer begin the segment twice.
  bool is_removed() const { return removed_; }

  /// What the clicks so far name, and what those to come will.
  std::shared_ptr<const Texts> texts() const { return texts_; }

  std::uint64_t segment() const { return segment_; }
  std::uint64_t offset() const { return offset_; }
  std::uint64_t size() const { return size_; }

 private:
  void load(std::uint64_t block_start);
  std::string_view rest_of_block(std::uint64_t offset);
  Step take(const Record& record, ClickRecord& out, std::vector<Damage>& damage);
  Step take_click(const Record& record, ClickRecord& out, std::vector<Damage>& damage);
  Step recover(bool closed, std::vector<Damage>& damage);
  Step skip_block_end(std::vector<Damage>& damage);
  std::optional<std::uint64_t> find_record(std::uint64_t from);
  std::uint64_t end_of_data(std::uint64_t from);
  Damage damaged(std::uint64_t bytes, std::string reason) const;
  bool know(std::uint32_t& text) const;

  std::uint64_t segment_;
  int descriptor_;
  std::uint64_t size_ = 0;
  bool removed_ = false;
  std::uint64_t prepared_bytes_ = 0;
  std::uint64_t offset_ = 0;
  std::string block_;
  std::uint64_t block_start_ = UINT64_MAX;  ///< no block loaded
  std::shared_ptr<Texts> texts_ = std::make_shared<Texts>(1);
};

}  // namespace candor::journal
