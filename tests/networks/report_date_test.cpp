#include "networks/report_date.h"

#include <gtest/gtest.h>

#include <vector>

namespace candor::networks {
namespace {

constexpr std::int64_t kMarch2Ms = 1'772'409'600'000;  // 2026-03-02 00:00:00 UTC

TEST(ReportDate, ReadsDaysInEachOrder) {
  for (const char* text : {"2026-03-02", "2026-03-02 00:00:00", "2026-03-02T23:59:59", "03/02/2026",
                           "3/2/2026", "03-02-2026", "02.03.2026", " 2026-03-02 "})
    EXPECT_EQ(parse_report_day_ms(text, DayOrder::MonthFirst), kMarch2Ms) << text;
  EXPECT_EQ(parse_report_day_ms("02/03/2026", DayOrder::DayFirst), kMarch2Ms);
}

TEST(ReportDate, RefusesDaysThatAreNone) {
  for (const char* text : {"", "2026-02-30", "2026-13-01", "31/12/2026", "2026-3-2", "03/02/26",
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

}  // namespace
}  // namespace candor::networks
