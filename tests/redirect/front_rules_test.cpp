#include <gtest/gtest.h>

#include <map>

#include "link/route.h"
#include "networks/link_entry.h"
#include "redirect/front_house.h"

namespace candor::redirect {
namespace {

Link link_named(const std::string& slug, std::int64_t id = 21) {
  Link link;
  link.id = {id};
  link.slug = slug;
  link.destination = "https://own.example/";
  return link;
}

LinkTable table_of(const std::vector<Link>& links, std::int64_t human_clicks = 0) {
  static const networks::LinkPatterns patterns;
  std::vector<LinkEntry> entries;
  for (const Link& link : links)
    entries.push_back(networks::make_link_entry(patterns, link, human_clicks).value());
  return {std::move(entries), {{{7}, "/recipes/soup/"}, {{3}, "/a b/"}}};
}

std::string location(FrontHouse& house, std::string_view target,
                     std::string_view agent = kBrowser) {
  return header_of(house.ask(target, {}, "GET", agent), "Location");
}

TEST(FrontRules, ARuleDecidesAndTheClickSaysWhich) {
  FrontHouse house;
  Link link = link_named("kettle");
  link.code = 307;
  link.targeting = R"({"rules":[{"query":[{"name":"v","equals":"1"}],)"
                   R"("destination":"https://one.example/"},)"
                   R"({"query":[{"name":"v"}],"destination":"https://any.example/"}]})";
  house.set_links(table_of({link}));
  const std::string answer = house.ask("/go/kettle?v=2");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 307");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(header_of(answer, "Location"), "https://any.example/");
  EXPECT_EQ(house.last_click().variant, 2);
  EXPECT_EQ(location(house, "/go/kettle?v=1"), "https://one.example/");
  EXPECT_EQ(house.last_click().variant, 1);
  EXPECT_EQ(location(house, "/go/kettle"), "https://own.example/");
  EXPECT_EQ(house.last_click().variant, 0);
}

TEST(FrontRules, PlacesAreFilledFromTheClick) {
  FrontHouse house;
  Link link = link_named("kettle");
  link.destination = "https://own.example/{article}?p={placement}&k={click}";
  link.targeting = R"({"pass_query":["coupon"]})";
  house.set_links(table_of({link}));
  const std::string at = location(house, "/go/kettle?a=/a%20b/&p=4&coupon=x%20y&other=1");
  const Click click = house.last_click();
  EXPECT_EQ(click.article.value, 3);
  EXPECT_EQ(at, "https://own.example/%2Fa%20b%2F?p=4&k=" +
                    make_click_token(click.id, house.keys().front()) + "&coupon=x%20y");
  EXPECT_EQ(location(house, "/go/kettle?a=//evil.example/").substr(0, 24),
            "https://own.example/?p=&")
      << "an article that is not known fills nothing";
}

TEST(FrontRules, ASplitIsStickyForAReaderAndSharedByMany) {
  FrontHouse house;
  Link link = link_named("kettle");
  link.targeting = R"({"rules":[{"split":[{"destination":"https://a.example/","weight":1},)"
                   R"({"destination":"https://b.example/","weight":1}]}]})";
  house.set_links(table_of({link}));
  std::map<std::string, int> seen;
  for (int reader = 0; reader < 40; ++reader) {
    const std::string agent = std::string(kBrowser) + " Reader/" + std::to_string(reader);
    const std::string first = location(house, "/go/kettle", agent);
    EXPECT_EQ(location(house, "/go/kettle", agent), first);
    ++seen[first];
  }
  EXPECT_GE(seen["https://a.example/"], 8);
  EXPECT_GE(seen["https://b.example/"], 8);
  EXPECT_EQ(seen.size(), 2U);
}

TEST(FrontRules, ACapCountsPeopleOnly) {
  FrontHouse house;
  Link link = link_named("kettle");
  link.click_cap = 5;
  link.fallback = "https://else.example/";
  house.set_links(table_of({link}, 3));
  const auto people = [&](int reader) {
    return location(house, "/go/kettle", std::string(kBrowser) + " R/" + std::to_string(reader));
  };
  EXPECT_EQ(people(1), "https://own.example/");
  house.ask("/go/kettle", {}, "HEAD");
  EXPECT_EQ(location(house, "/go/kettle", "curl/8.0"), "https://own.example/");
  EXPECT_EQ(people(1), "https://own.example/") << "a repeat is not counted";
  house.set_links(table_of({link}, 2));  // built before the last clicks were absorbed
  EXPECT_EQ(people(2), "https://own.example/");
  EXPECT_EQ(people(3), "https://else.example/");
  EXPECT_EQ(house.last_click().variant, kFallbackVariant);
  EXPECT_EQ(house.last_click().link.value, 21);
}

TEST(FrontRules, AnEndedLinkGoesToItsFallbackElseItIsGone) {
  FrontHouse house;
  Link ended = link_named("ended", 21);
  ended.expires_at_ms = to_ms(house.clock().now()) + 1000;
  Link moved = ended;
  moved.id = {22};
  moved.slug = "moved";
  moved.fallback = "ended";
  Link helped = ended;
  helped.id = {23};
  helped.slug = "helped";
  helped.fallback = "plain";
  house.set_links(table_of({ended, moved, helped, link_named("plain", 24)}));
  EXPECT_EQ(location(house, "/go/ended"), "https://own.example/");
  house.clock().advance(std::chrono::seconds(1));
  const std::string answer = house.ask("/go/ended");
  EXPECT_EQ(status_of(answer), "HTTP/1.1 410");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(status_of(house.ask("/go/moved")), "HTTP/1.1 410");
  EXPECT_EQ(location(house, "/go/helped"), "https://own.example/");
  EXPECT_EQ(house.counters().accepted, 2U) << "what is gone is no click";
  EXPECT_EQ(house.counters().not_found, 2U);
}

TEST(FrontRules, ADisabledLinkHasItsFallbackAndALaterOneIsMissing) {
  FrontHouse house;
  Link disabled = link_named("disabled", 21);
  disabled.state = LinkState::Disabled;
  disabled.fallback = "https://else.example/";
  Link later = link_named("later", 22);
  later.starts_at_ms = to_ms(house.clock().now()) + 1;
  house.set_links(table_of({disabled, later}));
  EXPECT_EQ(location(house, "/go/disabled"), "https://else.example/");
  EXPECT_EQ(status_of(house.ask("/go/later")), "HTTP/1.1 404");
}

TEST(FrontRules, WhoCameTooEarlyIsNoRepeatOnceTheLinkLeadsOn) {
  Options options;
  options.flood_per_minute = 2;
  FrontHouse house(options);
  Link later = link_named("later");
  later.starts_at_ms = to_ms(house.clock().now()) + 1000;
  house.set_links(table_of({later}));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status_of(house.ask("/go/later")), "HTTP/1.1 404");
  house.clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(location(house, "/go/later"), "https://own.example/");
  EXPECT_EQ(house.last_click().verdict, Verdict::Human);
  EXPECT_EQ(location(house, "/go/later"), "https://own.example/");
  EXPECT_EQ(house.last_click().verdict, Verdict::Repeat);
}

TEST(FrontRules, SchedulesGoByTheSitesClocks) {
  // The house's clock begins at 2026-11-18T11:06:40Z, a Wednesday: 00:06 on Thursday in Auckland.
  Link link = link_named("kettle");
  link.targeting = R"({"rules":[{"schedule":{"weekdays":["thu"],"hours":"00:00-01:00"},)"
                   R"("destination":"https://night.example/"}]})";
  Options options;
  options.zone = rollup::SiteZone::find("Pacific/Auckland").value();
  FrontHouse auckland(options);
  auckland.set_links(table_of({link}));
  EXPECT_EQ(location(auckland, "/go/kettle"), "https://night.example/");
  FrontHouse utc;
  utc.set_links(table_of({link}));
  EXPECT_EQ(location(utc, "/go/kettle"), "https://own.example/");
}

TEST(FrontRules, APermanentLinkStillAsksForARealVisit) {
  FrontHouse house;
  Link link = link_named("kettle");
  link.code = 301;
  house.set_links(table_of({link}));
  EXPECT_EQ(status_of(house.ask("/go/kettle", "Sec-Purpose: prefetch\r\n")), "HTTP/1.1 503");
  EXPECT_EQ(status_of(house.ask("/go/kettle")), "HTTP/1.1 301");
}

}  // namespace
}  // namespace candor::redirect
