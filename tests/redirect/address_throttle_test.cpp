#include "redirect/address_throttle.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;

constexpr AddressThrottle::Secret kSecret{1, 2, 3};
const Millis kNow = from_ms(1'795'000'000'000);

TEST(AddressThrottle, GivesAMinutesWorthAtOnceThenOneByOne) {
  AddressThrottle throttle(kSecret);
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(throttle.take("192.0.2.1", 6, kNow)) << i;
  EXPECT_EQ(throttle.take("192.0.2.1", 6, kNow), 10s);
  EXPECT_EQ(throttle.take("192.0.2.1", 6, kNow + 9500ms), 1s);
  EXPECT_FALSE(throttle.take("192.0.2.1", 6, kNow + 10s));
  EXPECT_TRUE(throttle.take("192.0.2.1", 6, kNow + 10s));
}

TEST(AddressThrottle, ClientsDoNotPayForEachOther) {
  AddressThrottle throttle(kSecret);
  EXPECT_FALSE(throttle.take("192.0.2.1", 1, kNow));
  EXPECT_TRUE(throttle.take("192.0.2.1", 1, kNow));
  EXPECT_FALSE(throttle.take("192.0.2.2", 1, kNow));
  EXPECT_FALSE(throttle.take("2001:db8::1", 1, kNow));
  EXPECT_TRUE(throttle.take("2001:db8::2", 1, kNow)) << "the same /64";
  EXPECT_FALSE(throttle.take("2001:db8:0:1::1", 1, kNow));
}

TEST(AddressThrottle, NoLimitAndNoAddressAreNeverThrottled) {
  AddressThrottle throttle(kSecret);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(throttle.take("192.0.2.1", 0, kNow));
    EXPECT_FALSE(throttle.take("", 1, kNow));
  }
}

TEST(AddressThrottle, AClockPutBackThrottlesNobodyForLong) {
  AddressThrottle throttle(kSecret);
  EXPECT_FALSE(throttle.take("192.0.2.1", 1, kNow));
  EXPECT_FALSE(throttle.take("192.0.2.1", 1, kNow - 24h));
}

TEST(AddressThrottle, ManyClientsMakeOneForgottenNotThrottled) {
  AddressThrottle throttle(kSecret);
  int throttled = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string address = "10." + std::to_string(i >> 16) + "." +
                                std::to_string(i >> 8 & 255) + "." + std::to_string(i & 255);
    throttled += throttle.take(address, 1, kNow).has_value();
  }
  EXPECT_EQ(throttled, 0);
}

}  // namespace
}  // namespace candor::redirect
