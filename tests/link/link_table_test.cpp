#include "link/link_table.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <memory>
#include <utility>

#include "link/route.h"

namespace candor {
namespace {

LinkEntry entry(std::int64_t id, std::string slug) {
  LinkEntry link;
  link.id = LinkId{id};
  link.slug = std::move(slug);
  return link;
}

TEST(LinkTable, AnEmptyTableKnowsNothing) {
  const LinkTable table;
  EXPECT_FALSE(table.find_link("a"));
  EXPECT_EQ(table.find_article("/"), ArticleId{});
}

TEST(LinkTable, SlugsAndPathsAreFoundExactly) {
  const LinkTable table({entry(1, "soup"), entry(2, "soup-2")},
                        {{.id = ArticleId{7}, .path = "/soup/"}});
  ASSERT_TRUE(table.find_link("soup"));
  EXPECT_EQ(table.find_link("soup")->id, LinkId{1});
  EXPECT_EQ(table.find_link("soup-2")->id, LinkId{2});
  EXPECT_FALSE(table.find_link("Soup"));
  EXPECT_FALSE(table.find_link(""));
  EXPECT_EQ(table.find_article("/soup/"), ArticleId{7});
  EXPECT_FALSE(table.find_article("/soup"));
}

TEST(LinkTable, TheFirstOfTwoEqualSlugsWins) {
  const LinkTable table({entry(1, "a"), entry(2, "a")}, {});
  EXPECT_EQ(table.find_link("a")->id, LinkId{1});
}

TEST(LinkTable, AgreesWithAMap) {
  EXPECT_TRUE(rc::check("find_link is map look-up", [] {
    const auto slug = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab-")));
    const auto slugs = *rc::gen::container<std::vector<std::string>>(slug);
    std::map<std::string, std::int64_t> model;
    std::vector<LinkEntry> links;
    for (const std::string& each : slugs) {
      const auto id = static_cast<std::int64_t>(links.size() + 1);
      model.emplace(each, id);
      links.push_back(entry(id, each));
    }
    const LinkTable table(std::move(links), {});
    for (const auto& [known, id] : model) RC_ASSERT(table.find_link(known)->id.value == id);
    const std::string other = *slug;
    RC_ASSERT(table.find_link(other).has_value() == model.contains(other));
  }));
}

TEST(LinkTable, HoldsAMillionLinks) {
  std::vector<LinkEntry> links;
  constexpr std::int64_t kLinks = 1'000'000;
  for (std::int64_t i = 1; i <= kLinks; ++i) links.push_back(entry(i, "link-" + std::to_string(i)));
  const LinkTable table(std::move(links), {});
  std::int64_t wrong = 0;
  for (std::int64_t i = 1; i <= kLinks; ++i) {
    const auto found = table.find_link("link-" + std::to_string(i));
    wrong += !found || found->id.value != i;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_FALSE(table.find_link("link-0"));
  EXPECT_FALSE(table.find_link("link-1000001"));
}

std::shared_ptr<const LinkBlock> block(const std::vector<LinkEntry>& links, std::int64_t since,
                                       std::int64_t epoch, std::vector<LinkId> replaced = {},
                                       std::vector<ArticleEntry> articles = {}) {
  LinkContent content;
  for (const LinkEntry& link : links) content.add(link);
  content.since = since;
  content.epoch = epoch;
  content.replaced = std::move(replaced);
  content.articles = std::move(articles);
  return std::make_shared<const LinkBlock>(std::move(content));
}

LinkEntry planned(std::int64_t id, std::string slug, std::int64_t cap, std::int64_t clicks) {
  auto plan = std::make_shared<LinkPlan>();
  plan->link.click_cap = cap;
  plan->human_clicks = clicks;
  LinkEntry link = entry(id, std::move(slug));
  link.plan = std::move(plan);
  return link;
}

TEST(LinkTable, EverythingOfALinkComesBack) {
  LinkEntry link = entry(1LL << 40, "soup");
  link.destination = {"https://shop.example/?u=", "&x=1", true};
  link.state = LinkState::Direct;
  link.keeps_referer = false;
  const LinkTable table({entry(1, "other"), link, planned(2, "plan", 0, 0)}, {});
  const FoundLink found = table.find_link("soup").value();
  EXPECT_EQ(found.id, link.id);
  EXPECT_EQ(found.slug, "soup");
  EXPECT_EQ(found.destination.with_token("T"), "https://shop.example/?u=T&x=1");
  EXPECT_EQ(found.state, LinkState::Direct);
  EXPECT_FALSE(found.keeps_referer);
  EXPECT_EQ(found.plan, nullptr);
  EXPECT_TRUE(table.find_link("other")->keeps_referer);
  EXPECT_NE(table.find_link("plan")->plan, nullptr);
}

TEST(LinkTable, TextsOfAnyLengthAreKept) {
  LinkEntry link = entry(1, "long");
  link.destination = {"https://shop.example/" + std::string(70'000, 'a'), "b", true};
  const LinkTable table({link, entry(2, std::string(70'000, 's'))}, {});
  EXPECT_EQ(table.find_link("long")->destination.before, link.destination.before);
  EXPECT_EQ(table.find_link(std::string(70'000, 's'))->id, LinkId{2});
}

TEST(LinkTable, ChangesWinOverWhatTheyReplace) {
  const auto base = block({entry(1, "stays"), entry(2, "renamed"), entry(3, "removed"),
                           entry(4, "swapped-a"), entry(5, "swapped-b")},
                          0, 10, {}, {{{7}, "/a/"}});
  const auto changes =
      block({entry(2, "new-name"), entry(6, "added"), entry(5, "swapped-a"), entry(4, "swapped-b")},
            10, 14, {{2}, {3}, {4}, {5}, {6}}, {{{8}, "/b/"}});
  const LinkTable laid(base, changes);
  const LinkTable merged(std::make_shared<const LinkBlock>(base->merged_with(*changes)));
  EXPECT_TRUE(merged.base()->is_complete());
  for (const LinkTable* table : {&laid, &merged}) {
    EXPECT_EQ(table->newest().content().epoch, 14);
    EXPECT_EQ(table->find_link("stays")->id, LinkId{1});
    EXPECT_EQ(table->find_link("new-name")->id, LinkId{2});
    EXPECT_FALSE(table->find_link("renamed"));
    EXPECT_FALSE(table->find_link("removed"));
    EXPECT_EQ(table->find_link("added")->id, LinkId{6});
    EXPECT_EQ(table->find_link("swapped-a")->id, LinkId{5});
    EXPECT_EQ(table->find_link("swapped-b")->id, LinkId{4});
    EXPECT_EQ(table->find_article("/a/"), ArticleId{7});
    EXPECT_EQ(table->find_article("/b/"), ArticleId{8});
    EXPECT_EQ(table->path_of({8}), "/b/");
  }
}

TEST(LinkTable, ChangesOfChangesAddUp) {
  const auto base = block({entry(1, "a"), entry(2, "b")}, 0, 10);
  const auto first = block({entry(1, "a2"), entry(3, "c")}, 10, 11, {{1}, {3}});
  const auto second = block({entry(3, "c2")}, 11, 12, {{2}, {3}});
  const auto both = std::make_shared<const LinkBlock>(first->merged_with(*second));
  EXPECT_EQ(both->content().since, 10);
  EXPECT_TRUE(base->takes(*both));
  EXPECT_FALSE(base->takes(*second));
  const LinkTable table(base, both);
  EXPECT_FALSE(table.find_link("a"));
  EXPECT_EQ(table.find_link("a2")->id, LinkId{1});
  EXPECT_FALSE(table.find_link("b"));
  EXPECT_FALSE(table.find_link("c"));
  EXPECT_EQ(table.find_link("c2")->id, LinkId{3});
}

TEST(LinkTable, ALinkWithACapIsCountedOnceAndAsLastTold) {
  const auto base =
      block({planned(1, "a", 9, 3), planned(2, "b", 9, 4), planned(3, "c", 0, 5)}, 0, 10);
  const auto changes = block({planned(1, "a", 9, 6)}, 10, 11, {{1}});
  const LinkTable table(base, changes);
  ASSERT_EQ(table.capped_links().size(), 2U);
  EXPECT_EQ(table.capped_links()[0].id, LinkId{2});
  EXPECT_EQ(table.capped_links()[1].human_clicks, 6);
}

TEST(LinkTable, BytesThatAreNoWholeRecordsAreToldApart) {
  const auto plain = block({entry(1, "soup"), entry(2, "salad")}, 0, 1);
  const std::span<const char> bytes = plain->content().plain;
  EXPECT_EQ(LinkBlock::count_records(bytes), 2U);
  EXPECT_EQ(LinkBlock::count_records(bytes.first(24)), 1U);
  EXPECT_FALSE(LinkBlock::count_records(bytes.first(bytes.size() - 1)));
  EXPECT_FALSE(LinkBlock::count_records(bytes.first(30)));
}

}  // namespace
}  // namespace candor
