#include "networks/tracking_id.h"

#include <gtest/gtest.h>

namespace candor::networks {
namespace {

TEST(TrackingIds, AreAsAmazonMakesThem) {
  for (const char* good : {"site-20", "best-kettles-21", "site0c-20", "a_b-99"})
    EXPECT_TRUE(is_tracking_id(good)) << good;
  for (const char* bad : {"", "-20", "site", "site-2", "site-2x", "a&b-20", "a b-20"})
    EXPECT_FALSE(is_tracking_id(bad)) << bad;
}

TEST(TrackingIds, OnlyTheTagsBytesChange) {
  EXPECT_EQ(with_tracking_id("https://www.amazon.com/dp/B1/?x=%2F&tag=site-20&y=+#tag=a-20",
                             "kettles-20"),
            "https://www.amazon.com/dp/B1/?x=%2F&tag=kettles-20&y=+#tag=a-20");
  EXPECT_EQ(with_tracking_id("https://www.amazon.com/dp/B1?tag=site-20", "kettles-20"),
            "https://www.amazon.com/dp/B1?tag=kettles-20");
}

TEST(TrackingIds, OtherMarketplacesAndLinksWithoutATagStayAsTheyAre) {
  for (const char* href :
       {"https://www.amazon.de/dp/B1?tag=site-21", "https://amzn.to/3abc",
        "https://www.amazon.com/dp/B1?ptag=site-20",
        "https://www.amazon.com/dp/B1?tag=", "https://www.amazon.com/dp/B1#?tag=site-20"})
    EXPECT_EQ(with_tracking_id(href, "kettles-20"), href);
  EXPECT_EQ(with_tracking_id("https://www.amazon.com/dp/B1?tag=site-20", "no tag"),
            "https://www.amazon.com/dp/B1?tag=site-20");
}

TEST(TrackingIds, LinksOfOneAccountAreTheSameWithoutThem) {
  EXPECT_EQ(without_tracking_id("https://www.amazon.com/dp/B1?tag=a-20&x=1"),
            without_tracking_id("https://www.amazon.com/dp/B1?tag=b-20&x=1"));
  EXPECT_EQ(tracking_id_of("https://www.amazon.com/dp/B1?x=1&tag=b-20"), "b-20");
  EXPECT_EQ(tracking_id_of("https://www.amazon.com/dp/B1"), "");
}

}  // namespace
}  // namespace candor::networks
