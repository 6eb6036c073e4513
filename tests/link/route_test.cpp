#include "link/route.h"

#include <gtest/gtest.h>

#include <memory>

namespace candor {
namespace {

PlannedTarget to(std::string_view href, bool keeps_referer = false) {
  return {SlottedUrl(make_destination(href, {}), {}), keeps_referer};
}

LinkEntry planned(std::int64_t id, const std::string& slug, Link link,
                  std::optional<PlannedTarget> fallback = std::nullopt) {
  link.id = {id};
  link.slug = slug;
  LinkEntry entry;
  entry.id = link.id;
  entry.slug = slug;
  entry.state = link.state;
  auto plan = std::make_shared<LinkPlan>();
  plan->link = std::move(link);
  plan->own = to("https://" + slug + ".example/", true);
  plan->fallback = std::move(fallback);
  entry.plan = std::move(plan);
  return entry;
}

LinkEntry plain(std::int64_t id, const std::string& slug) {
  return {
      {id}, slug, make_destination("https://" + slug + ".example/", {}), LinkState::Active, false};
}

Link expired(std::string fallback) {
  Link link;
  link.expires_at_ms = 100;
  link.fallback = std::move(fallback);
  return link;
}

struct Routed {
  RouteEnd end;
  int code;
  int variant;
  std::string location;
};

Routed route(std::vector<LinkEntry> links, std::int64_t at_ms = 1000,
             const HumanClicks& counts = {}) {
  const std::string slug = links.front().slug;
  const LinkTable table(std::move(links), {});
  const Route found = find_route(table, *table.find_link(slug), {.at_ms = at_ms}, counts);
  return {found.end, found.code, found.variant, found.location({})};
}

TEST(Route, APlainLinkGoesStraightToItsDestination) {
  const Routed found = route({plain(1, "a")});
  EXPECT_EQ(found.end, RouteEnd::Redirect);
  EXPECT_EQ(found.code, 302);
  EXPECT_EQ(found.location, "https://a.example/");
}

TEST(Route, ALinkAnswersWithItsCodeWhileItServes) {
  Link link = expired("");
  link.code = 301;
  const Routed found = route({planned(1, "a", link)}, 50);
  EXPECT_EQ(found.code, 301);
  EXPECT_EQ(found.location, "https://a.example/");
}

TEST(Route, AnEndedLinkGoesToItsFallbackWithACodeNobodyKeeps) {
  Link link = expired("https://else.example/");
  link.code = 301;
  const Routed found = route({planned(1, "a", link, to("https://else.example/"))});
  EXPECT_EQ(found.end, RouteEnd::Redirect);
  EXPECT_EQ(found.code, 302);
  EXPECT_EQ(found.variant, kFallbackVariant);
  EXPECT_EQ(found.location, "https://else.example/");
}

TEST(Route, AFallbackCanBeAnotherLinkWithFallbacksOfItsOwn) {
  const Routed found =
      route({planned(1, "a", expired("b")), planned(2, "b", expired("c")), plain(3, "c")});
  EXPECT_EQ(found.variant, kFallbackVariant);
  EXPECT_EQ(found.location, "https://c.example/");
}

TEST(Route, FallbacksInACircleEnd) {
  EXPECT_EQ(route({planned(1, "a", expired("b")), planned(2, "b", expired("a"))}).end,
            RouteEnd::Gone);
  EXPECT_EQ(route({planned(1, "a", expired("a"))}).end, RouteEnd::Gone);
}

TEST(Route, WithoutAFallbackAnEndedLinkIsGoneAndOthersAreMissing) {
  EXPECT_EQ(route({planned(1, "a", expired(""))}).end, RouteEnd::Gone);
  EXPECT_EQ(route({planned(1, "a", expired("nowhere"))}).end, RouteEnd::Gone);
  Link later;
  later.starts_at_ms = 2000;
  EXPECT_EQ(route({planned(1, "a", later)}).end, RouteEnd::Missing);
  Link disabled;
  disabled.state = LinkState::Disabled;
  EXPECT_EQ(route({planned(1, "a", disabled)}).end, RouteEnd::Missing);
}

TEST(Route, ACapIsHeldAgainstTheLinksOwnCount) {
  Link capped;
  capped.click_cap = 2;
  HumanClicks counts;
  counts.add({2});
  counts.add({2});
  counts.add({1});
  EXPECT_EQ(route({planned(1, "a", capped)}, 0, counts).end, RouteEnd::Redirect);
  counts.raise({1}, 2);
  EXPECT_EQ(route({planned(1, "a", capped)}, 0, counts).end, RouteEnd::Gone);
  counts.raise({1}, 1);
  EXPECT_EQ(counts.of({1}), 2) << "a count never falls";
}

TEST(Route, TheTraceFollowsTheFallbacks) {
  const LinkTable table({planned(1, "a", expired("b")), plain(2, "b")}, {});
  Trace trace;
  find_route(table, *table.find_link("a"), {.at_ms = 1000}, {}, &trace);
  ASSERT_EQ(trace.size(), 3U);
  EXPECT_EQ(trace[0].what, "expires_at");
  EXPECT_EQ(trace[1].why, "\"b\"");
  EXPECT_EQ(trace[2].slug, "b");
  EXPECT_EQ(trace[2].what, "chosen");
}

}  // namespace
}  // namespace candor
