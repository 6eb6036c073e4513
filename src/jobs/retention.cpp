#include "jobs/retention.h"

#include <algorithm>

namespace candor::jobs {
namespace {

constexpr int kLeastRawDays = 2;  // the salts of visitors live as long

}  // namespace

RetentionReport run_retention(store::ClosedDayStore& store, const rollup::SiteZone& zone,
                              const Clock& clock, Random& random, const RetentionRules& rules,
                              bool dry_run) {
  const rollup::DayNumber today = zone.day_of(to_ms(clock.now()));
  RetentionReport report;
  const int raw_days = std::max(rules.raw_click_days, kLeastRawDays);
  for (const store::DayRows& rows : store.list_row_days(today - raw_days)) {
    if (dry_run) {
      ++report.packed_days;
      report.packed_clicks += rows.clicks;
      continue;
    }
    const store::PackedDay packed = store.pack_day(rows.day, zone, random, [] {});
    if (!packed.refused.empty()) {
      report.refused.push_back(rollup::format_day(rows.day) + ": " + packed.refused);
      continue;
    }
    ++report.packed_days;
    report.packed_clicks += packed.clicks;
    report.bytes += packed.bytes;
  }
  for (const rollup::DayNumber day : store.list_open_days(today))
    if (dry_run || store.close_day(day, zone)) ++report.closed_days;
  return report;
}

}  // namespace candor::jobs
