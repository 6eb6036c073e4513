#pragma once
// Which articles commissions came from, decided for many at once, and how they are booked. For one
// thread.
#include <cstdint>
#include <optional>
#include <vector>

#include "attribution/match.h"
#include "jobs/attribute.h"
#include "jobs/store_evidence.h"
#include "store/store.h"

namespace candor::jobs {

/// Commissions held in memory at once, about 100 MB: the clicks are read once for all of them.
inline constexpr std::size_t kDecidedAtOnce = 200'000;

class Decisions {
 public:
  /// Rules as they stand now. Both outlive it.
  Decisions(const store::Store& store, const AttributionSettings& settings)
      : store_(store), settings_(settings), evidence_(store, settings.keys, settings.site_hosts) {}

  /// One for each event that is wanted, nothing where only the clicks of a window can tell.
  std::vector<std::optional<attribution::Match>> by_evidence(
      const std::vector<store::UnbookedEvent>& events, const std::vector<bool>& wanted) const;

  /// One for each event that is wanted, nothing for the others.
  std::vector<std::optional<attribution::Match>> decide(
      const std::vector<store::UnbookedEvent>& events, const std::vector<bool>& wanted) const;

 private:
  const store::Store& store_;
  const AttributionSettings& settings_;
  StoreEvidence evidence_;
};

/// The money of a commission, cumulative.
struct Amounts {
  std::int64_t commission = 0;
  std::int64_t sale = 0;
};

/// What the weights' articles get when the commission goes from `before` to `after`: the difference
/// of its family's divided sums.
std::vector<store::Allocation> allocate(const std::vector<attribution::Weight>& weights,
                                        const store::UnbookedEvent& event, Amounts before,
                                        Amounts after);

/// In transactions of at most 500.
class Booker {
 public:
  Booker(store::RevenueStore& revenue, std::int64_t at_ms) : revenue_(revenue), at_ms_(at_ms) {}

  void add(store::Booking booking);
  /// How many were booked.
  std::int64_t finish();

 private:
  void flush();

  store::RevenueStore& revenue_;
  std::int64_t at_ms_;
  std::vector<store::Booking> bookings_;
  std::int64_t booked_ = 0;
};

}  // namespace candor::jobs
