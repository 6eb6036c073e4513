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

TEST_F(StoreEvidenceTest, ManyTokensNameWhatEachDoesAlone) {
  const LinkId link = house_.add_link("kettle").id;
  std::vector<std::string> texts{"summer", ""};
  for (int n = 0; n < 5; ++n) {
    Click click = house_.add_click(link, article_);
    texts.push_back("owner-" + house_.token(click));
    click.id.value += 1'000;
    texts.push_back(house_.token(click));
  }
  texts.push_back(texts[2]);
  std::ranges::reverse(texts);
  const BatchEvidence batch(evidence_, {texts.begin(), texts.end()});
  int found = 0;
  for (const std::string& text : texts) {
    const auto alone = evidence_.find_click_by_token(text);
    const auto among = batch.find_click_by_token(text);
    ASSERT_EQ(among.has_value(), alone.has_value()) << text;
    if (!alone) continue;
    ++found;
    EXPECT_EQ(among->id, alone->id);
    EXPECT_EQ(among->article, article_);
  }
  EXPECT_EQ(found, 6);
  EXPECT_EQ(batch.find_article_by_url("https://site.example/kettles/"), article_);
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
