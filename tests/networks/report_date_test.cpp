#include "networks/report_date.h"

#include <gtest/gtest.h>

#include <vector>

namespace candor::networks {
namespace {

constexpr std::int64_t kMarch2Ms = 1'772'409'600'000;  // 2026-03-02 00:00:00 UTC

TEST(ReportDate, ReadsDaysInEachOrder) {
  for (const char* text :
       {"2026-03-02", "2026-03-02 00:00:00", "2026-03-02T23:59:59", "03/02/2026", "3/2/2026",
        "03-02-2026", "02.03.2026", " 2026-03-02 ", "03/02/26", "2026/03/02"})
    EXPECT_EQ(parse_report_day_ms(text, DayOrder::MonthFirst), kMarch2Ms) << text;
  EXPECT_EQ(parse_report_day_ms("02/03/2026", DayOrder::DayFirst), kMarch2Ms);
}

TEST(ReportDate, RefusesDaysThatAreNone) {
  for (const char* text : {"", "2026-02-30", "2026-13-01", "31/12/2026", "2026-3-2", "03/02/6",
                           "2026-03-02x", "03/02-2026", "0001-01-01", "yesterday"})
    EXPECT_FALSE(parse_report_day_ms(text, DayOrder::MonthFirst)) << text;
}

TEST(ReportDate, ReadsTimesWithAndWithoutOffset) {
  constexpr std::int64_t kTime = kMarch2Ms + 36'672'000;
  EXPECT_EQ(parse_report_time_ms("2026-03-02 10:11:12"), kTime);
  EXPECT_EQ(parse_report_time_ms("2026-03-02T10:11:12"), kTime);
  EXPECT_EQ(parse_report_time_ms("2026-03-02T10:11:12.250Z"), kTime + 250);
  EXPECT_EQ(parse_report_time_ms("2026-03-02T12:11:12+02:00"), kTime);
  EXPECT_EQ(parse_report_time_ms("2026-03-02T03:11:12-0700"), kTime);
  for (const char* text :
       {"2026-03-02", "2026-03-02 24:00:00", "2026-03-02 10:60:00", "2026-03-02 10:11",
        "2026-03-02 10:11:12 PM", "2026-03-02T10:11:12+99:00", "2026-03-02T10:11:12."})
    EXPECT_FALSE(parse_report_time_ms(text)) << text;
}

TEST(ReportDate, OneTellingDateDecidesTheOrder) {
  const auto sniff = [](std::vector<std::string_view> dates) { return sniff_day_order(dates); };
  EXPECT_EQ(sniff({"03/04/2026", "13/04/2026"}), DayOrder::DayFirst);
  EXPECT_EQ(sniff({"03/04/2026", "04/13/2026"}), DayOrder::MonthFirst);
  EXPECT_EQ(sniff({"03.04.2026"}), DayOrder::DayFirst);
  EXPECT_FALSE(sniff({"03/04/2026", "2026-04-13", "x"}));
}

TEST(ReportDate, ReadsMomentsInManyForms) {
  constexpr std::int64_t kTime = kMarch2Ms + (14 * 3600 + 5 * 60 + 9) * 1000LL;
  for (const char* text :
       {"2026-03-02 14:05:09", "2026-03-02T14:05:09", "3/2/26 14:05:09", "03/02/2026 02:05:09 PM",
        "2026/03/02 14:05:09", "Mar 2, 2026 2:05:09 pm", "2 March 2026 14:05:09",
        "02-Mar-2026 14:05:09"}) {
    const auto moment = parse_report_moment(text, DayOrder::MonthFirst);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment->ms, kTime) << text;
    EXPECT_TRUE(moment->has_time);
    EXPECT_FALSE(moment->has_offset) << text;
  }
  for (const char* text : {"2026-03-02T14:05:09Z", "2026-03-02 14:05:09 UTC",
                           "2026-03-02T16:05:09+0200", "2026-03-02 07:05:09 -07:00"}) {
    const auto moment = parse_report_moment(text, DayOrder::MonthFirst);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment->ms, kTime) << text;
    EXPECT_TRUE(moment->has_offset) << text;
  }
  EXPECT_FALSE(parse_report_moment("2 Mar 2026", DayOrder::MonthFirst)->has_time);
  EXPECT_EQ(parse_report_moment("03/02/2026 12:05 AM", DayOrder::MonthFirst)->ms,
            kMarch2Ms + 300'000);
  for (const char* text : {"", "x", "2026-03-02 25:00", "2026-03-02 14:05:09 PM",
                           "2026-03-02 14:05 lunch", "2 Foo 2026", "2026-03-02 14:5", "12"})
    EXPECT_FALSE(parse_report_moment(text, DayOrder::MonthFirst)) << text;
}

TEST(ReportDate, ZonesFollowTheirClocks) {
  constexpr std::int64_t kHourMs = 3'600'000;
  constexpr std::int64_t kJulyMs = kMarch2Ms + 130 * 24 * kHourMs;
  EXPECT_EQ(instant_of(ReportZone::Utc, kMarch2Ms), kMarch2Ms);
  EXPECT_EQ(instant_of(ReportZone::Chicago, kMarch2Ms), kMarch2Ms + 6 * kHourMs);
  EXPECT_EQ(instant_of(ReportZone::Chicago, kJulyMs), kJulyMs + 5 * kHourMs);
  EXPECT_EQ(instant_of(ReportZone::Denver, kMarch2Ms), kMarch2Ms + 7 * kHourMs);
  EXPECT_EQ(instant_of(ReportZone::LosAngeles, kJulyMs), kJulyMs + 7 * kHourMs);
  EXPECT_EQ(instant_of(ReportZone::Eastern, kJulyMs), kJulyMs + 5 * kHourMs);
}

}  // namespace
}  // namespace candor::networks
