#include "attribution/instant.h"

#include <gtest/gtest.h>

namespace candor::attribution {
namespace {

constexpr std::int64_t kMarch = 1'772'446'272'000'000;  // 2026-03-02T10:11:12Z

TEST(Instant, ReadsUtcAndOffsets) {
  EXPECT_EQ(parse_instant_us("2026-03-02T10:11:12Z"), kMarch);
  EXPECT_EQ(parse_instant_us("2026-03-02t10:11:12z"), kMarch);
  EXPECT_EQ(parse_instant_us("2026-03-02 10:11:12Z"), kMarch);
  EXPECT_EQ(parse_instant_us(" 2026-03-02T12:11:12+02:00 "), kMarch);
  EXPECT_EQ(parse_instant_us("2026-03-01T23:41:12-10:30"), kMarch);
  EXPECT_EQ(parse_instant_us("1970-01-01T00:00:00-00:00"), 0);
  EXPECT_EQ(parse_instant_us("1969-12-31T23:59:59.5Z"), -500'000);
}

TEST(Instant, KeepsMicrosecondsAndCutsFinerDigits) {
  EXPECT_EQ(parse_instant_us("2026-03-02T10:11:12.1Z"), kMarch + 100'000);
  EXPECT_EQ(parse_instant_us("2026-03-02T10:11:12.000001Z"), kMarch + 1);
  EXPECT_EQ(parse_instant_us("2026-03-02T10:11:12.0000019Z"), kMarch + 1);
}

TEST(Instant, ALeapSecondIsTheNextSecond) {
  EXPECT_EQ(parse_instant_us("2016-12-31T23:59:60Z"), parse_instant_us("2017-01-01T00:00:00Z"));
  EXPECT_FALSE(parse_instant_us("2016-12-31T23:58:60Z"));
}

TEST(Instant, RefusesWhatHasNoZoneOrIsNoTime) {
  for (const char* bad :
       {"", "2026-03-02", "2026-03-02T10:11:12", "2026-03-02T10:11Z", "2026-03-02T10:11:12.Z",
        "2026-03-02T24:00:00Z", "2026-02-29T10:11:12Z", "2026-13-01T10:11:12Z",
        "2026-00-01T10:11:12Z", "2026-03-02T10:11:12+0200", "2026-03-02T10:11:12+24:00",
        "2026-03-02T10:11:12Zx", "03/02/2026 10:11:12", "1772446272", "2026-3-2T10:11:12Z"})
    EXPECT_FALSE(parse_instant_us(bad)) << bad;
}

}  // namespace
}  // namespace candor::attribution
