#include "pages/page_processor.h"

#include <gmock/gmock.h>

#include <thread>

#include "contract/store_contract.h"
#include "sqlite/store.h"
#include "support/fake_clock.h"
#include "support/sample_pages.h"

namespace candor::pages {
namespace {

using disclosure::InjectOutcome;
using testing::HasSubstr;
using testing::Not;

class PageProcessorTest : public testing::Test {
 protected:
  static SiteSettings settings() {
    return {.name = "Test site",
            .url = "https://site.example",
            .hosts = {"site.example", "www.site.example"},
            .go_url = "https://site.example/go/",
            .jurisdictions = {"US"},
            .language = {}};
  }

  std::vector<std::string> slugs(bool include_disabled = false) const {
    std::vector<std::string> out;
    for (const Link& link : store_->list_links(include_disabled)) out.push_back(link.slug);
    return out;
  }
  std::vector<std::string> articles() const {
    std::vector<std::string> out;
    for (const auto& article : store_->list_articles()) out.push_back(article.path);
    return out;
  }
  Link add_link(const std::string& slug, std::string_view destination,
                std::string_view match_url = {}) {
    Link link;
    link.slug = slug;
    link.destination = destination;
    link.match_url = match_url;
    link.network = "awin";
    return store_->add_link(link).value();
  }

