#pragma once
// The byte grammar of a segment: blocks of 32 KiB filled with checksummed records. README.md has it
// in full.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "journal/click_record.h"

namespace candor::journal {

inline constexpr std::uint64_t kBlockBytes = 32768;
/// checksum (4), length of the payload (2), type (1)
inline constexpr std::size_t kRecordHeadBytes = 7;
inline constexpr std::uint16_t kFormatVersion = 1;
/// Longer texts are cut here, so that a click and its texts always fit into one block.
inline constexpr std::size_t kTextBytes = 8192;
/// Larger text ids do not occur in a segment.
inline constexpr std::uint64_t kTextIds = 1u << 22;
/// A text record takes at least so many: an id, and no text is empty. Since ids are counted from 1,
/// the records before an offset bound the ids there.
inline constexpr std::uint64_t kLeastTextBytes = kRecordHeadBytes + 2;

enum class RecordType : std::uint8_t { Segment = 1, Text = 2, Click = 3, Padding = 4 };

/// A record whose checksum holds; `payload` views the caller's buffer. The type may be one that a
/// later version added.
struct Record {
  RecordType type = RecordType::Padding;
  std::string_view payload;
  std::size_t bytes() const { return kRecordHeadBytes + payload.size(); }
};

/// The longest payload of a click whose text ids are below kTextIds.
inline constexpr std::size_t kClickPayloadBytes =
    8 + 8 + 1 + 10 + 10 + 3 + 4 * 4 + 2 + 2 + 1 + 2 + 5;

struct SegmentRecord {
  std::uint16_t version = 0;
  std::uint64_t segment_bytes = 0;  ///< as preallocated; a shorter file is closed
};

struct TextRecord {
  std::uint64_t id = 0;
  std::string_view text;
};

/// The checksum covers the place, so a record copied elsewhere is not taken for a record there.
void append_record(std::string& out, RecordType type, std::string_view payload,
                   std::uint64_t segment, std::uint64_t offset);
/// The same for a text's and a click's record, without an encoded copy of it in between.
void append_text(std::string& out, std::uint64_t id, std::string_view text, std::uint64_t segment,
                 std::uint64_t offset);
void append_click(std::string& out, const ClickRecord& record, std::uint64_t segment,
                  std::uint64_t offset);
/// The record that begins at `bytes`, which reaches to the end of its block at most.
std::optional<Record> parse_record(std::string_view bytes, std::uint64_t segment,
                                   std::uint64_t offset);

std::string encode_segment(std::uint64_t segment_bytes);
std::optional<SegmentRecord> decode_segment(std::string_view payload);
std::string encode_text(std::uint64_t id, std::string_view text);
std::optional<TextRecord> decode_text(std::string_view payload);
std::string encode_click(const ClickRecord& record);
/// Nothing when a field is not one this version knows. Fields that a later version appended are
/// left alone. A text's number that no segment can hold becomes the largest one.
std::optional<ClickRecord> decode_click(std::string_view payload);

}  // namespace candor::journal
