#include "rollup/site_zone.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candor::rollup {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

SiteZone zone(std::string_view name) { return SiteZone::find(name).value(); }

DayNumber day(std::string_view text) { return parse_day(text).value(); }

std::int64_t minutes_of(const SiteZone& zone, std::string_view text) {
  return (zone.start_of(day(text) + 1) - zone.start_of(day(text))) / kMinuteMs;
}

TEST(SiteZone, AnUnknownZoneIsAnErrorThatNamesIt) {
  const auto unknown = SiteZone::find("Europe/Atlantis");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().find("Europe/Atlantis"), std::string::npos);
  EXPECT_FALSE(SiteZone::find(""));
  EXPECT_EQ(zone("Europe/Berlin").name(), "Europe/Berlin");
}

TEST(SiteZone, DaysBeginAtLocalMidnight) {
  const SiteZone berlin = zone("Europe/Berlin");
  const std::int64_t start = berlin.start_of(day("2026-11-23"));
  EXPECT_EQ(start, 1795388400000);  // 2026-11-22T23:00:00Z
  EXPECT_EQ(format_day(berlin.day_of(start)), "2026-11-23");
  EXPECT_EQ(format_day(berlin.day_of(start - 1)), "2026-11-22");
  EXPECT_EQ(zone("UTC").start_of(0), 0);
  EXPECT_EQ(zone("UTC").day_of(-1), -1);
}

TEST(SiteZone, ClockChangesMakeShortAndLongDays) {
  const SiteZone berlin = zone("Europe/Berlin");
  EXPECT_EQ(minutes_of(berlin, "2026-03-29"), 23 * 60);
  EXPECT_EQ(minutes_of(berlin, "2026-10-25"), 25 * 60);
  EXPECT_EQ(minutes_of(berlin, "2026-10-26"), 24 * 60);
  const SiteZone new_york = zone("America/New_York");
  EXPECT_EQ(minutes_of(new_york, "2026-03-08"), 23 * 60);
  EXPECT_EQ(minutes_of(new_york, "2026-11-01"), 25 * 60);
  const SiteZone lord_howe = zone("Australia/Lord_Howe");
  EXPECT_EQ(minutes_of(lord_howe, "2026-10-04"), 23 * 60 + 30);
  EXPECT_EQ(minutes_of(lord_howe, "2026-04-05"), 24 * 60 + 30);
}

TEST(SiteZone, ASkippedMidnightBeginsTheDayAtTheSkip) {
  const SiteZone sao_paulo = zone("America/Sao_Paulo");
  const std::int64_t start = sao_paulo.start_of(day("2018-11-04"));  // 00:00 became 01:00
  EXPECT_EQ(start, 1541300400000);                                   // 2018-11-04T03:00:00Z
  EXPECT_EQ(minutes_of(sao_paulo, "2018-11-04"), 23 * 60);
  EXPECT_EQ(sao_paulo.day_of(start), day("2018-11-04"));
  EXPECT_EQ(sao_paulo.day_of(start - 1), day("2018-11-03"));
}

TEST(SiteZone, ARepeatedMidnightBeginsTheDayAtItsFirst) {
  const SiteZone havana = zone("America/Havana");
  const std::int64_t start = havana.start_of(day("2020-11-01"));  // 01:00 became 00:00
  EXPECT_EQ(havana.day_of(start), day("2020-11-01"));
  EXPECT_EQ(havana.day_of(start - 1), day("2020-10-31"));
  EXPECT_EQ(minutes_of(havana, "2020-11-01"), 25 * 60);
}

TEST(SiteZone, DaysTileTimeInEveryZone) {
  EXPECT_TRUE(rc::check("start_of(day) <= t < start_of(day + 1)", [] {
    const SiteZone any = zone(*rc::gen::elementOf(std::vector<std::string>{
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
        "America/Sao_Paulo", "Pacific/Kiritimati", "Africa/Casablanca"}));
    const auto at = *rc::gen::inRange<std::int64_t>(1'300'000'000'000, 2'500'000'000'000);
    const DayNumber found = any.day_of(at);
    RC_ASSERT(any.start_of(found) <= at);
    RC_ASSERT(at < any.start_of(found + 1));
  }));
}

TEST(Day, TextRoundTrips) {
  EXPECT_EQ(format_day(0), "1970-01-01");
  EXPECT_EQ(format_day(-1), "1969-12-31");
  EXPECT_EQ(parse_day("2024-02-29"), 19782);
  EXPECT_TRUE(rc::check("parse(format(day)) == day", [] {
    const auto number = *rc::gen::inRange<DayNumber>(-700'000, 2'900'000);
    RC_ASSERT(parse_day(format_day(number)).value() == number);
  }));
}

TEST(Day, OnlyRealDaysAreRead) {
  for (const std::string text :
       {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026-11-23 ", "+026-11-23",
        "2026/11/23", "26-11-2301", "2026-11-2x", "2026--1-23"}) {
    const auto parsed = parse_day(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_NE(parsed.error().find(text), std::string::npos);
  }
}

}  // namespace
}  // namespace candor::rollup
