#include <gmock/gmock.h>

#include "contract/store_contract.h"

namespace candor::contract {
namespace {

using testing::ElementsAre;
using testing::Field;

TEST_P(StoreContract, AnAddedLinkIsFoundAsItWasGiven) {
  Link link;
  link.slug = "blender";
  link.destination = "https://merchant.example/?a=1&b=ü";
  link.match_url = "https://merchant.example/";
  link.network = "awin";
  link.merchant = "Merchant \"quoted\" 'n' more";
  link.title = std::string("with a NUL \0 inside", 19);
  link.state = LinkState::Disabled;
  link.created_at_ms = 1'700'000'000'000;
  link.updated_at_ms = 1'700'000'000'001;
  link.code = 307;
  link.starts_at_ms = 1'700'000'000'002;
  link.expires_at_ms = 1'700'000'000'003;
  link.click_cap = 4;
  link.fallback = "kettle";
  link.targeting = R"({"pass_query":["coupon"]})";

  const Link added = store().add_link(link).value();
  EXPECT_NE(added.id, LinkId{});
  link.id = added.id;
  EXPECT_EQ(added, link);
  reopen();
  EXPECT_EQ(store().find_link("blender"), link);
  EXPECT_EQ(store().find_link(link.id), link);
  EXPECT_EQ(store().find_link("Blender"), std::nullopt);
}

TEST_P(StoreContract, EveryMemberOfALinkCanBeChanged) {
  Link link = add_link("blender");
  EXPECT_EQ(link.code, 302);
  link.code = 301;
  link.starts_at_ms = 1;
  link.expires_at_ms = 2;
  link.click_cap = 3;
  link.fallback = "https://else.example/";
  link.targeting = R"({"utm":{"source":"blog"}})";
  ASSERT_TRUE(store().update_link(link));
  EXPECT_EQ(store().find_link(link.id), link);
}

TEST_P(StoreContract, HumanClicksAreCountedForLinksWithACap) {
  const Link free = add_link("free");
  Link capped = add_link("capped");
  capped.click_cap = 10;
  ASSERT_TRUE(store().update_link(capped));
  constexpr std::int64_t kDay = 86'400'000;
  store().absorb({make_click(kDay, free.id, {1}, Verdict::Human, 1),
                  make_click(kDay, capped.id, {1}, Verdict::Human, 2),
                  make_click(2 * kDay, capped.id, {2}, Verdict::Human, 3),
                  make_click(2 * kDay, capped.id, {2}, Verdict::Bot, 4)},
                 rollup::SiteZone::find("UTC").value(), {1, 1});
  const auto counted = store().clicks_of_capped_links();
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(counted[0].link, capped.id);
  EXPECT_EQ(counted[0].clicks, 2);
}

TEST_P(StoreContract, LinksComeInPieces) {
  const Link first = add_link("b");
  Link second = add_link("a");
  second.state = LinkState::Disabled;
  ASSERT_TRUE(store().update_link(second));
  const Link gone = add_link("c");
  ASSERT_TRUE(store().remove_link(gone.id));
  EXPECT_THAT(store().list_links_after(LinkId{}, 1), ElementsAre(first));
  EXPECT_THAT(store().list_links_after(first.id, 9), ElementsAre(second));
  EXPECT_TRUE(store().list_links_after(second.id, 9).empty());
  EXPECT_THAT(store().list_links_after("", 1), ElementsAre(second));
  EXPECT_THAT(store().list_links_after("a", 9), ElementsAre(first));
  std::vector<Link> all;
  store::each_link(store(), [&all](const Link& link) { all.push_back(link); });
  EXPECT_EQ(all, store().list_links(true));
}

TEST_P(StoreContract, LinksThatChangedSinceAnEpochAreTold) {
  Link changed = add_link("changed");
  const Link removed = add_link("removed");
  add_link("same");
  const std::int64_t before = store().link_epoch();
  EXPECT_TRUE(store().list_link_changes(before, 9)->links.empty());
  changed.slug = "renamed";
  ASSERT_TRUE(store().update_link(changed));
  ASSERT_TRUE(store().remove_link(removed.id));
  Link other;
  other.slug = "added";
  other.destination = "https://shop.example/";
  const std::vector<Link> added = store().add_links({other});
  reopen();
  const auto changes = store().list_link_changes(before, 3);
  ASSERT_TRUE(changes);
  EXPECT_EQ(changes->epoch, store().link_epoch());
  EXPECT_THAT(changes->links, testing::UnorderedElementsAre(changed, added.front()));
  EXPECT_THAT(changes->removed, ElementsAre(removed.id));
  EXPECT_FALSE(store().list_link_changes(before, 2));
  EXPECT_TRUE(store().list_link_changes(changes->epoch, 0)->links.empty());
}

TEST_P(StoreContract, ArticlesAreToldByIdAndPath) {
  store::ArticleScan first;
  first.article.path = "/b/";
  store::ArticleScan second;
  second.article.path = "/a/";
  store().record_scans({first, second});
  const ArticleId id = store().find_article("/b/")->id;
  const auto all = store().list_article_paths({});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0], (ArticleEntry{id, "/b/"}));
  EXPECT_THAT(store().list_article_paths(id), ElementsAre(all[1]));
}

