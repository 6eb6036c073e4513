#include "http/address_counts.h"

#include <gtest/gtest.h>

namespace candor::http {
namespace {

TEST(AddressGroup, IsAnIpv4AddressOrANetworkOfIpv6) {
  EXPECT_NE(address_group("192.0.2.1"), address_group("192.0.2.2"));
  EXPECT_EQ(address_group("2001:db8:0:1::1"), address_group("2001:db8:0:1:ffff::2"));
  EXPECT_NE(address_group("2001:db8:0:1::1"), address_group("2001:db8:0:2::1"));
  EXPECT_NE(address_group("::192.0.2.1"), address_group("192.0.2.1"));
  EXPECT_EQ(address_group(""), 0u);
}

TEST(AddressCounts, CountThoseWhoAreThere) {
  AddressCounts counts;
  EXPECT_EQ(counts.count(7), 0u);
  counts.enter(7);
  counts.enter(7);
  counts.enter(8);
  EXPECT_EQ(counts.count(7), 2u);
  counts.leave(7);
  EXPECT_EQ(counts.count(7), 1u);
  counts.leave(7);
  counts.leave(7);
  EXPECT_EQ(counts.count(7), 0u);
  EXPECT_EQ(counts.count(8), 1u);
}

}  // namespace
}  // namespace candor::http
