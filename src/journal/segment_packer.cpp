#include "journal/segment_packer.h"

#include <array>

namespace candor::journal {
namespace {

constexpr std::size_t kClickBytes = kRecordHeadBytes + kClickPayloadBytes;
constexpr std::size_t kTextHeadBytes = kRecordHeadBytes + 10;

}  // namespace

SegmentPacker::SegmentPacker(std::uint64_t segment, std::uint64_t segment_bytes)
    : segment_(segment), segment_bytes_(segment_bytes) {
  put(RecordType::Segment, encode_segment(segment_bytes));
}

bool SegmentPacker::add(const Click& click) {
  const std::array<Mention, 4> texts{look_up(click.reason), look_up(click.referrer),
                                     look_up(click.user_agent), look_up(click.language)};
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
  append_click(pending_, record, segment_, end());
  return true;
}

bool SegmentPacker::has_room_for(std::span<const Click> clicks) const {
  std::uint64_t most = clicks.size() * (kClickBytes + 4 * kTextHeadBytes);
  for (const Click& click : clicks)
    most += click.reason.size() + click.referrer.size() + click.user_agent.size() +
            click.language.size();
  // The padding in front of a click that does not fit into a block is shorter than the click.
  return end() + 2 * most < segment_bytes_ && texts_.size() + 4 * clicks.size() < kTextIds;
}

SegmentPacker::Mention SegmentPacker::look_up(std::string_view text) {
  text = text.substr(0, kTextBytes);
  if (text.empty()) return {};
  const auto known = texts_.find(text);
  return {.text = text, .known = known == texts_.end() ? nullptr : &known->second};
}

std::size_t SegmentPacker::bytes_for(std::span<const Mention> texts, std::uint64_t in_block) {
  std::size_t bytes = kClickBytes;
  for (const auto& [text, known] : texts)
    if (!text.empty() && (known == nullptr || is_due(*known, in_block)))
      bytes += kTextHeadBytes + text.size();
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
std::uint32_t SegmentPacker::refer_to(const Mention& mention) {
  const std::string_view text = mention.text;
  if (text.empty()) return 0;
  if (mention.known == nullptr) {
    // Two texts of one click may be the same.
    const auto id = static_cast<std::uint32_t>(texts_.size() + 1);
    const auto [known, is_new] = texts_.try_emplace(std::string(text), Known{id, block()});
    if (is_new) append_text(pending_, id, text, segment_, end());
    return known->second.id;
  }
  Known& at = *mention.known;
  if (is_due(at, block())) {
    at.twice = true;
    append_text(pending_, at.id, text, segment_, end());
  }
  return at.id;
}

}  // namespace candor::journal
