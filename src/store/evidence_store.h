#pragma once
// What attribution reads of a site in bulk. Callable from any thread.
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "attribution/match.h"
#include "base/strong_id.h"

namespace candor::store {

/// Where a link leads, as it stands: what it was at the time of a click is not kept.
struct LinkTarget {
  LinkId id;
  std::string network;
  std::string destination;
};

class EvidenceStore {
 public:
  virtual ~EvidenceStore() = default;

  /// Gives `take` the human clicks in [from_ms, to_ms), ascending over its calls, a piece at a
  /// time. Each piece is of one moment, the whole need not be.
  virtual void scan_human_clicks(
      std::int64_t from_ms, std::int64_t to_ms,
      const std::function<void(std::span<const attribution::CandidateClick>)>& take) const = 0;
  /// Those of the ids, ascending, that are stored.
  virtual std::vector<attribution::CandidateClick> find_candidates(
      std::span<const ClickId> ids) const = 0;
  /// Of every network's link, removed ones too, by id.
  virtual std::vector<LinkTarget> list_link_targets() const = 0;
};

}  // namespace candor::store
