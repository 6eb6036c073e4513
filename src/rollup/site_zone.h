#pragma once
// The site's time zone: where its days begin and end. Reads nothing but the tz database it is
// given.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace date {
class time_zone;
}

namespace candor::rollup {

/// Days since 1970-01-01 in the site's zone.
using DayNumber = std::int32_t;

class SiteZone {
 public:
  /// "Europe/Berlin"; the error is a sentence.
  static Result<SiteZone, std::string> find(std::string_view name);

  DayNumber day_of(std::int64_t at_ms) const;
  std::int64_t start_of(DayNumber day) const;  ///< first millisecond of the local day, UTC ms
  /// What the site's clocks show, as milliseconds since 1970-01-01T00:00 on them.
  std::int64_t local_of(std::int64_t at_ms) const;
  /// The moment at which the site's clocks show `local_ms`: the first of two, and the end of a gap
  /// for times that the clocks skip.
  std::int64_t instant_of(std::int64_t local_ms) const;
  const std::string& name() const { return name_; }

 private:
  explicit SiteZone(const date::time_zone* zone, std::string name)
      : zone_(zone), name_(std::move(name)) {}
  const date::time_zone* zone_;
  std::string name_;
};

/// Finds the days of many moments, mostly near each other, without asking the tz database for each.
/// Used by one thread; the zone outlives it.
class DayFinder {
 public:
  explicit DayFinder(const SiteZone& zone) : zone_(zone) {}
  DayNumber day_of(std::int64_t at_ms);

 private:
  const SiteZone& zone_;
  std::int64_t from_ms_ = 0;  ///< [from_ms_, to_ms_) is of day_
  std::int64_t to_ms_ = 0;
  DayNumber day_ = 0;
};

std::string format_day(DayNumber day);  ///< "2026-11-23"
Result<DayNumber, std::string> parse_day(std::string_view text);

}  // namespace candor::rollup
