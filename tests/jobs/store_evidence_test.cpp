#include "jobs/store_evidence.h"

#include <gmock/gmock.h>

#include "support/site_house.h"

namespace candor::jobs {
namespace {

class StoreEvidenceTest : public testing::Test {
 protected:
  Link add_amazon(const std::string& slug, const std::string& url) {
    Link link;
    link.slug = slug;
    link.destination = url;
    link.network = "amazon";
    return house_.store->add_link(link).value();
  }
  std::vector<std::int64_t> candidates(std::string_view tag, std::string_view product) const {
    std::vector<std::int64_t> links;
    for (const auto& click :
         evidence_.find_candidate_clicks("amazon", tag, product, 0, to_ms(house_.clock.now()), 100))
      links.push_back(click.link.value);
    return links;
  }

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

TEST_F(StoreEvidenceTest, CandidatesAreNarrowedByTagAndProductOfTheirLink) {
  const Link kettle = add_amazon("kettle", "https://www.amazon.com/dp/B000000001?tag=gear-20");
  const Link pan = add_amazon("pan", "https://www.amazon.com/gp/product/B000000002/?tag=gear-20");
  const Link other = add_amazon("other", "https://www.amazon.com/dp/B000000001?tag=other-20");
  for (const Link& link : {kettle, pan, other}) house_.add_click(link.id, article_);
  house_.add_click(kettle.id, article_, 60, Verdict::Bot);
  using testing::ElementsAre;
  EXPECT_THAT(candidates("", ""), ElementsAre(kettle.id.value, pan.id.value, other.id.value));
  EXPECT_THAT(candidates("gear-20", ""), ElementsAre(kettle.id.value, pan.id.value));
  EXPECT_THAT(candidates("gear-20", "B000000002"), ElementsAre(pan.id.value));
  EXPECT_THAT(candidates("", "B000000001"), ElementsAre(kettle.id.value, other.id.value));
  EXPECT_TRUE(candidates("nobody-20", "").empty());
}

}  // namespace
}  // namespace candor::jobs
