#pragma once
// What reports by any dimension are made of. Callable from any thread.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "report/dimension_report.h"
#include "rollup/site_zone.h"

namespace candor::store {

/// How far a network's data go: the event of its newest commission, and its newest import.
struct NetworkData {
  std::string network;
  std::optional<std::int64_t> event_at_ms{};
  std::int64_t imported_at_ms = 0;
};

struct DayViews {
  rollup::DayNumber day = 0;
  std::int64_t views = 0;
};

class ReportStore {
 public:
  virtual ~ReportStore() = default;

  /// Gives `use` every commission of the days in parts: what is booked, weight by weight; what
  /// waits for its booking as unattributed. The parts' sum is, per currency and status, what the
  /// answer says, which is counted from the commissions alone, in the same snapshot. Orders are
  /// divided like money; positive reversed ones are none. With `as_of_ms`: by what the ledger knew
  /// and had booked at that moment. Parts of a day come in the same order each time.
  virtual std::vector<report::ImportedLine> each_money_part(
      rollup::DayNumber from, rollup::DayNumber to, const rollup::SiteZone& zone,
      const std::function<void(const report::MoneyPart&)>& use,
      std::optional<std::int64_t> as_of_ms = {}) const = 0;

  /// Packs the days whose money has changed, so that each_money_part() reads them in no time; how
  /// many. Safe to end anywhere: days that are not packed are read from their commissions.
  virtual std::size_t pack_money(const rollup::SiteZone& zone) = 0;

  /// By network; with `as_of_ms`: as they were known at that moment.
  virtual std::vector<NetworkData> list_network_data(
      std::optional<std::int64_t> as_of_ms = {}) const = 0;

  /// Nothing: no page ever told of a view.
  virtual std::optional<rollup::DayNumber> first_view_day() const = 0;
  /// By people, days in [from, to]; days without views are left out.
  virtual std::vector<DayViews> views_by_day(rollup::DayNumber from,
                                             rollup::DayNumber to) const = 0;
};

}  // namespace candor::store
