#include "app/redirect_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candor::app {
namespace {

using testing::HasSubstr;

/// A way as it should be; tests spoil it.
RedirectTrip sound_trip() {
  RedirectTrip trip;
  trip.url = "https://site.example/go/test";
  trip.referer = "https://site.example/candor-doctor";
  trip.forged_address = "192.0.2.77";
  for (int i = 1; i <= 3; ++i) {
    fetch::Response answer;
    answer.status = 302;
    answer.headers = {{"Cache-Control", "no-store"}, {"X-Candor-Probe-Seen", std::to_string(i)}};
    answer.local_address = "10.0.0.5";
    trip.answers.push_back(answer);
    ProbeSighting seen;
    seen.peer = "127.0.0.1";
    seen.peer_trusted = true;
    seen.forwarded = true;
    seen.client = "203.0.113.9";
    seen.scheme = "https";
    seen.referer = trip.referer;
    trip.seen.push_back(seen);
  }
  return trip;
}

Finding finding(const RedirectTrip& trip, std::string_view check) {
  for (const Finding& each : judge_redirect(trip))
    if (each.check == check) return each;
  ADD_FAILURE() << "nothing is said of " << check;
  return {};
}

TEST(RedirectCheck, SoundWayPasses) {
  const auto findings = judge_redirect(sound_trip());
  EXPECT_EQ(findings.size(), 5u);
  for (const Finding& each : findings) EXPECT_EQ(each.health, Health::Ok) << each.message;
}

TEST(RedirectCheck, AnswerNotFromCandorEndsTheCheck) {
  RedirectTrip trip = sound_trip();
  trip.answers.front().status = 404;
  EXPECT_EQ(judge_redirect(trip).size(), 1u);
  EXPECT_EQ(finding(trip, "redirect").health, Health::Bad);
  trip.answers.front().status = 301;
  EXPECT_EQ(finding(trip, "redirect").health, Health::Look);
}

TEST(RedirectCheck, CachesAreFound) {
  RedirectTrip says_so = sound_trip();
  says_so.answers[1].headers.emplace_back("CF-Cache-Status", "HIT");
  EXPECT_THAT(finding(says_so, "cache").message, HasSubstr("CF-Cache-Status: HIT"));
  RedirectTrip aged = sound_trip();
  aged.answers[0].headers.emplace_back("Age", "12");
  EXPECT_THAT(finding(aged, "cache").message, HasSubstr("Age: 12"));
  RedirectTrip silent = sound_trip();
  silent.answers[1] = silent.answers[0];
  EXPECT_EQ(finding(silent, "cache").health, Health::Bad) << "the same number twice";
  RedirectTrip storing = sound_trip();
  storing.answers[0].headers[0].second = "max-age=60";
  EXPECT_THAT(finding(storing, "cache").message, HasSubstr("instead of no-store"));
  RedirectTrip miss = sound_trip();
  miss.answers[0].headers.emplace_back("X-Cache", "MISS from edge");
  EXPECT_EQ(finding(miss, "cache").health, Health::Ok);
}

TEST(RedirectCheck, AddressIsJudgedByWhatTheProxySays) {
  RedirectTrip unknown = sound_trip();
  unknown.seen[0].peer_trusted = false;
  EXPECT_THAT(finding(unknown, "address").message, HasSubstr("trusted_proxies"));
  RedirectTrip silent = sound_trip();
  silent.seen[0].forwarded = false;
  EXPECT_THAT(finding(silent, "address").message, HasSubstr("X-Forwarded-For"));
  RedirectTrip forged = sound_trip();
  forged.seen[2].client = forged.forged_address;
  EXPECT_THAT(finding(forged, "address").message, HasSubstr("make up"));
  RedirectTrip from_home = forged;
  for (fetch::Response& each : from_home.answers) each.local_address = "127.0.0.1";
  from_home.seen[0].client = "127.0.0.1";
  from_home.seen[0].client_trusted = true;
  EXPECT_EQ(finding(from_home, "address").health, Health::Ok)
      << "behind a trusted address the next one is rightly believed";
  RedirectTrip network = sound_trip();
  network.answers[0].headers.emplace_back("CF-Ray", "1");
  EXPECT_EQ(finding(network, "address").health, Health::Look);
  RedirectTrip itself = sound_trip();
  itself.answers[0].local_address = "127.0.0.1";
  EXPECT_EQ(finding(itself, "address").health, Health::Bad);
}

TEST(RedirectCheck, RefererAndSchemeAreCompared) {
  RedirectTrip trip = sound_trip();
  trip.seen[0].referer.clear();
  trip.seen[0].scheme.clear();
  EXPECT_EQ(finding(trip, "referer").health, Health::Bad);
  EXPECT_EQ(finding(trip, "scheme").health, Health::Look);
  trip.seen[0].scheme = "http";
  EXPECT_EQ(finding(trip, "scheme").health, Health::Bad);
}

}  // namespace
}  // namespace candor::app
