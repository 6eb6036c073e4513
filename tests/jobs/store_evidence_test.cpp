#include "jobs/store_evidence.h"

#include <gmock/gmock.h>

#include "support/site_house.h"

namespace candor::jobs {
namespace {

class StoreEvidenceTest : public testing::Test {
 protected:
  SiteHouse house_;
  StoreEvidence evidence_{*house_.store, house_.keys, house_.settings.hosts};
  ArticleId article_ = house_.add_article("/kettles/");
};

TEST_F(StoreEvidenceTest, TokenNamesItsClickWhenItIsStored) {
  const Click click = house_.add_click(house_.add_link("kettle").id, article_);
  const auto found = evidence_.find_click_by_token("owner-" + house_.token(click));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->id, click.id);
  EXPECT_EQ(found->article, article_);
  Click lost = click;
  lost.id.value += 1;
  EXPECT_FALSE(evidence_.find_click_by_token(house_.token(lost)));
  EXPECT_FALSE(evidence_.find_click_by_token("summer"));
}

TEST_F(StoreEvidenceTest, UrlNamesAnArticleOfTheSiteOnly) {
  EXPECT_EQ(evidence_.find_article_by_url("https://site.example/kettles/?utm=1"), article_);
  EXPECT_FALSE(evidence_.find_article_by_url("https://elsewhere.example/kettles/"));
  EXPECT_FALSE(evidence_.find_article_by_url("https://site.example/pans/"));
  EXPECT_FALSE(evidence_.find_article_by_url("kettles"));
}

TEST_F(StoreEvidenceTest, RulesOfTheVeryNetworkGoFirst) {
  house_.store->set_label_rules({{"", "sub-id", "newsletter", ArticleId{1}},
                                 {"awin", "sub-id", "newsletter", ArticleId{2}},
                                 {"amazon", "tag", "site-20", ArticleId{3}}});
  const StoreEvidence evidence(*house_.store, house_.keys, house_.settings.hosts);
  EXPECT_EQ(evidence.find_article_by_label("awin", "newsletter"), ArticleId{2});
  EXPECT_EQ(evidence.find_article_by_label("cj", "newsletter"), ArticleId{1});
  EXPECT_EQ(evidence.find_article_by_tag("amazon", "site-20"), ArticleId{3});
  EXPECT_EQ(evidence.find_article_by_tag("awin", "site-20"), std::nullopt);
  EXPECT_EQ(evidence.find_article_by_label("amazon", "site-20"), std::nullopt);
}

}  // namespace
}  // namespace candor::jobs