  contract::TemporaryDirectory folder_;
  std::unique_ptr<store::Store> store_ = sqlite::open_store({.path = folder_.path / "candor.db"});
  FakeClock clock_;
  PageProcessor pages_{*store_, clock_, settings()};
};

TEST_F(PageProcessorTest, UnseenLinkIsAdoptedUnderASlugOfItsText) {
  const auto result = pages_.inject(page_with({{"Best  Kettle, 2026!", kAwinUrl}}), "/kettles/");
  EXPECT_EQ(result.outcome, InjectOutcome::Changed);
  EXPECT_THAT(result.page, HasSubstr("https://site.example/go/best-kettle-2026?a=%2Fkettles%2F"));
  EXPECT_THAT(result.page, Not(HasSubstr("awin1.com")));
  const Link link = store_->find_link("best-kettle-2026").value();
  EXPECT_EQ(link.destination, kAwinUrl);
  EXPECT_EQ(link.network, "awin");
  EXPECT_EQ(link.title, "Best Kettle, 2026!");
  EXPECT_EQ(link.created_at_ms, FakeClock::kStartMs);
}

TEST_F(PageProcessorTest, TextsWithoutLettersGetTheNetworksNameAndEqualOnesANumber) {
  pages_.inject(page_with({{"Kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=a"},
                           {"kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=b"},
                           {"Kettle", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=a"},
                           {"→", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=c"}}),
                "/kettles/");
  EXPECT_THAT(slugs(), testing::ElementsAre("awin", "kettle", "kettle-2"));
}

TEST_F(PageProcessorTest, EarlierRedirectsOfTheSiteAreResolvedByTheOwnersLinks) {
  add_link("kettle", kAwinUrl, "https://site.example/recommends/kettle");
  for (const char* href : {"/recommends/kettle", "https://site.example/recommends/kettle?x=1"}) {
    const auto report = pages_.audit(page_with({{"A kettle", href}}), "/kettles/");
    ASSERT_EQ(report.links.size(), 1U) << href;
    EXPECT_EQ(report.links[0].network, "awin") << href;
    EXPECT_THAT(pages_.inject(page_with({{"A kettle", href}}), "/kettles/").page,
                HasSubstr("https://site.example/go/kettle?a=%2Fkettles%2F"))
        << href;
  }
  const auto unknown = pages_.audit(page_with({{"A pot", "/recommends/pot"}}), "/pots/");
  EXPECT_TRUE(unknown.links.empty());
  EXPECT_EQ(unknown.verdict, disclosure::PageVerdict::Indeterminate);
}

TEST_F(PageProcessorTest, AnOwnersProgrammesArePaidLinks) {
  SiteSettings own = settings();
  own.programmes = {{"kettle club", {"shop.example"}, ""}};
  PageProcessor pages(*store_, clock_, own);
  const auto result =
      pages.inject(page_with({{"A kettle", "https://shop.example/k"}}), "/kettles/");
  EXPECT_EQ(result.outcome, InjectOutcome::Changed);
  EXPECT_EQ(store_->find_link("a-kettle").value().network, "kettle club");
}

TEST_F(PageProcessorTest, KnownLinkIsFoundByItsMatchUrlWhateverItsFragment) {
  add_link("kettle", "https://other-network.example/deal", kAwinUrl);
  const auto result =
      pages_.inject(page_with({{"A kettle", std::string(kAwinUrl) + "#reviews"}}), "/kettles/");
  EXPECT_THAT(result.page, HasSubstr("/go/kettle?a="));
  EXPECT_THAT(slugs(), testing::ElementsAre("kettle"));
}

TEST_F(PageProcessorTest, DisabledLinkIsNeverAdoptedAgain) {
  Link link = add_link("kettle", kAwinUrl);
  link.state = LinkState::Disabled;
  ASSERT_TRUE(store_->update_link(link));
  const auto result = pages_.inject(page_with({{"Another text", kAwinUrl}}), "/kettles/");
  EXPECT_THAT(slugs(true), testing::ElementsAre("kettle"));
  EXPECT_THAT(result.page, HasSubstr("awin1.com"));
}

TEST_F(PageProcessorTest, LinksOfNetworksThatForbidRedirectsStayDirect) {
  const auto result = pages_.inject(
      page_with({{"Kettle", "https://www.amazon.com/dp/B000000001?tag=gear-20"}}), "/kettles/");
  EXPECT_EQ(result.outcome, InjectOutcome::Changed);
  EXPECT_THAT(result.page, HasSubstr("https://www.amazon.com/dp/B000000001?tag=gear-20"));
  EXPECT_TRUE(slugs().empty());
}

TEST_F(PageProcessorTest, SiteThatKeepsItsHrefsAdoptsNothing) {
  SiteSettings direct = settings();
  direct.link_through_go = false;
  PageProcessor pages(*store_, clock_, direct);
  const auto result = pages.inject(page_with({{"Kettle", kAwinUrl}}), "/kettles/");
  EXPECT_THAT(result.page, HasSubstr("awin1.com"));
  EXPECT_TRUE(slugs().empty());
  EXPECT_THAT(articles(), testing::ElementsAre("/kettles/"));
}

TEST_F(PageProcessorTest, ManyPagesAtOnceAdoptALinkOnce) {
  std::vector<std::jthread> threads;
  for (int n = 0; n < 4; ++n)
    threads.emplace_back([this, n] {
      const std::string text = "Kettle " + std::to_string(n);
      pages_.inject(page_with({{text, kAwinUrl}}), "/kettles-" + std::to_string(n) + "/");
    });
  threads.clear();
  EXPECT_EQ(slugs().size(), 1u);
  EXPECT_EQ(articles().size(), 4u);
}

TEST_F(PageProcessorTest, PreviewShowsWhatInjectWouldDoAndStoresNothing) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  const std::int64_t epoch = store_->link_epoch();
  const auto preview = pages_.preview(page, "/kettles/");
  EXPECT_TRUE(slugs().empty());
  EXPECT_TRUE(articles().empty());
  EXPECT_EQ(store_->link_epoch(), epoch);
  EXPECT_EQ(preview.page, pages_.inject(page, "/kettles/").page);
}

TEST_F(PageProcessorTest, DiscloseUsesKnownLinksAndStoresNothing) {
  add_link("kettle", kAwinUrl);
  const auto result =
      pages_.disclose(page_with({{"Kettle", kAwinUrl},
                                 {"Pan", "https://www.awin1.com/cread.php?awinmid=9&awinaffid=2"}}),
                      "/kettles/");
  EXPECT_EQ(result.after.verdict, disclosure::PageVerdict::Pass);
  EXPECT_THAT(result.page, HasSubstr("/go/kettle?a="));
  EXPECT_THAT(result.page, HasSubstr("awinmid=9"));
  EXPECT_THAT(slugs(), testing::ElementsAre("kettle"));
  EXPECT_TRUE(articles().empty());
}

TEST_F(PageProcessorTest, CanonicalPathWinsForTheSitesOwnHostsOnly) {
  const auto head = [](std::string_view url) {
    return "<title>t</title><link rel=\"canonical\" href=\"" + std::string(url) + "\">";
  };
  pages_.inject(page_with({{"Kettle", kAwinUrl}}, head("https://www.site.example/best-kettles/")),
                "/copy/");
  pages_.inject(page_with({{"Kettle", kAwinUrl}}, head("https://elsewhere.example/theirs/")),
                "/mine/");
  EXPECT_THAT(articles(), testing::UnorderedElementsAre("/best-kettles/", "/mine/"));
}

TEST_F(PageProcessorTest, ArticleHasOneNameHoweverItsPathIsWritten) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  pages_.inject(page, "/café/");
  pages_.inject(page, "/caf%C3%A9/");
  pages_.inject(page, "/x/../café/");
  EXPECT_THAT(articles(), testing::ElementsAre("/caf%C3%A9/"));
}

TEST_F(PageProcessorTest, PageWithoutPaidLinksIsNoArticle) {
  EXPECT_EQ(pages_.inject(page_with({}), "/about/").outcome, InjectOutcome::Unchanged);
  pages_.audit(page_with({{"Home", "https://site.example/"}}), "/about/");
  EXPECT_TRUE(articles().empty());
}

TEST_F(PageProcessorTest, TeasersOfWhollyPaidArticlesSayAdWhereTheLawAsks) {
  SiteSettings settings = PageProcessorTest::settings();
  settings.jurisdictions = {"UK"};
  PageProcessor pages(*store_, clock_, settings);
  const std::string front =
      "<!doctype html><html lang=en><title>t</title><body><main><h2><a href=\"/kettles/\">Five "
      "kettles</a></h2><h2><a href=\"/about/\">About us</a></h2></main></body></html>";
  EXPECT_EQ(pages.inject(front, "/").outcome, InjectOutcome::Unchanged);
  pages.inject(page_with({{"Kettle", kAwinUrl}}), "/kettles/");
  const auto labelled = pages.inject(front, "/");
  EXPECT_THAT(labelled.page, HasSubstr("<a href=\"/kettles/\"><span data-candor=\"label\">Ad: "
                                       "</span>Five kettles</a>"));
  EXPECT_THAT(labelled.page, HasSubstr("<a href=\"/about/\">About us</a>"));
  EXPECT_EQ(pages.inject(labelled.page, "/").outcome, InjectOutcome::Unchanged);
  pages.inject(page_with({{"Kettle", kAwinUrl}, {"Shop", "https://www.amazon.com/dp/B01"}}),
               "/kettles/");
  EXPECT_EQ(pages.inject(labelled.page, "/").page, front);
}

TEST_F(PageProcessorTest, ArticleKeepsWhatItsLastScanSaw) {
  pages_.inject(page_with({{"Kettle", kAwinUrl}}), "/kettles/");
  auto article = store_->find_article("/kettles/").value();
  EXPECT_EQ(article.title, "Kettles");
  EXPECT_EQ(article.verdict, "pass");
  EXPECT_EQ(article.origin, "inject");
  const auto links = store_->list_article_links(article.id);
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0].slug, "kettle");
  EXPECT_EQ(links[0].placement, 1);

  clock_.advance(std::chrono::hours(1));
  const auto report = pages_.audit(page_with({{"Kettle", kAwinUrl}}), "/kettles/");
  EXPECT_EQ(report.verdict, disclosure::PageVerdict::Fail);
  article = store_->find_article("/kettles/").value();
  EXPECT_EQ(article.verdict, "fail");
  EXPECT_GT(article.finding_count, 0);
  EXPECT_EQ(article.origin, "inject");

  // Its links gone, it stays an article: its clicks and money are still there.
  pages_.audit(page_with({}), "/kettles/");
  EXPECT_EQ(store_->find_article("/kettles/").value().verdict, "not-applicable");
}

TEST_F(PageProcessorTest, UnchangedPageWritesNothing) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  const std::string untitled =
      "<p><a href=\"https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2\">Kettle</a></p>";
  pages_.inject(page, "/kettles/");
  pages_.inject(page, "/retitled/");
  pages_.inject(untitled, "/retitled/");
  const std::int64_t epoch = store_->link_epoch();
  pages_.inject(page, "/kettles/");
  pages_.inject(untitled, "/retitled/");
  EXPECT_EQ(store_->link_epoch(), epoch);
  pages_.audit(page, "/kettles/");
  EXPECT_GT(store_->link_epoch(), epoch) << "another verdict is news";
}

TEST(PathOfFile, IsThePathBrowsersAskFor) {
  EXPECT_EQ(path_of_file("index.html"), "/");
  EXPECT_EQ(path_of_file("blog/index.html"), "/blog/");
  EXPECT_EQ(path_of_file("about.html"), "/about.html");
  EXPECT_EQ(path_of_file("myindex.html"), "/myindex.html");
  EXPECT_EQ(path_of_file("50% off?#1.html"), "/50%25%20off%3F%231.html");
  EXPECT_EQ(path_of_file("café/index.html"), "/caf%C3%A9/");
  EXPECT_EQ(path_of_file("a\\b.html"), "/a%5Cb.html");
}

class BeaconPagesTest : public PageProcessorTest {
 protected:
  static SiteSettings with_beacons() {
    SiteSettings with = settings();
    with.beacon.script_url = "https://site.example/go/-/candor.js?v=1";
    with.beacon.ping_url = "https://site.example/go/-/b";
    with.beacon.mac_of = [](std::string_view path) { return "mac-of-" + std::string(path); };
    return with;
  }
  static std::string amazon_page() {
    return page_with({{"A kettle", "https://www.amazon.com/dp/B1?tag=site-20"},
                      {"A pot", std::string(kAwinUrl)}});
  }
  PageProcessor with_{*store_, clock_, with_beacons()};
};

TEST_F(BeaconPagesTest, DirectLinksAreKnownByASlugThatIsNeverRedirectedTo) {
  const auto result = with_.inject(amazon_page(), "/kettles/");
  EXPECT_THAT(result.page, HasSubstr("data-candor-link=\"a-kettle/1\""));
  EXPECT_THAT(result.page, HasSubstr("href=\"https://www.amazon.com/dp/B1?tag=site-20\""));
  EXPECT_THAT(result.page, HasSubstr("data-a=\"/kettles/\" data-m=\"mac-of-/kettles/\""));
  const Link link = store_->find_link("a-kettle").value();
  EXPECT_EQ(link.state, LinkState::Direct);
  EXPECT_EQ(link.network, "amazon");
  EXPECT_THAT(slugs(), testing::ElementsAre("a-pot"));
  EXPECT_EQ(with_.inject(result.page, "/kettles/").page, result.page);
  EXPECT_EQ(with_.preview(amazon_page(), "/kettles/").page, result.page);
  EXPECT_EQ(with_.disclose(amazon_page(), "/kettles/").page, result.page);
}

TEST_F(BeaconPagesTest, SwitchedOffPagesAreAsTheyNeverHadThem) {
  const std::string without = pages_.inject(amazon_page(), "/kettles/").page;
  EXPECT_THAT(without, Not(HasSubstr("data-candor-link")));
  EXPECT_FALSE(store_->find_link("a-kettle"));
  const std::string with = with_.inject(without, "/kettles/").page;
  EXPECT_NE(with, without);
  EXPECT_EQ(pages_.inject(with, "/kettles/").page, without);
}

TEST_F(BeaconPagesTest, ALinkTheOwnerDisabledIsNotCounted) {
  with_.inject(amazon_page(), "/kettles/");
  Link link = store_->find_link("a-kettle").value();
  link.state = LinkState::Disabled;
  ASSERT_TRUE(store_->update_link(link));
  EXPECT_THAT(with_.inject(amazon_page(), "/kettles/").page, Not(HasSubstr("data-candor-link")));
}

TEST_F(BeaconPagesTest, AnOwnersLinkCountsTheDirectOnesClicks) {
  add_link("kettle", "https://www.amazon.com/dp/B1?tag=site-20");
  EXPECT_THAT(with_.inject(amazon_page(), "/kettles/").page,
              HasSubstr("data-candor-link=\"kettle/1\""));
}

TEST_F(BeaconPagesTest, AnArticlesTrackingIdGoesIntoItsAmazonLinksAlone) {
  with_.inject(amazon_page(), "/kettles/");
  const std::size_t links = store_->list_links(true).size();
  store::OwnerRule tag;
  tag.rule = {"amazon", "tag", "kettles-20", store_->find_article("/kettles/").value().id};
  tag.page_tag = true;
  const auto id = store_->add_owner_rule(tag).value();
  const std::string page = with_.inject(amazon_page(), "/kettles/").page;
  EXPECT_THAT(page, HasSubstr("href=\"https://www.amazon.com/dp/B1?tag=kettles-20\""));
  EXPECT_THAT(page, HasSubstr("data-candor-link=\"a-kettle/1\""));
  EXPECT_THAT(page, HasSubstr("/go/a-pot?"));
  EXPECT_EQ(with_.inject(page, "/kettles/").page, page);
  EXPECT_EQ(with_.preview(amazon_page(), "/kettles/").page, page);
  EXPECT_EQ(with_.disclose(amazon_page(), "/kettles/").page, page);
  EXPECT_EQ(store_->list_links(true).size(), links) << "the link is known by any of the tags";
  EXPECT_THAT(with_.inject(amazon_page(), "/pots/").page, HasSubstr("tag=site-20"));
  store_->remove_owner_rule(id);
  EXPECT_THAT(with_.inject(amazon_page(), "/kettles/").page, HasSubstr("tag=site-20"));
}

TEST_F(BeaconPagesTest, ATrackingIdIsSetWithoutBeaconsTooAndDisabledLinksStayUncounted) {
  with_.inject(amazon_page(), "/kettles/");
  store::OwnerRule tag;
  tag.rule = {"amazon", "tag", "kettles-20", store_->find_article("/kettles/").value().id};
  tag.page_tag = true;
  store_->add_owner_rule(tag);
  EXPECT_THAT(pages_.inject(amazon_page(), "/kettles/").page, HasSubstr("tag=kettles-20"));
  Link link = store_->find_link("a-kettle").value();
  link.state = LinkState::Disabled;
  ASSERT_TRUE(store_->update_link(link));
  const std::string page = with_.inject(amazon_page(), "/kettles/").page;
  EXPECT_THAT(with_.inject(page, "/kettles/").page, Not(HasSubstr("data-candor-link")));
}

TEST_F(PageProcessorTest, AskedJurisdictionsHoldAndAreNotRecorded) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  const auto report = pages_.audit(page, {.path = "/kettles/", .jurisdictions = {"UK", "DE"}});
  ASSERT_EQ(report.verdicts.size(), 2u);
  EXPECT_EQ(report.verdicts[0].jurisdiction, "UK");
  EXPECT_THAT(articles(), testing::IsEmpty());
  pages_.audit(page, {.path = "/kettles/", .record = false});
  EXPECT_THAT(articles(), testing::IsEmpty());
  pages_.audit(page, "/kettles/");
  EXPECT_THAT(articles(), testing::ElementsAre("/kettles/"));
}