TEST_P(StoreContract, ATakenSlugIsRefused) {
  const Link first = add_link("blender");
  Link second = first;
  second.destination = "https://other.example/";
  EXPECT_EQ(store().add_link(second), std::nullopt);
  EXPECT_EQ(store().find_link("blender"), first);
}

TEST_P(StoreContract, DisabledLinksAreListedOnRequest) {
  add_link("b");
  Link disabled = add_link("a");
  disabled.state = LinkState::Disabled;
  ASSERT_TRUE(store().update_link(disabled));
  EXPECT_THAT(store().list_links(true),
              ElementsAre(Field(&Link::slug, "a"), Field(&Link::slug, "b")));
  EXPECT_THAT(store().list_links(false), ElementsAre(Field(&Link::slug, "b")));
}

TEST_P(StoreContract, AddLinksKeepsWhatIsThere) {
  const Link known = add_link("known");
  Link other = known;
  other.destination = "https://other.example/";
  Link fresh = other;
  fresh.slug = "fresh";
  const std::vector<Link> stored = store().add_links({fresh, other, fresh});
  ASSERT_EQ(stored.size(), 3u);
  EXPECT_EQ(stored[0].slug, "fresh");
  EXPECT_EQ(stored[1], known);
  EXPECT_EQ(stored[2], stored[0]);
  EXPECT_EQ(store().list_links(true).size(), 2u);
}

TEST_P(StoreContract, AnUpdateChangesAllButIdAndBirth) {
  Link link = add_link("blender");
  link.slug = "mixer";
  link.destination = "https://other.example/";
  link.title = "Mixer";
  link.updated_at_ms = 2'000;
  EXPECT_TRUE(store().update_link(link));
  EXPECT_EQ(store().find_link("mixer"), link);
  EXPECT_EQ(store().find_link("blender"), std::nullopt);
}

TEST_P(StoreContract, AnUpdateOntoATakenSlugOrNoLinkIsRefused) {
  add_link("taken");
  Link link = add_link("blender");
  link.slug = "taken";
  EXPECT_FALSE(store().update_link(link));
  EXPECT_TRUE(store().find_link("blender"));
  link.id = {999};
  link.slug = "free";
  EXPECT_FALSE(store().update_link(link));
}

TEST_P(StoreContract, ARemovedLinkIsGoneButKeepsItsName) {
  const Link link = add_link("blender");
  EXPECT_TRUE(store().remove_link(link.id));
  EXPECT_FALSE(store().remove_link(link.id));
  EXPECT_FALSE(store().update_link(link));
  EXPECT_EQ(store().find_link("blender"), std::nullopt);
  EXPECT_TRUE(store().list_links(true).empty());
  EXPECT_EQ(store().find_link(link.id), link);

  const Link successor = add_link("blender");
  EXPECT_NE(successor.id, link.id);
  EXPECT_EQ(store().find_link("blender"), successor);
}

