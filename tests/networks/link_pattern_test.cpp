#include "networks/link_pattern.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace candor::networks {
namespace {

std::string network_of(std::string_view href) {
  static const LinkPatterns patterns;
  const auto url = parse_url(href);
  if (!url) return "not a URL";
  const auto match = patterns.match(*url);
  if (!match) return "-";
  return std::string(match->network) + (match->sure ? "" : "?");
}

TEST(LinkPatterns, KnowsTheNetworksByHostAndShape) {
  EXPECT_EQ(network_of("https://www.amazon.com/dp/B000000001?tag=gear-20"), "amazon");
  EXPECT_EQ(network_of("https://www.amazon.co.uk/dp/B1?x=1&TAG=gear-21"), "amazon");
  EXPECT_EQ(network_of("https://amzn.to/3xyz"), "amazon");
  EXPECT_EQ(network_of("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=x"), "awin");
  EXPECT_EQ(network_of("https://www.awin1.com/pclick.php?p=1&a=2&m=3"), "awin");
  EXPECT_EQ(network_of("https://www.ebay.de/itm/1?mkevt=1&campid=5"), "ebay");
  EXPECT_EQ(network_of("https://rover.ebay.com/rover/1/711-53200?campid=5"), "ebay");
  EXPECT_EQ(network_of("https://shareasale.com/r.cfm?b=1&u=2&m=3"), "shareasale");
  EXPECT_EQ(network_of("https://www.anrdoezrs.net/click-1-2"), "cj");
  EXPECT_EQ(network_of("https://www.kqzyfj.com/links/1/type/dlg/https://x.test/"), "cj");
  EXPECT_EQ(network_of("https://click.linksynergy.com/deeplink?id=a&murl=b"), "rakuten");
  EXPECT_EQ(network_of("https://prf.hn/click/camref:abc/destination:https://x.test"), "partnerize");
  EXPECT_EQ(network_of("https://brand.pxf.io/c/1/2/3"), "impact");
  EXPECT_EQ(network_of("https://goto.target.com/c/1/22/333?u=x"), "impact");
  EXPECT_EQ(network_of("https://goto.walmart.com/c/1/22/9383"), "walmart");
  EXPECT_EQ(network_of("https://www.gopjn.com/t/1-2-3"), "pepperjam");
  EXPECT_EQ(network_of("https://a.b.hop.clickbank.net/"), "clickbank");
  EXPECT_EQ(network_of("https://www.walmart.com/ip/1?veh=aff"), "walmart");
}

TEST(LinkPatterns, LeavesOrdinaryLinksAlone) {
  for (const char* href :
       {"https://www.amazon.com/dp/B000000001", "https://www.amazon.com/dp/B1?tag=",
        "https://s3.amazonaws.com/x?tag=a", "https://notamazon.com/?tag=x",
        "https://amazon.com.evil.test/dp/1?tag=gear-20", "https://ebay.evil.test/?campid=1",
        "https://www.ebay.com/itm/1", "https://www.shareasale.com/", "https://prf.hn/",
        "https://www.daisycon.com/en/", "https://goto.target.com/c/1/x/3", "https://goto.test/",
        "https://x.lduhtrp.net/image-1-2", "https://www.clarity.ms/x", "https://highimpact.com/a",
        "https://pubmed.ncbi.nlm.nih.gov/1/", "https://example.test/tag/?tag=news",
        "https://www.apple.com/ipad/", "https://www.walmart.com/ip/1?veh=seo"})
    EXPECT_EQ(network_of(href), "-") << href;
}

TEST(LinkPatterns, SaysWhenItOnlyLooksLikeANetwork) {
  EXPECT_EQ(network_of("https://shop.test/c/1/2/3?subId1=x"), "impact?");
  EXPECT_EQ(network_of("https://shop.test/c/1/2/3/"), "-");
  EXPECT_EQ(network_of("https://a.co/d/xyz"), "amazon?");
  EXPECT_EQ(network_of("https://dub.sh/abc"), "dub?");
  EXPECT_EQ(network_of("https://track.test/aff_c?offer_id=1&aff_id=2"), "tune?");
}

TEST(SubIdSlot, FollowsEachNetworksManual) {
  EXPECT_EQ(sub_id_slot("awin").parameter, "clickref");
  EXPECT_EQ(sub_id_slot("awin").max_length, 50U);
  EXPECT_EQ(sub_id_slot("rakuten").parameter, "u1");
  EXPECT_TRUE(sub_id_slot("partnerize").in_path);
  EXPECT_EQ(sub_id_slot("walmart").parameter, sub_id_slot("impact").parameter);
}

TEST(SubIdSlot, IsNeverGivenForAmazonOrUnknownNetworks) {
  EXPECT_TRUE(sub_id_slot("amazon").parameter.empty());
  EXPECT_TRUE(sub_id_slot("").parameter.empty());
  EXPECT_TRUE(sub_id_slot("no such network").parameter.empty());
}

TEST(StaysDirect, HoldsForAmazonAndEbayOnly) {
  EXPECT_TRUE(stays_direct("amazon"));
  EXPECT_TRUE(stays_direct("ebay"));
  EXPECT_FALSE(stays_direct("awin"));
  EXPECT_FALSE(stays_direct(""));
}

TEST(DisplayName, IsWhatPeopleWrite) {
  EXPECT_EQ(display_name("ebay"), "eBay");
  EXPECT_EQ(display_name("awin"), "Awin");
  EXPECT_EQ(display_name("something-new"), "something-new");
}

}  // namespace
}  // namespace candor::networks