TEST_F(PageProcessorTest, AskedLanguageIsThatOfTheDisclosure) {
  const auto result =
      pages_.inject(page_with({{"Kettle", kAwinUrl}}), {.path = "/kettles/", .language = "de"});
  EXPECT_THAT(result.page, HasSubstr("(Anzeige)"));
}

TEST_F(PageProcessorTest, LinksOfTheOwnersAreFoundWheneverTheyCome) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  EXPECT_THAT(pages_.inject(page, "/a/").page, HasSubstr("/go/kettle?a="));
  // Added, renamed and removed behind its back.
  const std::string other_url = "https://www.awin1.com/cread.php?awinmid=9&awinaffid=2";
  Link other = add_link("other", other_url);
  const std::string second = page_with({{"Pot", other_url}});
  EXPECT_THAT(pages_.inject(second, "/b/").page, HasSubstr("/go/other?a="));
  other.slug = "renamed";
  ASSERT_TRUE(store_->update_link(other));
  EXPECT_THAT(pages_.inject(second, "/b/").page, HasSubstr("/go/renamed?a="));
  ASSERT_TRUE(store_->remove_link(other.id));
  EXPECT_THAT(pages_.inject(second, "/b/").page, HasSubstr("/go/pot?a="));
}

TEST_F(PageProcessorTest, AFeedIsDisclosedAndIsNoArticle) {
  const std::string feed =
      "<rss version=\"2.0\"><channel><item><title>t</title><description><![CDATA[<p><a "
      "href=\"https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2\">Kettle</a></p>]]>"
      "</description></item></channel></rss>";
  EXPECT_EQ(pages_.inject(feed, "/feed.xml").outcome, InjectOutcome::Changed);
  EXPECT_THAT(articles(), testing::IsEmpty());
}

}  // namespace
}  // namespace candor::pages
