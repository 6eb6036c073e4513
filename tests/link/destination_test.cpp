#include "link/destination.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "link/url.h"

namespace candor {
namespace {

constexpr std::string_view kToken = "a0123456789abcdef";

SubIdSlot query_slot(std::string_view name, std::size_t max_length = 0) {
  return {.parameter = name, .in_path = false, .max_length = max_length};
}

constexpr SubIdSlot kPubref{.parameter = "pubref", .in_path = true, .max_length = 256};

std::string located(std::string_view href, const SubIdSlot& slot) {
  return make_destination(href, slot).with_token(kToken);
}

TEST(Destination, WithoutASlotTheTokenIsIgnored) {
  const Destination plain = make_destination("https://shop.example/?a=1", {});
  EXPECT_FALSE(plain.has_slot);
  EXPECT_EQ(plain.with_token(kToken), "https://shop.example/?a=1");
}

TEST(Destination, TheParameterIsAddedToTheQuery) {
  EXPECT_EQ(located("https://n.example/c", query_slot("u1")),
            "https://n.example/c?u1=a0123456789abcdef");
  EXPECT_EQ(located("https://n.example/c?", query_slot("u1")),
            "https://n.example/c?u1=a0123456789abcdef");
  EXPECT_EQ(located("https://n.example/c?m=1", query_slot("u1")),
            "https://n.example/c?m=1&u1=a0123456789abcdef");
  EXPECT_EQ(located("https://n.example/c?m=1&", query_slot("u1")),
            "https://n.example/c?m=1&u1=a0123456789abcdef");
  EXPECT_EQ(located("https://n.example/c?m=1#f?u1=x", query_slot("u1")),
            "https://n.example/c?m=1&u1=a0123456789abcdef#f?u1=x");
  EXPECT_EQ(located("https://n.example/c??", query_slot("u1")),
            "https://n.example/c??&u1=a0123456789abcdef");
  EXPECT_EQ(located("https://n.example/c#f", query_slot("u1")),
            "https://n.example/c?u1=a0123456789abcdef#f");
}

TEST(Destination, TheOwnersValueIsKeptInFront) {
  EXPECT_EQ(located("https://n.example/?u1=soup&m=1", query_slot("u1", 72)),
            "https://n.example/?u1=soup-a0123456789abcdef&m=1");
  EXPECT_EQ(located("https://n.example/?u1=&m=1", query_slot("u1", 72)),
            "https://n.example/?u1=a0123456789abcdef&m=1");
  EXPECT_EQ(located("https://n.example/?u1&m=1", query_slot("u1", 72)),
            "https://n.example/?u1=a0123456789abcdef&m=1");
  EXPECT_EQ(located("https://n.example/?xu1=1&u1=s%20p#f", query_slot("u1", 72)),
            "https://n.example/?xu1=1&u1=s%20p-a0123456789abcdef#f");
}

TEST(Destination, NamesAreCaseSensitive) {
  EXPECT_EQ(located("https://n.example/?U1=x", query_slot("u1")),
            "https://n.example/?U1=x&u1=a0123456789abcdef");
}

TEST(Destination, AnOwnersValueThatLeavesNoRoomWins) {
  const std::string href = "https://n.example/?sid=123456789012";  // 12 + 1 + 17 = 30
  EXPECT_TRUE(make_destination(href, query_slot("sid", 30)).has_slot);
  const Destination full = make_destination(href + "3", query_slot("sid", 30));
  EXPECT_FALSE(full.has_slot);
  EXPECT_EQ(full.with_token(kToken), href + "3");
  EXPECT_FALSE(make_destination("https://n.example/", query_slot("sid", 16)).has_slot);
  EXPECT_TRUE(make_destination("https://n.example/", query_slot("sid", 17)).has_slot);
}

TEST(Destination, PartnerizeTakesItInThePathBeforeTheDestination) {
  EXPECT_EQ(
      located("https://prf.hn/click/camref:1abc/destination:https://s.example/a?b=1", kPubref),
      "https://prf.hn/click/camref:1abc/pubref:a0123456789abcdef/destination:https://"
      "s.example/a?b=1");
  EXPECT_EQ(located("https://prf.hn/click/camref:1abc", kPubref),
            "https://prf.hn/click/camref:1abc/pubref:a0123456789abcdef");
  EXPECT_EQ(located("https://prf.hn/click/camref:1abc/", kPubref),
            "https://prf.hn/click/camref:1abc/pubref:a0123456789abcdef/");
  EXPECT_EQ(located("https://prf.hn/click/camref:1abc/ar:x/destination:y", kPubref),
            "https://prf.hn/click/camref:1abc/pubref:a0123456789abcdef/ar:x/destination:y");
  EXPECT_EQ(located("https://prf.hn/click/camref:1abc/pubref:soup/ar:x", kPubref),
            "https://prf.hn/click/camref:1abc/pubref:soup-a0123456789abcdef/ar:x");
  EXPECT_EQ(
      located("https://prf.hn/click/camref:1/destination:https://s.example/pubref:no", kPubref),
      "https://prf.hn/click/camref:1/pubref:a0123456789abcdef/destination:https://s.example/"
      "pubref:no");
}

rc::Gen<std::string> gen_href() {
  return rc::gen::map(rc::gen::container<std::string>(
                          rc::gen::elementOf(std::string("au1s=&?#/%2:-pubref.camdtion"))),
                      [](const std::string& tail) {
                        const auto url = parse_url("https://n.example/" + tail);
                        return url ? url->href : std::string("https://n.example/");
                      });
}

rc::Gen<std::string> gen_token() {
  return rc::gen::container<std::string>(
      17, rc::gen::elementOf(std::string("0123456789abcdefghjkmnpqrstvwxyz")));
}

TEST(Destination, NothingButTheTokenVaries) {
  EXPECT_TRUE(rc::check("all Locations are before + token + after", [] {
    const std::string href = *gen_href();
    const SubIdSlot slot = *rc::gen::element(query_slot("u1"), query_slot("u1", 30), kPubref);
    const Destination destination = make_destination(href, slot);
    const std::string token = *gen_token();
    const std::string location = destination.with_token(token);
    if (!destination.has_slot) {
      RC_ASSERT(location == href);
      return;
    }
    RC_ASSERT(location == destination.before + token + destination.after);
    const auto original = parse_url(href);
    const auto parsed = parse_url(location);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->href == location);
    RC_ASSERT(parsed->scheme + parsed->host + parsed->port ==
              original->scheme + original->host + original->port);
    RC_ASSERT(parsed->fragment == original->fragment);
    RC_ASSERT((slot.in_path ? parsed->query : parsed->path) ==
              (slot.in_path ? original->query : original->path));
  }));
}

TEST(Destination, TheNetworkReadsTheTokenBack) {
  EXPECT_TRUE(rc::check("the parameter's value ends in the token", [] {
    const std::string href = *gen_href();
    const std::size_t limit = *rc::gen::element<std::size_t>(0, 17, 20, 30, 72);
    const Destination destination = make_destination(href, query_slot("u1", limit));
    if (!destination.has_slot) return;
    const std::string token = *gen_token();
    const auto parameters = parse_query(parse_url(destination.with_token(token))->query);
    const auto found = std::ranges::find(parameters, "u1", &QueryParameter::name);
    RC_ASSERT(found != parameters.end());
    RC_ASSERT(found->value == token || found->value.ends_with("-" + token));
    RC_ASSERT(limit == 0 || found->value.size() <= limit);
  }));
}

}  // namespace
}  // namespace candor
