#include "redirect/client_address.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <stdexcept>

namespace candor::redirect {
namespace {

const TrustedProxies kProxies({"127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48"});

std::string address_of(std::string peer, std::vector<std::string> forwarded) {
  http::Request request;
  request.peer = std::move(peer);
  for (auto& each : forwarded) request.headers.emplace_back("X-Forwarded-For", std::move(each));
  return kProxies.client_address(request);
}

TEST(ClientAddress, HeaderOfAnUntrustedPeerIsIgnored) {
  EXPECT_EQ(address_of("203.0.113.9", {"198.51.100.1"}), "203.0.113.9");
  EXPECT_EQ(address_of("2001:db8:2::1", {"198.51.100.1"}), "2001:db8:2::1");
}

TEST(ClientAddress, TrustedProxyNamesTheClient) {
  EXPECT_EQ(address_of("127.0.0.1", {"198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(address_of("10.9.8.7", {"2001:DB8:2::1"}), "2001:db8:2::1");
  EXPECT_EQ(address_of("2001:db8:1::5", {"198.51.100.1:4711"}), "198.51.100.1");
  EXPECT_EQ(address_of("::ffff:127.0.0.1", {"[2001:db8:2::1]:80"}), "2001:db8:2::1");
}

TEST(ClientAddress, RightMostUntrustedEntryWinsOverWhatAClientMadeUp) {
  EXPECT_EQ(address_of("127.0.0.1", {"1.1.1.1, 198.51.100.1, 10.0.0.3"}), "198.51.100.1");
  EXPECT_EQ(address_of("127.0.0.1", {"1.1.1.1", "198.51.100.1", "10.0.0.3"}), "198.51.100.1");
  EXPECT_EQ(address_of("127.0.0.1", {"1.1.1.1", "9.9.9.9,198.51.100.1"}), "198.51.100.1");
}

TEST(ClientAddress, UnreadableEntryEndsTheSearch) {
  EXPECT_EQ(address_of("127.0.0.1", {"198.51.100.1, unknown, 10.0.0.3"}), "10.0.0.3");
  EXPECT_EQ(address_of("127.0.0.1", {"198.51.100.1,"}), "127.0.0.1");
  EXPECT_EQ(address_of("127.0.0.1", {""}), "127.0.0.1");
  EXPECT_EQ(address_of("127.0.0.1", {}), "127.0.0.1");
}

TEST(ClientAddress, UnixSocketIsTrusted) {
  EXPECT_EQ(address_of("", {"198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(address_of("", {}), "");
}

TEST(ClientAddress, NothingMayHideBehindANulOrAPort) {
  EXPECT_FALSE(parse_address(std::string_view("198.51.100.1\0.evil", 18)));
  EXPECT_FALSE(parse_address(std::string_view("2001:db8::1\0", 12)));
  for (const char* bad : {"198.51.100.1:", "198.51.100.1:http", "198.51.100.1:123456",
                          "[2001:db8::1", "[2001:db8::1]x", "[2001:db8::1]:", "[]", "fe80::1%eth0"})
    EXPECT_FALSE(parse_address(bad)) << bad;
}

std::string forwarded_address(std::vector<std::string> forwarded) {
  const TrustedProxies proxies({"127.0.0.1", "10.0.0.0/8"}, ForwardedHeader::Forwarded);
  http::Request request;
  request.peer = "127.0.0.1";
  request.headers.emplace_back("X-Forwarded-For", "203.0.113.1");
  for (auto& each : forwarded) request.headers.emplace_back("forwarded", std::move(each));
  return proxies.client_address(request);
}

TEST(Forwarded, NamesTheRightMostUntrustedClient) {
  EXPECT_EQ(forwarded_address({"for=198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(forwarded_address({"for=1.1.1.1, FOR=\"198.51.100.1:80\";proto=https, for=10.0.0.3"}),
            "198.51.100.1");
  EXPECT_EQ(forwarded_address({"proto=http;by=10.0.0.1;for=\"[2001:db8::17]:4711\""}),
            "2001:db8::17");
  EXPECT_EQ(forwarded_address({"for=1.1.1.1", "for=198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(forwarded_address({}), "127.0.0.1");
}

TEST(Forwarded, WhatCannotBeReadEndsTheSearch) {
  for (const char* bad :
       {"for=unknown", "for=_hidden", "by=198.51.100.1", "", "for", "for=198.51.100.1;for=1.1.1.1",
        "for=\"198.51.100.1", "for=\"", "for=\"\\", "for=198.51.100.1;host=\"a"})
    EXPECT_EQ(forwarded_address({"for=1.1.1.1", bad}), "127.0.0.1") << bad;
}

TEST(Forwarded, WhatAClientMadeUpCannotReachTheProxysEntry) {
  for (const char* made_up :
       {"for=\"", "for=\"1.1.1.1", "\\", "for=\"\\", "for=\"a\\\"", ",,\"\\\""})
    EXPECT_EQ(forwarded_address({std::string(made_up) + ", for=198.51.100.1"}), "198.51.100.1")
        << made_up;
  EXPECT_EQ(forwarded_address({R"(for=198.51.100.1;host="x\", for=1.1.1.1")"}), "198.51.100.1");
  EXPECT_EQ(forwarded_address({R"(for=198.51.100.1;host="x\",for=1.1.1.1")"}), "198.51.100.1");
  EXPECT_EQ(forwarded_address({R"(for=198.51.100.1;host="a;for=1.1.1.1")"}), "198.51.100.1");
}

TEST(TrustedProxies, RangesAreMatchedToTheBit) {
  const TrustedProxies proxies({"192.0.2.128/25", "2001:db8::/33", "0.0.0.0/32"});
  EXPECT_TRUE(proxies.contains(*parse_address("192.0.2.128")));
  EXPECT_FALSE(proxies.contains(*parse_address("192.0.2.127")));
  EXPECT_TRUE(proxies.contains(*parse_address("2001:db8:7fff::1")));
  EXPECT_FALSE(proxies.contains(*parse_address("2001:db8:8000::1")));
  EXPECT_FALSE(proxies.contains(*parse_address("::1")));
}

TEST(TrustedProxies, WhatIsNoRangeIsRefused) {
  for (const char* bad : {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x",
                          "2001:db8::/129", "10.0.0/8", "10.0.0.0/-1"})
    EXPECT_THROW(TrustedProxies({bad}), std::invalid_argument) << bad;
}

TEST(ClientAddress, AnyHeaderGivesAnAddress) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& forwarded) {
    const std::string address = address_of("127.0.0.1", forwarded);
    RC_ASSERT(parse_address(address).has_value());
  }));
}

}  // namespace
}  // namespace candor::redirect
