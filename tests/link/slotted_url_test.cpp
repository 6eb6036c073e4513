#include "link/slotted_url.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace candor {
namespace {

constexpr std::string_view kToken = "a0123456789abcdef";

std::string filled(std::string_view typed, const SlotValues& values,
                   const std::vector<std::string>& passed = {}, const SubIdSlot& slot = {}) {
  return SlottedUrl(make_destination(parse_url(typed)->href, slot), passed).fill(values);
}

const SlotValues kValues{.click = kToken,
                         .article = "/recipes/lentil soup/",
                         .placement = 3,
                         .country = Country::parse("DE").value(),
                         .query = "coupon=A%26B&x=1&tag=evil"};

TEST(SlottedUrl, OpensItsPlacesInPathQueryAndFragment) {
  EXPECT_EQ(
      filled("https://s.example/{article}/{placement}?c={country}&k={click}#{country}", kValues),
      "https://s.example/%2Frecipes%2Flentil%20soup%2F/3?c=DE&k=a0123456789abcdef#DE");
  EXPECT_EQ(filled("https://s.example/?u=https%3A%2F%2Fx%2F%7barticle%7d", kValues),
            "https://s.example/?u=https%3A%2F%2Fx%2F%2Frecipes%2Flentil%20soup%2F");
}

TEST(SlottedUrl, UnknownPlacesAreText) {
  EXPECT_EQ(filled("https://s.example/?a={artcle}&b={&c={click", kValues),
            "https://s.example/?a={artcle}&b={&c={click");
}

TEST(SlottedUrl, WhatIsNotKnownIsEmpty) {
  EXPECT_EQ(filled("https://s.example/{article}/{placement}?c={country}", {}),
            "https://s.example//?c=");
}

TEST(SlottedUrl, TheNetworksSlotStaysOpenBesideTheOwners) {
  EXPECT_EQ(filled("https://s.example/?m=1&n={country}#f", kValues, {}, {"u1", false, 72}),
            "https://s.example/?m=1&n=DE&u1=a0123456789abcdef#f");
  EXPECT_EQ(filled("https://prf.example/click/camref:x/destination:https://m.example/", kValues, {},
                   {"pubref", true, 256}),
            "https://prf.example/click/camref:x/pubref:a0123456789abcdef/"
            "destination:https://m.example/");
}

TEST(SlottedUrl, PassesOnlyNamedParametersEncodedOnce) {
  EXPECT_EQ(filled("https://s.example/p#f", kValues, {"coupon", "absent"}),
            "https://s.example/p?coupon=A%26B#f");
  EXPECT_EQ(filled("https://s.example/p?y=2", kValues, {"coupon", "x"}),
            "https://s.example/p?y=2&coupon=A%26B&x=1");
  EXPECT_EQ(filled("https://s.example/p?", kValues, {"x"}), "https://s.example/p?x=1");
}

TEST(SlottedUrl, NeverOverridesAParameterOfTheDestination) {
  EXPECT_EQ(filled("https://s.example/?TAG=mine&y=", kValues, {"tag", "x"}),
            "https://s.example/?TAG=mine&y=&x=1");
  EXPECT_EQ(filled("https://s.example/", {.click = kToken, .query = "u1=forged"}, {"u1"},
                   {"u1", false, 72}),
            "https://s.example/?u1=a0123456789abcdef");
}

TEST(SlottedUrl, PassesTheFirstValueAndNoneThatIsTooLong) {
  EXPECT_EQ(filled("https://s.example/", {.query = "x=1&x=2"}, {"x"}), "https://s.example/?x=1");
  const std::string query = "x=" + std::string(513, 'a');
  EXPECT_EQ(filled("https://s.example/", {.query = query}, {"x"}), "https://s.example/");
}

TEST(WithParameters, AddsWhatIsNotThere) {
  const std::vector<QueryParameter> utm{{"utm_source", "my blog"}, {"utm_content", "{article}&"}};
  EXPECT_EQ(with_parameters("https://s.example/p#f", utm),
            "https://s.example/p?utm_source=my%20blog&utm_content={article}%26#f");
  EXPECT_EQ(with_parameters("https://s.example/?utm_source=own", utm),
            "https://s.example/?utm_source=own&utm_content={article}%26");
  EXPECT_EQ(with_parameters("https://s.example/?", utm),
            "https://s.example/?utm_source=my%20blog&utm_content={article}%26");
  EXPECT_EQ(with_parameters("https://s.example/", {}), "https://s.example/");
}

RC_GTEST_PROP(SlottedUrlProperty, NothingFromTheRequestMovesHostOrPath, ()) {
  const std::string typed = *rc::gen::element<std::string>(
      "https://shop.example/{article}/x?c={country}&k={click}", "https://shop.example",
      "http://shop.example:8080/a/{article}", "https://shop.example/?q={article}#{article}",
      "https://prf.example/click/camref:x/destination:https://m.example/?z=1");
  const auto text = rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const std::string article = *text;
  const std::string query = *rc::gen::map(text, [](std::string value) { return "x=" + value; });
  const SubIdSlot slot = *rc::gen::element(SubIdSlot{}, SubIdSlot{"pubref", true, 256});
  const std::vector<std::string> passed{"x"};
  const SlottedUrl url(make_destination(parse_url(typed)->href, slot), passed);
  const auto harmless = parse_url(url.fill({.click = kToken, .article = "A", .query = "x=1"}));
  const auto hostile =
      parse_url(url.fill({.click = kToken, .article = "A" + article, .query = query}));
  RC_ASSERT(harmless.has_value());
  RC_ASSERT(hostile.has_value());
  RC_ASSERT(hostile->scheme == harmless->scheme);
  RC_ASSERT(hostile->host == harmless->host);
  RC_ASSERT(hostile->port == harmless->port);
  RC_ASSERT(std::ranges::count(hostile->path, '/') == std::ranges::count(harmless->path, '/'));
  if (typed.find("{article}/x") == std::string::npos &&
      typed.find("a/{article}") == std::string::npos)
    RC_ASSERT(hostile->path == harmless->path);
  RC_ASSERT(parse_query(hostile->query).size() <= parse_query(harmless->query).size());
}

}  // namespace
}  // namespace candor
