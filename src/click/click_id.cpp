#include "click/click_id.h"

#include <algorithm>
#include <cassert>

namespace candor {
namespace {

constexpr int kSequenceBits = 12;
constexpr int kNodeBits = 10;
constexpr std::int64_t kSequenceLimit = std::int64_t{1} << kSequenceBits;
constexpr std::int64_t kNodeLimit = std::int64_t{1} << kNodeBits;

}  // namespace

// `after` may come from another node, whose bits stand above the sequence: starting in the next
// millisecond ascends whatever its node was.
ClickIdMinter::ClickIdMinter(int node, ClickId after)
    : node_bits_(std::int64_t{node} << kSequenceBits),
      last_ms_(after.value == 0 ? 0 : (after.value >> (kSequenceBits + kNodeBits)) + 1) {
  assert(node >= 0 && node < kNodeLimit);
}

ClickId ClickIdMinter::mint(Millis now) {
  // The first millisecond of the epoch is skipped: with node 0 it would mint the none-id.
  const std::int64_t now_ms = std::max<std::int64_t>(to_ms(now) - kClickEpochMs, 1);
  if (now_ms > last_ms_) {
    last_ms_ = now_ms;
    sequence_ = 0;
  } else if (sequence_ == kSequenceLimit) {
    ++last_ms_;
    sequence_ = 0;
  }
  return {last_ms_ << (kSequenceBits + kNodeBits) | node_bits_ | sequence_++};
}

}  // namespace candor
