#include "click/visitor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sodium.h>

#include <string>

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

TEST(VisitorKey, TheGroupIsTheBlake2bOfTheUserAgentUnderTheSalt) {
  const VisitorSalt salt = salt_of(4);
  const std::string agent = "Firefox";
  std::array<std::uint8_t, 16> digest{};
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(agent.data()), agent.size(),
                     salt.data(), salt.size());
  EXPECT_EQ(visitor_group_key(salt, agent), SipKey::from(digest));
  EXPECT_EQ(visitor_key(salt, "192.0.2.1", agent),
            visitor_key(visitor_group_key(salt, agent), "192.0.2.1"));
}

TEST(SipHash, IsThatOfTheLibrary) {
  EXPECT_TRUE(rc::check("sip_hash == crypto_shorthash", [] {
    const auto secret =
        *rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>());
    const auto message = *rc::gen::arbitrary<std::string>();
    std::array<std::uint8_t, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(message.data()),
                     message.size(), secret.data());
    std::uint64_t number = 0;
    for (std::size_t i = hash.size(); i-- > 0;) number = number << 8 | hash[i];
    RC_ASSERT(sip_hash(SipKey::from(secret), message) == number);
  }));
}

TEST(VisitorKey, IsNeverTheNoneKey) {
  EXPECT_TRUE(rc::check("not 0", [](const std::string& address, const std::string& agent) {
    RC_ASSERT(visitor_key(salt_of(3), address, agent) != 0);
  }));
}

}  // namespace
}  // namespace candor
