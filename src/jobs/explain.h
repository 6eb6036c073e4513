#pragma once
// The evidence behind one commission's division: what was heard of it, which clicks were looked at,
// how the money was divided, and what was taken back and booked again since.
#include <cstdint>
#include <optional>
#include <vector>

#include "attribution/credit.h"
#include "attribution/window_model.h"
#include "store/store.h"

namespace candor::jobs {

/// One try of tier 4, and what it finds today.
struct WindowSeen {
  attribution::Candidates candidates;
  std::int64_t clicks = 0;
};

struct Explanation {
  store::CommissionState state;
  std::vector<store::CommissionEvent> history;  ///< oldest first
  std::optional<std::int64_t> decided_at_ms;    ///< of what it is matched to now
  std::vector<store::DatedMatch> past;          ///< what it was matched to before
  std::vector<store::Booked> bookings;          ///< in the order of booking
  /// For a modelled one, and one of no sub-id that is unattributed: the tries in their order, up to
  /// the first with clicks.
  std::vector<WindowSeen> windows;
  std::vector<attribution::CandidateClick> clicks;  ///< of that one, the newest kMostShownClicks
  /// Of the amount as it stands, by the frozen weights, in their order.
  std::vector<attribution::SplitPart> division;
  /// The amount is divided together with that of the sale which it reverses (or the reversals of
  /// it), so that their parts leave nothing: what is booked is not this division alone.
  bool divided_with_others = false;
};
inline constexpr std::size_t kMostShownClicks = 100;

/// Nothing when there is no such commission.
std::optional<Explanation> explain(const store::Store& store, CommissionId id);

}  // namespace candor::jobs
