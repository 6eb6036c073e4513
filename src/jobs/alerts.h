#pragma once
// What is wrong with the site, by fixed rules over what is stored. The same day gives the same
// alerts whenever it is asked.
#include <cstdint>
#include <vector>

#include "report/alert.h"
#include "rollup/site_zone.h"
#include "store/store.h"

namespace candor::jobs {

// The rules' numbers. Clicks are human ones.

/// drop, spike: the last closed day against the mean of the same weekday in the four weeks before,
/// where each of those had clicks and the mean is kLeastDayClicks or more.
inline constexpr std::int64_t kLeastDayClicks = 20;
/// drop, spike of an article: the last seven closed days against the mean week of the 28 days
/// before, where that is kLeastWeekClicks or more. The kMostArticles that moved most are told.
inline constexpr std::int64_t kLeastWeekClicks = 40;
inline constexpr std::size_t kMostArticles = 10;
/// A drop is to less than a half, a spike to more than the threefold.
inline constexpr std::int64_t kDropPercent = 50;
inline constexpr std::int64_t kSpikePercent = 300;
/// stale-import: a network whose newest import is older than kStaleDays; after kGivenUpDays it is
/// taken for one that is not used any more.
inline constexpr std::int64_t kStaleDays = 8;
inline constexpr std::int64_t kGivenUpDays = 90;
/// dead-link: a link whose last look found nothing there. An error where the articles that carry it
/// earned in the last kEarningDays days, else a warning.
inline constexpr std::int32_t kEarningDays = 28;

/// Errors first, and of dead links and pages those first that earn most. disclosure: a page whose
/// last audit failed, or could not be decided.
std::vector<report::Alert> find_alerts(const store::Store& store, const rollup::SiteZone& zone,
                                       std::int64_t now_ms);

}  // namespace candor::jobs
