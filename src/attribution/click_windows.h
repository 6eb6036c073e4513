#pragma once
// The clicks that a window of time holds, as tier 4 counts them: held while a question may still
// ask for them, then forgotten.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "attribution/models.h"
#include "attribution/window_model.h"

namespace candor::attribution {

/// A click by the places of its article and link in lists of the asker.
struct Held {
  std::int64_t at_ms;
  std::uint32_t article;
  std::uint32_t link;
};

/// What one window gives, by article and link (or none).
using Shares = std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t>;
inline constexpr std::uint32_t kNoLink = UINT32_MAX;

/// The clicks in the window of one length that ends at the latest question, counted by article as
/// they come and go. Clicks come in order of time, questions with ascending ends.
class SlidingCounts {
 public:
  SlidingCounts(std::int64_t length_ms, Model model);

  void add(const Held& click);
  /// Of the clicks from `from_ms` on; size() is then their number.
  Shares share(std::int64_t from_ms, const ModelChoice& choice);
  std::size_t size() const { return clicks_.size(); }

 private:
  void drop_before(std::int64_t from_ms);
  void count(const Held& click, std::int64_t by);

  std::int64_t length_ms_;
  std::int64_t step_ms_;
  bool by_age_;
  std::deque<Held> clicks_;
  std::vector<std::int64_t> counts_;                                     ///< by article
  std::map<std::pair<std::uint32_t, std::int64_t>, std::int64_t> aged_;  ///< by article and step
};

/// The clicks on one product, few enough to be looked at when a question comes.
class ProductClicks {
 public:
  /// Windows up to this long will be asked for.
  void keep_for(std::int64_t length_ms) { longest_ms_ = std::max(longest_ms_, length_ms); }
  void add(const Held& click);
  std::span<const Held> from(std::int64_t from_ms) const;

 private:
  static constexpr std::size_t kLeastRoom = 8;

  /// Forgets what is too old for any question to come, before more memory is taken.
  void make_room(std::int64_t too_old_ms);

  std::int64_t longest_ms_ = 0;
  std::vector<Held> clicks_;
};

/// By article and link. Time decay counts ages in hours, in windows of over 3 days in days, as the
/// sliding counts do.
Shares share_product(std::span<const Held> clicks, std::int64_t length_ms,
                     const ModelChoice& choice);

}  // namespace candor::attribution
