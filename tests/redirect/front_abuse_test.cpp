// What one client may ask of the front, and what may change while it runs.
#include <gtest/gtest.h>

#include <cerrno>
#include <stdexcept>
#include <string>

#include "redirect/front_house.h"

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;

Options throttling(unsigned per_minute) {
  Options options;
  options.not_found_per_minute = per_minute;
  return options;
}

TEST(Throttle, GuessingSlugsIsSlowedDown) {
  FrontHouse house(throttling(2));
  EXPECT_EQ(status_of(house.ask("/go/guess1")), "HTTP/1.1 404");
  EXPECT_EQ(status_of(house.ask("/wp-login.php")), "HTTP/1.1 404");
  const std::string answer = house.ask("/go/guess3");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 429");
  EXPECT_EQ(header_of(answer, "Retry-After"), "30");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(house.counters().throttled, 1u);
  EXPECT_EQ(house.counters().not_found, 1u);
  house.clock().advance(30s);
  EXPECT_EQ(status_of(house.ask("/go/guess4")), "HTTP/1.1 404");
}

TEST(Throttle, AReaderOfAKnownLinkIsNeverRefused) {
  FrontHouse house(throttling(1));
  for (int i = 0; i < 5; ++i) house.ask("/go/guess");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 302");
  EXPECT_EQ(house.counters().throttled, 4u);
}

TEST(Throttle, ClientsBehindATrustedProxyAreToldApart) {
  Options options = throttling(1);
  options.trusted_proxies = {"127.0.0.1"};
  FrontHouse house(options);
  const auto guess = [&](const char* client) {
    return status_of(house.ask("/go/guess", "X-Forwarded-For: " + std::string(client) + "\r\n"));
  };
  EXPECT_EQ(guess("198.51.100.1"), "HTTP/1.1 404");
  EXPECT_EQ(guess("198.51.100.1"), "HTTP/1.1 429");
  EXPECT_EQ(guess("198.51.100.2"), "HTTP/1.1 404");
  // A proxy that names nobody speaks for everybody.
  EXPECT_EQ(status_of(house.ask("/go/guess")), "HTTP/1.1 404");
  EXPECT_EQ(status_of(house.ask("/go/guess")), "HTTP/1.1 404");
}

TEST(Options, ChangeWhileTheFrontRuns) {
  FrontHouse house(throttling(1));
  house.ask("/go/guess");
  EXPECT_EQ(status_of(house.ask("/go/guess")), "HTTP/1.1 429");
  Options options;
  options.go_prefix = "/out/";
  options.trusted_proxies = {"127.0.0.1"};
  options.forwarded_header = ForwardedHeader::Forwarded;
  house.set_options(options);
  EXPECT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 404");
  EXPECT_EQ(status_of(house.ask("/out/shoes", "Forwarded: for=198.51.100.1\r\n")), "HTTP/1.1 302");
  const Click first = house.last_click();
  house.ask("/out/books", "Forwarded: for=198.51.100.2\r\nX-Forwarded-For: 198.51.100.1\r\n");
  EXPECT_NE(house.last_click().visitor, first.visitor);
}

TEST(Options, ThatMakeNoSenseChangeNothing) {
  FrontHouse house;
  Options options;
  options.go_prefix = "/out/";
  options.trusted_proxies = {"nobody"};
  bool refused = false;
  house.live().on_loop([&] {
    try {
      house.front().set_options(options);
    } catch (const std::invalid_argument&) {
      refused = true;
    }
  });
  EXPECT_TRUE(refused);
  EXPECT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 302");
}

TEST(Readiness, NeedsLinksAndAWritableJournal) {
  FrontHouse house;
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 200");
  house.disk().fail(journal::FaultyDisk::Call::Write, 1, journal::FaultyDisk::kForEver, ENOSPC);
  house.ask("/go/shoes");
  const std::string answer = house.ask("/readyz");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 503");
  EXPECT_TRUE(answer.ends_with("not ready: clicks cannot be written\n")) << answer;
  house.disk().heal();
  house.ask("/go/shoes");
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 200");
}

TEST(Readiness, IsTriedAgainAWhileAfterTheLastFailure) {
  FrontHouse house;
  house.disk().fail(journal::FaultyDisk::Call::Write, 1, journal::FaultyDisk::kForEver, ENOSPC);
  house.ask("/go/shoes");
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 503");
  house.clock().advance(std::chrono::seconds{29});
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 503");
  house.clock().advance(std::chrono::seconds{1});
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 200");
  house.ask("/go/shoes");
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 503");
}

TEST(Readiness, IsTheSameForWhoeverAsksAndBeginsWithTheFailure) {
  FrontHouse house;
  EXPECT_TRUE(house.front().can_write());
  house.disk().fail(journal::FaultyDisk::Call::Write, 1, journal::FaultyDisk::kForEver, ENOSPC);
  house.ask("/go/shoes");
  EXPECT_FALSE(house.front().can_write());
  house.clock().advance(std::chrono::seconds{30});
  EXPECT_EQ(status_of(house.ask("/readyz")), "HTTP/1.1 200") << "noticed 30 s ago, by another";
  EXPECT_TRUE(house.front().can_write());
}

}  // namespace
}  // namespace candor::redirect
