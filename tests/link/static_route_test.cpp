#include "link/static_route.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "link/link_export.h"

namespace candor {
namespace {

constexpr std::int64_t kNow = 1'000;

Link link_to(std::int64_t id, const std::string& slug) {
  Link link;
  link.id.value = id;
  link.slug = slug;
  link.destination = "https://shop.example/" + slug;
  return link;
}

Result<std::string, NotStatic> route(const Link& link, const std::vector<Link>& others = {},
                                     const StaticMoment& moment = {.at_ms = kNow}) {
  std::vector<Link> links = others;
  links.push_back(link);
  return StaticRoutes(links, moment).find(links.back());
}

TEST(StaticRoute, LinkServesFromItsStartToItsEnd) {
  Link link = link_to(1, "kettle");
  link.starts_at_ms = kNow + 1;
  EXPECT_EQ(route(link).error(), NotStatic::NotYet);
  link.starts_at_ms = kNow;
  link.expires_at_ms = kNow + 1;
  EXPECT_EQ(route(link), "https://shop.example/kettle");
  link.expires_at_ms = kNow;
  EXPECT_EQ(route(link).error(), NotStatic::Ended);
}

TEST(StaticRoute, LinkThatDoesNotServeLeadsToItsFallback) {
  Link link = link_to(1, "kettle");
  link.expires_at_ms = kNow;
  link.targeting = R"({"utm": {"source": "blog"}})";
  link.fallback = "https://shop.example/next";
  EXPECT_EQ(route(link), "https://shop.example/next?utm_source=blog");
  link.fallback = "pan";
  EXPECT_EQ(route(link, {link_to(2, "pan")}), "https://shop.example/pan");
  EXPECT_EQ(route(link).error(), NotStatic::Ended) << "a fallback that is not there";
  link.state = LinkState::Disabled;
  EXPECT_EQ(route(link, {link_to(2, "pan")}), "https://shop.example/pan");
  EXPECT_EQ(route(link).error(), NotStatic::Off);
  link.state = LinkState::Direct;
  EXPECT_EQ(route(link, {link_to(2, "pan")}).error(), NotStatic::Off);
}

TEST(StaticRoute, FallbacksThatGoInACircleLeadNowhere) {
  Link link = link_to(1, "kettle");
  Link pan = link_to(2, "pan");
  link.expires_at_ms = pan.expires_at_ms = kNow;
  link.fallback = "pan";
  pan.fallback = "kettle";
  EXPECT_EQ(route(link, {pan}).error(), NotStatic::Ended);
}

TEST(StaticRoute, WhereTheReaderDecidesThereIsNone) {
  Link link = link_to(1, "kettle");
  link.targeting = R"({"rules": [{"country": ["DE"], "destination": "https://shop.example/de"}]})";
  EXPECT_EQ(route(link).error(), NotStatic::Rules);
  Link ended = link_to(2, "pan");
  ended.expires_at_ms = kNow;
  ended.fallback = "kettle";
  EXPECT_EQ(route(ended, {link}).error(), NotStatic::Rules);
  link.expires_at_ms = kNow;
  EXPECT_EQ(route(link).error(), NotStatic::Ended) << "no reader gets any further";
}

TEST(StaticRoute, CapIsStaticOnlyOnceItIsReached) {
  Link link = link_to(1, "kettle");
  link.click_cap = 10;
  link.fallback = "https://shop.example/next";
  StaticMoment moment{.at_ms = kNow};
  EXPECT_EQ(route(link, {}, moment).error(), NotStatic::Cap);
  moment.counts.raise(link.id, 10);
  EXPECT_EQ(route(link, {}, moment), "https://shop.example/next");
}

TEST(StaticRoute, NextMomentIsTheFirstStartOrEndToCome) {
  Link one = link_to(1, "kettle");
  Link other = link_to(2, "pan");
  EXPECT_FALSE(next_start_or_end(std::vector{one, other}, 0));
  one.starts_at_ms = 50;
  one.expires_at_ms = 90;
  other.expires_at_ms = 70;
  const std::vector links{one, other};
  EXPECT_EQ(next_start_or_end(links, 0), 50);
  EXPECT_EQ(next_start_or_end(links, 50), 70);
  EXPECT_EQ(next_start_or_end(links, 70), 90);
  EXPECT_FALSE(next_start_or_end(links, 90));
}

/// Between two such moments every link leads to the same place.
TEST(StaticRoute, NothingChangesBetweenStartsAndEnds) {
  rc::check([] {
    std::vector<Link> links;
    for (int i = 0; i < 4; ++i) {
      Link link = link_to(i + 1, std::string(1, static_cast<char>('a' + i)));
      link.starts_at_ms = *rc::gen::inRange<std::int64_t>(0, 20);
      link.expires_at_ms = *rc::gen::inRange<std::int64_t>(0, 20);
      link.fallback = *rc::gen::element<std::string>("", "a", "b", "c", "d", "https://f.example/");
      links.push_back(link);
    }
    const std::int64_t at = *rc::gen::inRange<std::int64_t>(0, 20);
    const std::int64_t until =
        next_start_or_end(links, at).value_or(std::numeric_limits<std::int64_t>::max());
    const std::int64_t later =
        *rc::gen::inRange<std::int64_t>(at, std::min<std::int64_t>(until, 30));
    const StaticMoment now{.at_ms = at};
    const StaticMoment then{.at_ms = later};
    for (const Link& link : links)
      RC_ASSERT((StaticRoutes(links, now).find(link) == StaticRoutes(links, then).find(link)));
  });
}

TEST(StaticRoute, ExportSaysHowManyLinksItLeavesOutAndWhy) {
  Link rules = link_to(1, "rules");
  rules.targeting = R"({"rules": [{"country": ["DE"], "destination": "https://shop.example/de"}]})";
  Link capped = link_to(2, "capped");
  capped.click_cap = 10;
  Link ended = link_to(3, "ended");
  ended.expires_at_ms = kNow;
  Link also_ended = link_to(4, "also-ended");
  also_ended.expires_at_ms = kNow;
  Link coming = link_to(5, "coming");
  coming.starts_at_ms = kNow + 1;
  for (const WebServer server : {WebServer::Nginx, WebServer::Caddy}) {
    std::string text;
    write_links(server, std::vector{rules, capped, ended, also_ended, coming, link_to(6, "kettle")},
                "/go/", {.at_ms = kNow}, [&text](std::string_view piece) { text += piece; });
    for (const char* line : {"# Left out: 1 link with rules: ", "# Left out: 1 link with a cap ",
                             "# Left out: 1 link yet to start.\n", "# Left out: 2 links at an end"})
      EXPECT_NE(text.find(line), std::string::npos) << line << text;
    for (const char* slug : {"/go/rules", "/go/capped", "ended\"", "/go/coming"})
      EXPECT_EQ(text.find(slug), std::string::npos) << slug << text;
    EXPECT_NE(text.find("/go/kettle"), std::string::npos);
  }
}

}  // namespace
}  // namespace candor
