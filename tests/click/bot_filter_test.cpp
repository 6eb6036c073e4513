#include "click/bot_filter.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <re2/re2.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

namespace candor {
namespace {

const BotFilter& filter() {
  static const BotFilter kFilter;
  return kFilter;
}

std::string reason(std::string_view user_agent) {
  return filter().find_bot(user_agent).value_or("reader");
}

constexpr std::string_view kPixel =
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36";

TEST(BotFilter, KnownCrawlersAreNamedByTheirPattern) {
  EXPECT_EQ(reason("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
            "crawler-user-agents:Googlebot\\/");
  EXPECT_EQ(reason("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
            "crawler-user-agents:facebookexternalhit");
  EXPECT_EQ(reason("curl/8.9.1"), "crawler-user-agents:^curl");
}

TEST(BotFilter, UnknownProgramsAreKnownByTheirShape) {
  EXPECT_EQ(reason(""), "candor:no-user-agent");
  EXPECT_EQ(reason("Garden-Weeder/3"), "candor:not-a-reader");
  EXPECT_EQ(reason("Mozilla/5.0"), "candor:not-a-reader");
  EXPECT_EQ(reason("Mozilla/5.0 (compatible; GardenWeeder/1.0)"), "candor:not-a-reader");
  EXPECT_EQ(reason(std::string(kPixel) + " GardenBot/1.0"), "candor:declared-bot");
  EXPECT_EQ(reason(std::string(kPixel) + " (+https://garden.example/weeder)"),
            "candor:contact-address");
  EXPECT_EQ(reason(std::string(kPixel) + " garden@weeder.example"), "candor:contact-address");
  EXPECT_EQ(reason("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; "
                   "Gardens) Chrome/131.0.0.0 Safari/537.36"),
            "candor:engine-comment");
}

TEST(BotFilter, ReadersBrowsersAreReaders) {
  for (const std::string_view user_agent :
       {kPixel,
        std::string_view("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) "
                         "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 "
                         "Safari/604.1"),
        std::string_view("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 "
                         "Firefox/132.0"),
        std::string_view("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
                         "(KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"),
        std::string_view("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en) Presto/2.12"),
        std::string_view("Nokia6300/2.0 (05.00) Profile/MIDP-2.0 Configuration/CLDC-1.1")})
    EXPECT_EQ(reason(user_agent), "reader") << user_agent;
}

TEST(BotFilter, PhonesWithABotInTheirNameAreReaders) {
  for (const std::string_view device : {"CUBOT GT99 Build/JOP40D", "CUBOT_P20", "XBot_Senior",
                                        "HTC Butterfly Build/JRO03C", "Spider 8"})
    EXPECT_EQ(reason("Mozilla/5.0 (Linux; Android 8.0.0; " + std::string(device) +
                     ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.91 Mobile "
                     "Safari/537.36"),
              "reader")
        << device;
}

TEST(BotFilter, AnyBytesGetAnAnswer) {
  EXPECT_TRUE(rc::check("total and stable", [](const std::string& bytes) {
    RC_ASSERT(filter().find_bot(bytes) == filter().find_bot(bytes));
  }));
}

struct Labelled {
  std::string user_agent;
  bool is_bot = false;
};

// Columns user_agent, label, source; the first line is a header.
std::vector<Labelled> load_labelled() {
  const char* named = std::getenv("CANDOR_UA");
  const std::filesystem::path file =
      named != nullptr ? named : CANDOR_SOURCE_DIR "/../shared/bots/ua_dev.tsv";
  std::ifstream in(file);
  if (!in)
    std::cout << "[ NO DATA  ] " << file << " is missing; the project's own cases run alone\n";
  std::vector<Labelled> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    if (second == std::string::npos) continue;
    rows.push_back({.user_agent = line.substr(0, first),
                    .is_bot = line.substr(first + 1, second - first - 1) == "bot"});
  }
  return rows;
}

// Chrome and Firefox from 40, Safari from 10: what readers of today come with.
bool is_modern(const std::string& user_agent) {
  static const RE2 kModern(
      "^Mozilla/5\\.0 \\(.*(?:(?:Chrome|CriOS|Firefox|FxiOS)/(?:[4-9]|1\\d)\\d\\.|"
      "Version/[12]\\d\\..*Safari)");
  return RE2::PartialMatch(user_agent, kModern);
}

TEST(BotFilter, LabelledUserAgentsAreToldApart) {
  int bots = 0;
  int caught = 0;
  int readers = 0;
  int wronged = 0;
  int modern = 0;
  int modern_wronged = 0;
  for (const Labelled& row : load_labelled()) {
    const bool found = filter().find_bot(row.user_agent).has_value();
    if (row.is_bot) {
      ++bots;
      caught += found;
    } else {
      const bool today = is_modern(row.user_agent);
      ++readers;
      wronged += found;
      modern += today;
      modern_wronged += today && found;
    }
  }
  if (bots == 0) return;
  const auto percent = [](int part, int whole) { return 100.0 * part / whole; };
  std::cout << "[ FIGURES  ] recall " << caught << " of " << bots << " = " << percent(caught, bots)
            << " %; false positives " << modern_wronged << " of " << modern
            << " modern = " << percent(modern_wronged, modern) << " %, " << wronged << " of "
            << readers << " with legacy = " << percent(wronged, readers) << " %\n";
  EXPECT_GE(percent(caught, bots), 99.0);
  EXPECT_LE(percent(modern_wronged, modern), 0.4);
  EXPECT_LE(percent(wronged, readers), 1.0);
}

}  // namespace
}  // namespace candor
