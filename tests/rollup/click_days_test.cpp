#include "rollup/click_days.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

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
