#include "click/click_id.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candor {
namespace {

constexpr std::int64_t kNow = kClickEpochMs + 200'000'000'000;

TEST(ClickId, HoldsItsTime) {
  ClickIdMinter minter(3, {});
  const ClickId id = minter.mint(from_ms(kNow));
  EXPECT_EQ(at_ms(id), kNow);
  EXPECT_EQ(id.value >> 12 & 0x3FF, 3);
  EXPECT_GE(id, first_click_id(kNow));
  EXPECT_LT(id, first_click_id(kNow + 1));
  EXPECT_EQ(first_click_id(kClickEpochMs - 5), ClickId{});
}

TEST(ClickId, AFullMillisecondGoesOnInTheNext) {
  ClickIdMinter minter(0, {});
  ClickId last{};
  for (int i = 0; i < 4096; ++i) last = minter.mint(from_ms(kNow));
  EXPECT_EQ(at_ms(last), kNow);
  const ClickId next = minter.mint(from_ms(kNow));
  EXPECT_EQ(at_ms(next), kNow + 1);
  EXPECT_EQ(next, first_click_id(kNow + 1));
}

TEST(ClickId, IsNeverNoneAndFitsInto63Bits) {
  ClickIdMinter early(0, {});
  EXPECT_TRUE(early.mint(from_ms(0)));
  ClickIdMinter late(1023, {});
  const ClickId id = late.mint(from_ms(kClickEpochMs + (std::int64_t{1} << 41) - 1));
  EXPECT_GT(id.value, 0);
}

TEST(ClickId, AscendsWhateverTheClockDoes) {
  EXPECT_TRUE(rc::check("strictly ascending over jumps and restarts", [] {
    const auto steps = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-3'600'000, 3'600'000),
                       rc::gen::just<std::int64_t>(0), rc::gen::just<std::int64_t>(1)));
    std::int64_t now = kNow;
    ClickId last{};
    ClickIdMinter minter(1023, {});
    for (const std::int64_t step : steps) {
      now += step;
      if (*rc::gen::inRange(0, 4) == 0)  // a restart, perhaps as another node
        minter = ClickIdMinter(*rc::gen::inRange(0, 1024), last);
      const int burst = *rc::gen::element(1, 2, 5000);
      for (int i = 0; i < burst; ++i) {
        const ClickId id = minter.mint(from_ms(now));
        RC_ASSERT(id > last);
        RC_ASSERT(at_ms(id) >= now);
        last = id;
      }
    }
  }));
}

}  // namespace
}  // namespace candor
