#pragma once
// Lays clicks out as the bytes of one segment: what comes next, and which texts a reader of the
// segment knows by then.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "click/click.h"
#include "journal/record.h"

namespace candor::journal {

class SegmentPacker {
 public:
  /// `segment_bytes` is a multiple of the block size, at least two blocks.
  SegmentPacker(std::uint64_t segment, std::uint64_t segment_bytes);

  /// Adds a click to the pending bytes; false when the segment has no room for it.
  bool add(const Click& click);

  /// Whether add() takes all of these; may say no although it would.
  bool has_room_for(std::span<const Click> clicks) const;

  /// The bytes not yet written, and where they go.
  std::string_view pending() const { return pending_; }
  std::uint64_t offset() const { return offset_; }
  /// The pending bytes are on the disk.
  void mark_written();

  std::uint64_t segment() const { return segment_; }

 private:
  struct Known {
    std::uint32_t id = 0;
    std::uint64_t block = 0;  ///< of the first definition
    bool twice = false;
  };
  /// A text of the click at hand, and what is known of it; null: nothing, or there is no text.
  struct Mention {
    std::string_view text;
    Known* known = nullptr;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  std::uint64_t end() const { return offset_ + pending_.size(); }
  std::uint64_t block() const { return end() / kBlockBytes; }
  std::uint64_t left_in_block() const { return kBlockBytes - end() % kBlockBytes; }
  static bool is_due(const Known& known, std::uint64_t in_block) {
    return !known.twice && known.block != in_block;
  }
  Mention look_up(std::string_view text);
  /// At most so many for a click and the texts that `in_block` must define for it.
  static std::size_t bytes_for(std::span<const Mention> texts, std::uint64_t in_block);
  void put(RecordType type, std::string_view payload);
  void pad_block();
  std::uint32_t refer_to(const Mention& mention);

  std::uint64_t segment_;
  std::uint64_t segment_bytes_;
  std::uint64_t offset_ = 0;
  std::string pending_;
  std::unordered_map<std::string, Known, TextHash, std::equal_to<>> texts_;
};

}  // namespace candor::journal
