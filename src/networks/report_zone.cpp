#include <date/tz.h>

#include <array>
#include <chrono>

#include "networks/report_date.h"

namespace candor::networks {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

std::int64_t instant_in(const date::time_zone& zone, std::int64_t local_ms) {
  const date::local_time<std::chrono::milliseconds> local{std::chrono::milliseconds{local_ms}};
  return zone.to_sys(local, date::choose::earliest).time_since_epoch().count();
}

}  // namespace

std::int64_t instant_of(ReportZone zone, std::int64_t local_ms) {
  switch (zone) {
    case ReportZone::Chicago: {
      static const date::time_zone& chicago = *date::locate_zone("America/Chicago");
      return instant_in(chicago, local_ms);
    }
    case ReportZone::Denver: {
      static const date::time_zone& denver = *date::locate_zone("America/Denver");
      return instant_in(denver, local_ms);
    }
    case ReportZone::LosAngeles: {
      static const date::time_zone& los_angeles = *date::locate_zone("America/Los_Angeles");
      return instant_in(los_angeles, local_ms);
    }
    case ReportZone::Eastern:
      return local_ms + 5 * kHourMs;
    case ReportZone::Utc:
      break;
  }
  return local_ms;
}

}  // namespace candor::networks
