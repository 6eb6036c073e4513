#include "redirect/repeat_filter.h"

#include <gtest/gtest.h>

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;

constexpr LinkId kLink{7};
constexpr Millis kNoon = from_ms(1'795'000'000'000);

TEST(RepeatFilter, SecondClickWithinTheWindowIsARepeat) {
  RepeatFilter filter(30s);
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon));
  EXPECT_TRUE(filter.is_repeat(1, kLink, kNoon));
  EXPECT_TRUE(filter.is_repeat(1, kLink, kNoon + 29999ms));
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon + 30000ms));
}

TEST(RepeatFilter, WindowBeginsWithTheCountedClick) {
  RepeatFilter filter(30s);
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon));
  EXPECT_TRUE(filter.is_repeat(1, kLink, kNoon + 20s));
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon + 40s));
}

TEST(RepeatFilter, OtherReadersAndOtherLinksAreNotRepeats) {
  RepeatFilter filter(30s);
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon));
  EXPECT_FALSE(filter.is_repeat(2, kLink, kNoon));
  EXPECT_FALSE(filter.is_repeat(1, LinkId{8}, kNoon));
}

TEST(RepeatFilter, ClockSetBackDoesNotMakeEveryClickARepeat) {
  RepeatFilter filter(30s);
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon));
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon - 1h));
  EXPECT_TRUE(filter.is_repeat(1, kLink, kNoon - 1h + 1s));
}

TEST(RepeatFilter, ManyReadersAreToldApart) {
  RepeatFilter filter(30s);
  int repeats = 0;
  for (std::uint64_t visitor = 1; visitor <= 100'000; ++visitor)
    repeats += filter.is_repeat(visitor, kLink, kNoon) ? 1 : 0;
  EXPECT_EQ(repeats, 0);
  for (std::uint64_t visitor = 1; visitor <= 100'000; ++visitor)
    repeats += filter.is_repeat(visitor, kLink, kNoon + 1s) ? 1 : 0;
  EXPECT_GT(repeats, 90'000);  // a few share a full bucket and are forgotten
}

TEST(RepeatFilter, WindowOfZeroKnowsNoRepeats) {
  RepeatFilter filter(0s);
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon));
  EXPECT_FALSE(filter.is_repeat(1, kLink, kNoon));
}

}  // namespace
}  // namespace candor::redirect
