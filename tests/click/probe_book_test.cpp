#include "click/probe_book.h"

#include <gtest/gtest.h>

#include "support/fake_random.h"

namespace candor {
namespace {

using namespace std::chrono_literals;

constexpr Millis kNow = from_ms(1'795'000'000'000);

class ProbeBookTest : public testing::Test {
 protected:
  FakeRandom random_;
  ProbeBook book_;
};

ProbeSighting from(const std::string& client) {
  ProbeSighting sighting;
  sighting.client = client;
  return sighting;
}

TEST_F(ProbeBookTest, SightingsOfAnOpenProbeAreNumberedAndKept) {
  EXPECT_FALSE(book_.any_open());
  const std::string key = book_.open(random_, kNow);
  EXPECT_EQ(key.size(), 32u);
  EXPECT_TRUE(book_.any_open());
  EXPECT_EQ(book_.note(key, from("192.0.2.1"), kNow), 1u);
  EXPECT_EQ(book_.note(key, from("192.0.2.2"), kNow + 59s), 2u);
  const auto seen = book_.seen(key, kNow + 60s);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->size(), 2u);
  EXPECT_EQ(seen->at(0).client, "192.0.2.1");
  EXPECT_EQ(seen->at(1).client, "192.0.2.2");
}

TEST_F(ProbeBookTest, UnknownKeyIsNoProbe) {
  book_.open(random_, kNow);
  EXPECT_FALSE(book_.note("", from("192.0.2.1"), kNow));
  EXPECT_FALSE(book_.note(std::string(32, '0'), from("192.0.2.1"), kNow));
  EXPECT_FALSE(book_.seen(std::string(32, '0'), kNow));
}

TEST_F(ProbeBookTest, ProbeIsForgottenAfterAMinuteOrWhenTheClockIsSetBack) {
  const std::string old = book_.open(random_, kNow);
  book_.note(old, from("192.0.2.1"), kNow);
  EXPECT_FALSE(book_.seen(old, kNow + 61s));
  EXPECT_FALSE(book_.any_open());
  const std::string future = book_.open(random_, kNow);
  EXPECT_FALSE(book_.note(future, from("192.0.2.1"), kNow - 1s));
  EXPECT_FALSE(book_.any_open());
}

TEST_F(ProbeBookTest, MemoryIsBounded) {
  const std::string first = book_.open(random_, kNow);
  std::string last;
  for (std::size_t i = 0; i < ProbeBook::kProbes; ++i) last = book_.open(random_, kNow + 1ms);
  EXPECT_FALSE(book_.seen(first, kNow + 1ms)) << "the oldest made room";
  ProbeSighting long_one;
  long_one.referer.assign(100'000, 'x');
  for (std::size_t i = 1; i <= 100; ++i) EXPECT_EQ(book_.note(last, long_one, kNow + 1ms), i);
  const auto seen = book_.seen(last, kNow + 1ms);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->size(), ProbeBook::kSightings);
  EXPECT_EQ(seen->front().referer.size(), ProbeBook::kRefererBytes);
}

}  // namespace
}  // namespace candor
