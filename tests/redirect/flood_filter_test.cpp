#include "redirect/flood_filter.h"

#include <gtest/gtest.h>

namespace candor::redirect {
namespace {

constexpr std::int64_t kNowMs = 1'795'000'000'000;

class Flood : public testing::Test {
 protected:
  bool click(std::int64_t at_ms, std::uint64_t visitor = 7, unsigned per_minute = 30) {
    return filter_.is_flood(visitor, per_minute, from_ms(kNowMs + at_ms));
  }
  FloodFilter filter_;
};

TEST_F(Flood, BeginsWithTheClickThatIsOneTooMany) {
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(click(i * 10)) << i;
  EXPECT_TRUE(click(310));
  EXPECT_FALSE(click(310, 8)) << "another visitor";
}

TEST_F(Flood, AReadersPaceIsNone) {
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(click(i * 2000)) << i;
}

TEST_F(Flood, GoesOnAsLongAsThePaceDoes) {
  for (int i = 0; i < 3000; ++i) EXPECT_EQ(click(i * 1000), i >= 59) << i;
}

TEST_F(Flood, IsForgivenAMinuteAfterItsEnd) {
  for (int i = 0; i < 1000; ++i) click(i);
  EXPECT_TRUE(click(30'000));
  EXPECT_FALSE(click(1000 + 2 * 60'000));
}

TEST_F(Flood, IsNothingWhenSwitchedOff) {
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(click(0, 7, 0));
}

TEST_F(Flood, AClockThatIsSetBackFloodsNobody) {
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(click(0));
  EXPECT_FALSE(click(-86'400'000));
}

TEST_F(Flood, ForgetsTheQuietOnesFirst) {
  for (int i = 0; i < 31; ++i) click(0, 1);
  // As many visitors as there is room for, each once, and all in the flooder's place.
  for (std::uint64_t i = 1; i <= 1000; ++i) click(1, 1 + i * 16384);
  EXPECT_TRUE(click(2, 1));
}

}  // namespace
}  // namespace candor::redirect