TEST_P(StoreContract, TheEpochRisesWithEveryChangeAndOnlyThen) {
  std::int64_t epoch = store().link_epoch();
  const auto rises = [&] {
    return store().link_epoch() > std::exchange(epoch, store().link_epoch());
  };
  Link link = add_link("blender");
  EXPECT_TRUE(rises());
  EXPECT_EQ(store().add_link(link), std::nullopt);
  store().add_links({link});
  EXPECT_FALSE(rises());
  EXPECT_TRUE(store().update_link(link));
  EXPECT_TRUE(rises());
  add_article("/a");
  EXPECT_TRUE(rises());
  store().remove_link(link.id);
  EXPECT_TRUE(rises());
  reopen();
  EXPECT_FALSE(rises());
}

store::ArticleScan scan_of(const std::string& path) {
  store::ArticleScan scan;
  scan.article.path = path;
  scan.article.title = "Best blenders";
  scan.article.verdict = "fail";
  scan.article.origin = "audit";
  scan.article.seen_at_ms = 5'000;
  scan.article.finding_count = 2;
  scan.article.findings_json = R"([{"rule":"CD104"}])";
  scan.links = {{1, "https://www.awin1.com/x", "awin", "x"}, {0, "/imprint", "", ""}};
  return scan;
}

TEST_P(StoreContract, AScanMakesTheArticleKnown) {
  store().record_scans({scan_of("/blenders"), scan_of("/a")});
  reopen();
  const store::Article article = store().find_article("/blenders").value();
  EXPECT_EQ(article.title, "Best blenders");
  EXPECT_EQ(article.verdict, "fail");
  EXPECT_EQ(article.origin, "audit");
  EXPECT_EQ(article.seen_at_ms, 5'000);
  EXPECT_EQ(article.finding_count, 2);
  EXPECT_EQ(article.findings_json, R"([{"rule":"CD104"}])");
  EXPECT_EQ(store().find_article(article.id).value().path, "/blenders");
  EXPECT_EQ(store().find_article("/nowhere").has_value(), false);
  EXPECT_THAT(store().list_articles(), ElementsAre(Field(&store::Article::path, "/a"),
                                                   Field(&store::Article::path, "/blenders")));
}

TEST_P(StoreContract, AScanReplacesTheLinksOfItsArticle) {
  store().record_scans({scan_of("/blenders")});
  const ArticleId id = store().find_article("/blenders").value().id;
  ASSERT_EQ(store().list_article_links(id).size(), 2u);
  EXPECT_EQ(store().list_article_links(id)[0].href, "https://www.awin1.com/x");
  EXPECT_EQ(store().list_article_links(id)[0].placement, 1);
  EXPECT_EQ(store().list_article_links(id)[1].href, "/imprint");

  store::ArticleScan later = scan_of("/blenders");
  later.links = {{1, "https://other.example/", "cj", "other"}};
  store().record_scans({later});
  EXPECT_EQ(store().find_article("/blenders").value().id, id);
  ASSERT_EQ(store().list_article_links(id).size(), 1u);
  EXPECT_EQ(store().list_article_links(id)[0].network, "cj");
  EXPECT_EQ(store().list_article_links(id)[0].slug, "other");
}

TEST_P(StoreContract, AnInjectionKeepsTheLastAuditsVerdict) {
  store().record_scans({scan_of("/blenders")});
  store::ArticleScan injected;
  injected.article.path = "/blenders";
  injected.article.origin = "inject";
  injected.article.seen_at_ms = 6'000;
  store().record_scans({injected});
  const store::Article article = store().find_article("/blenders").value();
  EXPECT_EQ(article.verdict, "fail");
  EXPECT_EQ(article.finding_count, 2);
  EXPECT_EQ(article.title, "Best blenders");
  EXPECT_EQ(article.seen_at_ms, 6'000);
  EXPECT_EQ(article.origin, "audit");
}

TEST_P(StoreContract, AnArticleWithoutFindingsHasAnEmptyList) {
  EXPECT_EQ(store().find_article(add_article("/a")).value().findings_json, "[]");
}

}  // namespace
}  // namespace candor::contract
