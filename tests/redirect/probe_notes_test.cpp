#include "redirect/front_house.h"
#include "support/fake_random.h"

namespace candor::redirect {
namespace {

class ProbeNotesTest : public testing::Test {
 protected:
  ProbeNotesTest() {
    house_.live().on_loop([this] { house_.front().set_probes(book_); });
  }
  static Options options() {
    Options options;
    options.trusted_proxies = {"127.0.0.1"};
    return options;
  }
  std::string open() { return book_.open(random_, house_.clock().now()); }
  std::vector<ProbeSighting> seen(const std::string& key) {
    return book_.seen(key, house_.clock().now()).value();
  }

  FakeRandom random_;
  ProbeBook book_;
  FrontHouse house_{options()};
};

TEST_F(ProbeNotesTest, TestOfALinkIsAnsweredLikeAClickAndNeverCountsAsOne) {
  const std::string key = open();
  const std::string answer = house_.ask(
      "/go/shoes", "X-Candor-Probe: " + key +
                       "\r\nX-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n"
                       "Referer: https://blog.example/doctor\r\n");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 302");
  EXPECT_EQ(header_of(answer, "X-Candor-Probe-Seen"), "1");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(house_.last_click().verdict, Verdict::Test);
  EXPECT_EQ(house_.last_click().reason, "candor doctor");
  ASSERT_EQ(seen(key).size(), 1u);
  const ProbeSighting sighting = seen(key).front();
  EXPECT_EQ(sighting.peer, "127.0.0.1");
  EXPECT_TRUE(sighting.peer_trusted);
  EXPECT_TRUE(sighting.forwarded);
  EXPECT_EQ(sighting.client, "198.51.100.7");
  EXPECT_FALSE(sighting.client_trusted);
  EXPECT_EQ(sighting.scheme, "https");
  EXPECT_EQ(sighting.referer, "https://blog.example/doctor");
}

TEST_F(ProbeNotesTest, TestOfAnUnknownSlugReachesUsAndIsNoClick) {
  const std::string key = open();
  for (const char* target : {"/go/test", "/go/gone"}) {
    const std::string answer = house_.ask(target, "X-Candor-Probe: " + key + "\r\n");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 302");
    EXPECT_EQ(header_of(answer, "Location"), "/");
  }
  EXPECT_EQ(seen(key).size(), 2u);
  EXPECT_TRUE(seen(key).front().client_trusted) << "no X-Forwarded-For: the proxy itself";
  EXPECT_FALSE(seen(key).front().forwarded);
  EXPECT_TRUE(house_.clicks().empty());
  EXPECT_EQ(house_.counters().accepted, 0u);
  EXPECT_EQ(house_.counters().not_found, 0u);
}

TEST_F(ProbeNotesTest, ReaderWithAKeyOfTheirOwnIsAReader) {
  open();
  const std::string answer =
      house_.ask("/go/shoes", "X-Candor-Probe: " + std::string(32, '0') + "\r\n");
  EXPECT_EQ(header_of(answer, "X-Candor-Probe-Seen"), "");
  EXPECT_EQ(house_.last_click().verdict, Verdict::Human);
  EXPECT_EQ(status_of(house_.ask("/go/test", "X-Candor-Probe: x\r\n")), "HTTP/1.1 404");
}

}  // namespace
}  // namespace candor::redirect
