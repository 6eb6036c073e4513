#include "crawl/robots.h"

#include <gmock/gmock.h>

namespace candor::crawl {
namespace {

using namespace std::chrono_literals;

TEST(Robots, OwnGroupHoldsInsteadOfEverybodys) {
  const Robots robots = Robots::parse(
      "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: CANDOR\nDisallow: /private/\n",
      "Candor");
  EXPECT_TRUE(robots.allows("/a"));
  EXPECT_FALSE(robots.allows("/private/x"));
  EXPECT_FALSE(Robots::parse("User-agent: *\nDisallow: /\n", "Candor").allows("/a"));
}

TEST(Robots, LongestRuleDecidesAndAllowWinsATie) {
  const Robots robots =
      Robots::parse("User-agent: *\nDisallow: /a/\nAllow: /a/b/\nDisallow: /c\nAllow: /c\n", "x");
  EXPECT_FALSE(robots.allows("/a/x"));
  EXPECT_TRUE(robots.allows("/a/b/x"));
  EXPECT_TRUE(robots.allows("/c"));
}

TEST(Robots, StarsAndDollarsMatch) {
  const Robots robots =
      Robots::parse("User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?s=\nDisallow: /x*y*z\n", "x");
  EXPECT_FALSE(robots.allows("/a/b.pdf"));
  EXPECT_TRUE(robots.allows("/a/b.pdf?x"));
  EXPECT_FALSE(robots.allows("/?s=kettle"));
  EXPECT_FALSE(robots.allows("/x1y2z3"));
  EXPECT_TRUE(robots.allows("/x1z2y3"));
}

TEST(Robots, PercentEncodingDoesNotMatterButAnEncodedSlashIsNone) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /caf%C3%A9/\nDisallow: /a/b", "x");
  EXPECT_FALSE(robots.allows("/caf\xC3\xA9/"));
  EXPECT_TRUE(robots.allows("/a%2Fb"));
}

TEST(Robots, AnEmptyDisallowAndAnEmptyFileAllowEverything) {
  EXPECT_TRUE(Robots::parse("User-agent: *\nDisallow:\n", "x").allows("/a"));
  EXPECT_TRUE(Robots::parse("", "x").allows("/a"));
  EXPECT_TRUE(Robots::allow_all().allows("/"));
  EXPECT_FALSE(Robots::allow_none().allows("/"));
}

TEST(Robots, DelayAndSitemapsAreRead) {
  const Robots robots = Robots::parse(
      "\xEF\xBB\xBFSitemap: https://s.example/a.xml # main\r\nUser-agent: *\r\nCrawl-delay: "
      "1.5\r\nDisallow: /x\r\nsitemap:https://s.example/b.xml\r\n",
      "Candor");
  EXPECT_EQ(robots.delay(), 1500ms);
  EXPECT_THAT(robots.sitemaps(),
              testing::ElementsAre("https://s.example/a.xml", "https://s.example/b.xml"));
  EXPECT_FALSE(robots.allows("/x"));
}

TEST(Robots, ManyStarsAreMatchedInOnePass) {
  std::string rule = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 10'000; ++i) rule += "*a";
  const Robots robots = Robots::parse(rule + "\n", "x");
  EXPECT_TRUE(robots.allows("/" + std::string(9'999, 'a')));
  EXPECT_FALSE(robots.allows("/" + std::string(10'000, 'a')));
}

}  // namespace
}  // namespace candor::crawl
