#include "click/visitor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace candor {
namespace {

VisitorSalt salt_of(std::uint8_t byte) {
  VisitorSalt salt;
  salt.fill(byte);
  return salt;
}

TEST(VisitorKey, IsTheSameForTheSameReaderOfADay) {
  EXPECT_EQ(visitor_key(salt_of(1), "192.0.2.1", "Firefox"),
            visitor_key(salt_of(1), "192.0.2.1", "Firefox"));
}

TEST(VisitorKey, ANewSaltMakesItUnlinkable) {
  EXPECT_NE(visitor_key(salt_of(1), "192.0.2.1", "Firefox"),
            visitor_key(salt_of(2), "192.0.2.1", "Firefox"));
}

TEST(VisitorKey, ReadersDifferByAddressAndUserAgent) {
  const std::uint64_t key = visitor_key(salt_of(1), "192.0.2.1", "Firefox");
  EXPECT_NE(key, visitor_key(salt_of(1), "192.0.2.2", "Firefox"));
  EXPECT_NE(key, visitor_key(salt_of(1), "192.0.2.1", "Chrome"));
  EXPECT_NE(key, visitor_key(salt_of(1), "192.0.2.1F", "irefox"));
}

TEST(VisitorKey, IsNeverTheNoneKey) {
  EXPECT_TRUE(rc::check("not 0", [](const std::string& address, const std::string& agent) {
    RC_ASSERT(visitor_key(salt_of(3), address, agent) != 0);
  }));
}

}  // namespace
}  // namespace candor
