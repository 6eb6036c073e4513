#include "rollup/click_days.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

namespace candor::rollup {
namespace {

Click click_at(std::int64_t ms, std::int64_t article = 1, Verdict verdict = Verdict::Human) {
  Click click;
  click.id = first_click_id(ms);
  click.article = ArticleId{article};
  click.link = LinkId{5};
  click.verdict = verdict;
  return click;
}

std::int64_t sum_of(const ClickDayDeltas& deltas) {
  return std::accumulate(deltas.begin(), deltas.end(), std::int64_t{0},
                         [](std::int64_t sum, const auto& row) { return sum + row.second; });
}

TEST(ClickDays, ClicksAddToTheLocalDayOfTheirOwnTime) {
  const SiteZone berlin = SiteZone::find("Europe/Berlin").value();
  const DayNumber day = parse_day("2026-11-23").value();
  const std::int64_t midnight = berlin.start_of(day);
  ClickDayDeltas deltas;
  add(deltas, click_at(midnight), berlin);
  add(deltas, click_at(midnight - 1), berlin);
  add(deltas, click_at(midnight + 1), berlin);
  add(deltas, click_at(midnight + 1, 1, Verdict::Bot), berlin);
  add(deltas, click_at(midnight + 1, 2), berlin);
  const ClickDayDeltas want{
      {{day - 1, ArticleId{1}, LinkId{5}, Verdict::Human}, 1},
      {{day, ArticleId{1}, LinkId{5}, Verdict::Human}, 2},
      {{day, ArticleId{1}, LinkId{5}, Verdict::Bot}, 1},
      {{day, ArticleId{2}, LinkId{5}, Verdict::Human}, 1},
  };
  EXPECT_EQ(deltas, want);
}

TEST(ClickDays, FlushedInTheOrderOfTheTable) {
  const SiteZone utc = SiteZone::find("UTC").value();
  ClickDayDeltas deltas;
  for (const std::int64_t article : {9, 2, 5, 1, 7})
    for (const std::int64_t day : {3, 1, 2})
      add(deltas, click_at(1'790'000'000'000 + day * 86'400'000, article), utc);
  const auto ordered = in_order(deltas);
  EXPECT_EQ(ordered.size(), 15u);
  EXPECT_TRUE(std::ranges::is_sorted(ordered));
}

TEST(ClickDays, DayFinderAgreesWithTheZone) {
  // St. John's set its clocks back from 00:01 to 23:01, so that a day came twice.
  for (const char* name : {"America/St_Johns", "America/Havana", "Asia/Kathmandu", "UTC"}) {
    const SiteZone zone = SiteZone::find(name).value();
    DayFinder days(zone);
    const std::int64_t change = 1'289'097'060'000;  // 2010-11-07T02:31Z
    for (std::int64_t at = change - 90'000'000; at < change + 90'000'000; at += 20'000)
      ASSERT_EQ(days.day_of(at), zone.day_of(at)) << name << " " << at;
    EXPECT_TRUE(rc::check("any moment, in any order", [&] {
      const auto at = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 4'000'000'000'000);
      RC_ASSERT(days.day_of(at) == zone.day_of(at));
    }));
  }
}

TEST(ClickDays, NothingIsLostOrCountedTwice) {
  const SiteZone new_york = SiteZone::find("America/New_York").value();
  EXPECT_TRUE(rc::check("sum of deltas == clicks, in any split and order", [&new_york] {
    const auto ats = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(1'790'000'000'000, 1'800'000'000'000));
    ClickDayDeltas whole;
    ClickDayDeltas backwards;
    const auto click_of = [](std::int64_t at) {
      return click_at(at, at % 3, static_cast<Verdict>(at % kVerdictCount));
    };
    for (const std::int64_t at : ats) add(whole, click_of(at), new_york);
    for (auto at = ats.rbegin(); at != ats.rend(); ++at) add(backwards, click_of(*at), new_york);
    RC_ASSERT(sum_of(whole) == static_cast<std::int64_t>(ats.size()));
    RC_ASSERT(whole == backwards);
  }));
}

}  // namespace
}  // namespace candor::rollup
