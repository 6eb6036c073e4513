#include "journal/segment_packer.h"

#include <array>

namespace candor::journal {
namespace {

constexpr std::size_t kClickBytes = kRecordHeadBytes + kClickPayloadBytes;
constexpr std::size_t kTextHeadBytes = kRecordHeadBytes + 10;

std::string_view cut(std::string_view text) { return text.substr(0, kTextBytes); }

}  // namespace

SegmentPacker::SegmentPacker(std::uint64_t segment, std::uint64_t segment_bytes)
    : segment_(segment), segment_bytes_(segment_bytes) {
  put(RecordType::Segment, encode_segment(segment_bytes));
}

bool SegmentPacker::add(const Click& click) {
  const std::array<std::string_view, 4> texts{cut(click.reason), cut(click.referrer),
                                              cut(click.user_agent), cut(click.language)};
  // A click shares its block with the texts it is the first to use there, so that no other block's
  // damage can take them away.
  std::uint64_t padding = 0;
  std::size_t needed = bytes_for(texts, block());
  if (left_in_block() < needed) {
    padding = left_in_block();
    needed = bytes_for(texts, block() + 1);
  }
  // The last byte stays unused: a file shorter than it was prepared is a closed one.
  if (end() + padding + needed >= segment_bytes_) return false;
  if (texts_.size() + texts.size() >= kTextIds) return false;
  if (padding != 0) pad_block();

  ClickRecord record;
  record.click = facts_of(click);
  record.reason = refer_to(texts[0]);
  record.referrer = refer_to(texts[1]);
  record.user_agent = refer_to(texts[2]);
  record.language = refer_to(texts[3]);
  put(RecordType::Click, encode_click(record));
  return true;
}

std::size_t SegmentPacker::bytes_for(std::span<const std::string_view> texts,
                                     std::uint64_t in_block) const {
  std::size_t bytes = kClickBytes;
  for (const std::string_view text : texts) {
    const auto known = texts_.find(text);
    if (known == texts_.end() || is_due(known->second, in_block))
      bytes += kTextHeadBytes + text.size();
  }
  return bytes;
}

void SegmentPacker::mark_written() {
  offset_ = end();
  pending_.clear();
}

void SegmentPacker::put(RecordType type, std::string_view payload) {
  append_record(pending_, type, payload, segment_, end());
}

void SegmentPacker::pad_block() {
  const std::uint64_t left = left_in_block();
  if (left < kRecordHeadBytes)
    pending_.append(left, '\0');
  else
    put(RecordType::Padding, std::string(left - kRecordHeadBytes, '\0'));
}

// Texts are written in the first block that uses them and once more in the next block that does:
// the loss of one block loses no text of any other.
std::uint32_t SegmentPacker::refer_to(std::string_view text) {
  if (text.empty()) return 0;
  const auto known = texts_.find(text);
  if (known == texts_.end()) {
    const auto id = static_cast<std::uint32_t>(texts_.size() + 1);
    texts_.emplace(text, Known{.id = id, .block = block()});
    put(RecordType::Text, encode_text(id, text));
    return id;
  }
  Known& at = known->second;
  if (is_due(at, block())) {
    at.twice = true;
    put(RecordType::Text, encode_text(at.id, text));
  }
  return at.id;
}

}  // namespace candor::journal
