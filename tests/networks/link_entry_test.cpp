#include "networks/link_entry.h"

#include <gtest/gtest.h>

#include "link/route.h"

namespace candor::networks {
namespace {

const LinkPatterns& patterns() {
  static const LinkPatterns all;
  return all;
}

Link link_to(std::string destination, std::string network = {}) {
  Link link;
  link.id = {1};
  link.slug = "kettle";
  link.destination = std::move(destination);
  link.network = std::move(network);
  return link;
}

LinkEntry entry_of(const Link& link) { return make_link_entry(patterns(), link).value(); }

/// Where one click on the link goes.
std::string located(const Link& link, const TargetingContext& context = {}) {
  const LinkEntry entry = entry_of(link);
  const LinkTable table({entry}, {});
  return find_route(table, *table.find_link(link.slug), context, {})
      .location({.click = "a0123456789abcdef", .query = context.query});
}

TEST(MakeLinkEntry, APlainLinkHasNoPlan) {
  const LinkEntry entry =
      entry_of(link_to("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"));
  EXPECT_FALSE(entry.plan);
  EXPECT_TRUE(entry.destination.has_slot);
}

TEST(MakeLinkEntry, UtmAloneNeedsNoPlan) {
  Link link = link_to("https://shop.example/");
  link.targeting = R"({"utm":{"source":"blog"}})";
  const LinkEntry entry = entry_of(link);
  EXPECT_FALSE(entry.plan);
  EXPECT_EQ(entry.destination.with_token(""), "https://shop.example/?utm_source=blog");
}

TEST(MakeLinkEntry, TheTokenGoesWhereTheNetworkTakesIt) {
  const std::pair<const char*, const char*> expected[] = {
      {"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=x", "&clickref=TOKEN"},
      {"https://shareasale.com/r.cfm?b=1&u=2&m=3", "&afftrack=TOKEN"},
      {"https://www.anrdoezrs.net/click-1-2", "?sid=TOKEN"},
      {"https://click.linksynergy.com/deeplink?id=a&murl=b", "&u1=TOKEN"},
      {"https://brand.pxf.io/c/1/2/3", "?subId1=TOKEN"},
      {"https://goto.walmart.com/c/1/22/9383", "?subId1=TOKEN"},
      {"https://prf.hn/click/camref:abc/destination:https://x.test",
       "camref:abc/pubref:TOKEN/destination:"},
      {"https://a.b.hop.clickbank.net/", "?tid=TOKEN"},
      {"https://www.ebay.de/itm/1?mkevt=1&campid=5", "&customid=TOKEN"},
      {"https://track.flexlinkspro.com/g.ashx?foid=1", "&fobs=TOKEN"},
      {"https://go.redirectingat.com/?id=1&url=https%3A%2F%2Fshop.example", "&xcust=TOKEN"},
      {"https://redirect.viglink.com/?key=1&u=https%3A%2F%2Fshop.example", "&cuid=TOKEN"},
      {"https://www.gopjn.com/t/1-2-3", "?sid=TOKEN"},
      {"https://clk.tradedoubler.com/click?p=1", "&epi=TOKEN"},
      {"https://t.adcell.com/p/click?param0=1", "&subid=TOKEN"},
      {"https://www.financeads.net/tc.php?t=1", "&subid=TOKEN"},
      {"https://tc.tradetracker.net/?c=1", "&r=TOKEN"},
      {"https://track.webgains.com/click.html?wgcampaignid=1", "&clickref=TOKEN"},
      {"https://brand.go2cloud.org/aff_c?offer_id=1&aff_id=2", "&aff_sub=TOKEN"},
      {"https://lb.affilae.com/r/?p=1", "&aesubid0=TOKEN"},
  };
  for (const auto& [destination, part] : expected) {
    std::string wanted = part;
    wanted.replace(wanted.find("TOKEN"), 5, "a0123456789abcdef");
    EXPECT_NE(located(link_to(destination)).find(wanted), std::string::npos)
        << located(link_to(destination));
  }
}

TEST(MakeLinkEntry, TheTokenFollowsAnOwnersValueAsTheNetworkAllows) {
  EXPECT_EQ(located(link_to("https://www.anrdoezrs.net/click-1-2?sid=soup")),
            "https://www.anrdoezrs.net/click-1-2?sid=soupa0123456789abcdef");
  EXPECT_EQ(located(link_to("https://www.anrdoezrs.net/click-1-2?sid=fourteenletter")),
            "https://www.anrdoezrs.net/click-1-2?sid=fourteenletter")
      << "31 characters would be cut to 30";
  EXPECT_EQ(located(link_to("https://a.b.hop.clickbank.net/?tid=soup")),
            "https://a.b.hop.clickbank.net/?tid=soup_a0123456789abcdef");
  EXPECT_EQ(located(link_to("https://shareasale.com/r.cfm?b=1&afftrack=soup")),
            "https://shareasale.com/r.cfm?b=1&afftrack=soup-a0123456789abcdef");
}

TEST(MakeLinkEntry, TheTokenIsNotRiskedBehindAValueOfUnknownLength) {
  EXPECT_EQ(located(link_to("https://click.linksynergy.com/deeplink?id=a&u1={article}")),
            "https://click.linksynergy.com/deeplink?id=a&u1=");
  EXPECT_EQ(located(link_to("https://shareasale.com/r.cfm?b=1&afftrack={placement}")),
            "https://shareasale.com/r.cfm?b=1&afftrack=-a0123456789abcdef");
}

TEST(MakeLinkEntry, ThePlaceTheOwnerGaveTheTokenIsTheOnlyOne) {
  EXPECT_EQ(
      located(link_to("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref2={click}")),
      "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref2=a0123456789abcdef");
}

TEST(MakeLinkEntry, EachTargetHasItsOwnNetworksPlace) {
  Link link = link_to("https://shop.example/");
  link.targeting =
      R"({"rules":[{"country":["DE"],"destination":"https://shareasale.com/r.cfm?b=1"}]})";
  EXPECT_EQ(located(link), "https://shop.example/");
  EXPECT_EQ(located(link, {.country = Country::parse("DE").value()}),
            "https://shareasale.com/r.cfm?b=1&afftrack=a0123456789abcdef");
}

TEST(MakeLinkEntry, TheOwnersWordOnTheNetworkIsForTheOwnHostOnly) {
  Link link = link_to("https://go.merchant.example/1", "awin");
  link.targeting = R"({"rules":[{"country":["DE"],"destination":"https://go.merchant.example/2"},)"
                   R"({"country":["FR"],"destination":"https://other.example/"}]})";
  EXPECT_EQ(located(link), "https://go.merchant.example/1?clickref=a0123456789abcdef");
  EXPECT_EQ(located(link, {.country = Country::parse("DE").value()}),
            "https://go.merchant.example/2?clickref=a0123456789abcdef");
  EXPECT_EQ(located(link, {.country = Country::parse("FR").value()}), "https://other.example/");
}

TEST(MakeLinkEntry, AReaderSetsNoParameterOfTheNetwork) {
  Link link = link_to("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2");
  link.targeting = R"({"pass_query":["clickref2","awinaffid","pref1","coupon"]})";
  EXPECT_EQ(located(link, {.query = "clickref2=x&awinaffid=9&pref1=y&coupon=z&other=1"}),
            "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=a0123456789abcdef"
            "&coupon=z");
  Link amazon = link_to("https://www.amazon.de/dp/1?tag=mine-21");
  amazon.targeting = R"({"pass_query":["ascsubtag","Tag","th"]})";
  EXPECT_EQ(located(amazon, {.query = "ascsubtag=u&Tag=evil&th=1"}),
            "https://www.amazon.de/dp/1?tag=mine-21&th=1");
}

TEST(MakeLinkEntry, AReaderDoesNotSayWhereANetworksLinkLeads) {
  constexpr std::pair<const char*, const char*> kDeepLinks[] = {{"awin", "ued"},
                                                                {"awin", "P"},
                                                                {"skimlinks", "url"},
                                                                {"sovrn", "u"},
                                                                {"sovrn", "url"},
                                                                {"cj", "URL"},
                                                                {"flexoffers", "url"},
                                                                {"impact", "u"},
                                                                {"partnerize", "destination"},
                                                                {"rakuten", "murl"},
                                                                {"tradedoubler", "url"},
                                                                {"webgains", "wgtarget"},
                                                                {"ebay", "mpre"},
                                                                {"shareasale", "urllink"},
                                                                {"tradetracker", "u"}};
  for (const auto& [network, name] : kDeepLinks)
    EXPECT_TRUE(is_network_parameter(network, name)) << network << " " << name;
  for (const char* name :
       {"url", "u", "murl", "ued", "destination", "dest", "target", "redirect", "to", "To"}) {
    for (const char* network : {"awin", "admitad", "amazon", "tune"})
      EXPECT_TRUE(is_network_parameter(network, name)) << network << " " << name;
    EXPECT_FALSE(is_network_parameter("", name)) << "a merchant's own page";
  }
  for (const char* name : {"page", "topic", "utm_source", "coupon", "unit"})
    EXPECT_FALSE(is_network_parameter("awin", name)) << name;

  Link link = link_to("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2");
  link.targeting = R"({"pass_query":["ued","coupon"]})";
  EXPECT_EQ(located(link, {.query = "ued=https%3A%2F%2Fevil.example%2F&coupon=z"}),
            "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=a0123456789abcdef"
            "&coupon=z");
}

TEST(Amazon, GetsNoTokenByWayOfUtm) {
  const std::string utm = R"("utm":{"content":"{click}"})";
  const std::string amazon = "https://www.amazon.de/dp/1?tag=mine-21";
  const auto is_used = [](Link link, const std::string& targeting) {
    link.targeting = "{" + targeting + "}";
    return make_link_entry(patterns(), link).has_value();
  };
  EXPECT_FALSE(is_used(link_to(amazon), utm));
  EXPECT_FALSE(
      is_used(link_to("https://www.awin1.com/cread.php?ued=https%3A%2F%2Famzn.to%2F1"), utm));
  EXPECT_TRUE(is_used(link_to(amazon), R"("utm":{"content":"{article}"})"));
  EXPECT_TRUE(is_used(link_to(amazon + "&utm_content=mine"), utm)) << "the link's own value stays";

  Link shop = link_to("https://shop.example/");
  EXPECT_TRUE(is_used(shop, utm));
  EXPECT_FALSE(is_used(shop, utm + R"(,"rules":[{"destination":")" + amazon + R"("}])"));
  shop.fallback = amazon;
  EXPECT_FALSE(is_used(shop, utm));
}

TEST(Amazon, NeverGetsATokenOnAnyOfItsHosts) {
  constexpr const char* kHosts[] = {"www.amazon.com",
                                    "amazon.com",
                                    "smile.amazon.com",
                                    "www.amazon.co.uk",
                                    "www.amazon.ca",
                                    "www.amazon.de",
                                    "www.amazon.fr",
                                    "www.amazon.es",
                                    "www.amazon.it",
                                    "www.amazon.co.jp",
                                    "www.amazon.com.au",
                                    "www.amazon.com.br",
                                    "www.amazon.in",
                                    "www.amazon.com.mx",
                                    "www.amazon.cn",
                                    "www.amazon.sg",
                                    "www.amazon.ae",
                                    "www.amazon.nl",
                                    "www.amazon.com.be",
                                    "www.amazon.se",
                                    "www.amazon.pl",
                                    "www.amazon.com.tr",
                                    "www.amazon.sa",
                                    "www.amazon.eg",
                                    "www.amazon.ie",
                                    "www.amazon.co.za",
                                    "amzn.to",
                                    "amzn.eu",
                                    "amzn.asia",
                                    "a.co",
                                    "www.primevideo.com",
                                    "AMAZON.DE",
                                    "m.amazon.de."};
  for (const std::string host : kHosts)
    for (const std::string path : {"/dp/1?tag=mine-21", "/dp/1", "/dp/1?ref=x&u1=a"})
      for (const char* network : {"", "awin", "impact", "rakuten", "partnerize", "amazon"}) {
        const Link link = link_to("https://" + host + path, network);
        EXPECT_FALSE(entry_of(link).destination.has_slot) << link.destination << " " << network;
        Link slotted =
            link_to("https://" + host + path +
                        (path.find('?') == std::string::npos ? "?x={click}" : "&x={click}"),
                    network);
        EXPECT_FALSE(make_link_entry(patterns(), slotted)) << slotted.destination;
      }
}

TEST(Amazon, NeverGetsATokenByWayOfAnotherNetwork) {
  for (const char* href :
       {"https://go.redirectingat.com/?id=1&url=https%3A%2F%2Fwww.amazon.com%2Fdp%2F1",
        "https://go.redirectingat.com/?id=1&url=https://www.amazon.co.uk/dp/1",
        "https://go.redirectingat.com/?id=1&url=https%253A%252F%252Famzn.to%252F1",
        "https://prf.hn/click/camref:abc/destination:https://www.amazon.de/",
        "https://redirect.viglink.com/?key=1&u=%2F%2FAmazon.com%2Fdp"})
    EXPECT_FALSE(entry_of(link_to(href)).destination.has_slot) << href;
  for (const char* href : {"https://shop.example/?u=https://amazonia.example/",
                           "https://amazon.shop.example.com/", "https://shop.example/amazon.com/"})
    EXPECT_FALSE(leads_to_amazon(parse_url(href).value())) << href;
}

TEST(Amazon, ALinkWhoseRuleGivesItATokenIsNotUsed) {
  Link link = link_to("https://shop.example/");
  link.targeting = R"({"rules":[{"destination":"https://amazon.de/?x={click}"}]})";
  EXPECT_FALSE(make_link_entry(patterns(), link));
  link.targeting.clear();
  link.fallback = "https://amazon.de/?x={click}";
  EXPECT_FALSE(make_link_entry(patterns(), link));
}

TEST(WantsReferer, HoldsForProgrammesThatAskForItOrReportIt) {
  for (const char* network : {"amazon", "ebay", "awin", "shareasale"})
    EXPECT_TRUE(wants_referer(network)) << network;
  for (const char* network : {"", "impact", "cj"}) EXPECT_FALSE(wants_referer(network)) << network;
}

}  // namespace
}  // namespace candor::networks
