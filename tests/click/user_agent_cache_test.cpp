#include "click/user_agent_cache.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace candor {
namespace {

const BotFilter& bots() {
  static const BotFilter kBots;
  return kBots;
}

TEST(UserAgentClass, PreviewFetchersAreCountedApartFromOtherBots) {
  for (const auto& [user_agent, reason] :
       {std::pair<std::string_view, std::string_view>{
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "preview:facebook"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
         "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
         "preview:imessage"},
        {"Twitterbot/1.0", "preview:x"},
        {"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "preview:slack"},
        {"WhatsApp/2.23.20.0 A", "preview:whatsapp"},
        {"TelegramBot (like TwitterBot)", "preview:telegram"},
        {"Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "preview:discord"},
        {"LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
         "preview:linkedin"},
        {"Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5", "preview:skype"}}) {
    const UserAgentClass known = classify_user_agent(bots(), user_agent);
    EXPECT_EQ(known.verdict, Verdict::Preview) << user_agent;
    EXPECT_EQ(known.reason, reason) << user_agent;
    EXPECT_TRUE(bots().find_bot(user_agent)) << user_agent;
  }
  EXPECT_EQ(classify_user_agent(bots(), "Googlebot/2.1").verdict, Verdict::Bot);
}

TEST(UserAgentClass, ReadersHaveADeviceAndNoReason) {
  const UserAgentClass known = classify_user_agent(
      bots(),
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
      "Mobile Safari/537.36");
  EXPECT_EQ(known.verdict, Verdict::Human);
  EXPECT_EQ(known.reason, "");
  EXPECT_EQ(known.reader, (ReaderClass{Device::Mobile, Os::Android}));
}

std::vector<std::string> user_agents() {
  std::vector<std::string> all;
  std::ifstream in(CANDOR_SOURCE_DIR "/../shared/bots/ua_dev.tsv");
  std::string line;
  while (all.size() < 10'000 && std::getline(in, line))
    all.push_back(line.substr(0, line.find('\t')));
  for (int i = 0; all.size() < 10'000; ++i)
    all.push_back("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/" +
                  std::to_string(i));
  return all;
}

TEST(UserAgentCache, SaysWhatTheFiltersSayHoweverFullItIs) {
  UserAgentCache cache(bots());
  const auto all = user_agents();
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < all.size(); i += 7) {
      // The same text again, and one that may share its place.
      const UserAgentClass known = classify_user_agent(bots(), all[i]);
      ASSERT_EQ(cache.classify(all[i]), known) << all[i];
      ASSERT_EQ(cache.classify(all[(i * 3) % all.size()]),
                classify_user_agent(bots(), all[(i * 3) % all.size()]));
      ASSERT_EQ(cache.classify(all[i]), known) << all[i];
    }
}

TEST(UserAgentCache, HasTheKeyOfTheDayForEachUserAgent) {
  UserAgentCache cache(bots());
  const VisitorSalt today{1};
  const VisitorSalt tomorrow{2};
  for (const VisitorSalt& salt : {today, today, tomorrow, today})
    for (const std::string_view agent : {"Firefox", "Chrome", "Firefox"}) {
      const auto found = cache.look_up(agent, salt);
      EXPECT_EQ(found.visitors, visitor_group_key(salt, agent)) << agent;
      EXPECT_EQ(found.known, classify_user_agent(bots(), agent)) << agent;
    }
}

TEST(UserAgentCache, ATextThatTakesAnothersPlaceHasItsOwnKey) {
  UserAgentCache cache(bots());
  const VisitorSalt salt{3};
  for (const auto& each : user_agents())
    ASSERT_EQ(cache.look_up(each, salt).visitors, visitor_group_key(salt, each)) << each;
}

// No limit: a machine may be busy. The figure is the promise of 2 microseconds, to be looked at.
TEST(UserAgentCache, TellsWhatATextCosts) {
  UserAgentCache cache(bots());
  auto all = user_agents();
  all.resize(1000);
  for (const auto& each : all) cache.classify(each);
  const auto begin = std::chrono::steady_clock::now();
  constexpr int kRounds = 100;
  std::size_t humans = 0;
  for (int round = 0; round < kRounds; ++round)
    for (const auto& each : all) humans += cache.classify(each).verdict == Verdict::Human;
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
  std::cout << "[ FIGURES  ] " << took.count() / (kRounds * 1000.0) << " us a known user agent\n";
  EXPECT_LE(humans, all.size() * kRounds);
}

}  // namespace
}  // namespace candor
