#include "link/link_table.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

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
  EXPECT_EQ(table.find_link("a"), nullptr);
  EXPECT_EQ(table.find_article("/"), ArticleId{});
}

TEST(LinkTable, SlugsAndPathsAreFoundExactly) {
  const LinkTable table({entry(1, "soup"), entry(2, "soup-2")},
                        {{.id = ArticleId{7}, .path = "/soup/"}});
  ASSERT_NE(table.find_link("soup"), nullptr);
  EXPECT_EQ(table.find_link("soup")->id, LinkId{1});
  EXPECT_EQ(table.find_link("soup-2")->id, LinkId{2});
  EXPECT_EQ(table.find_link("Soup"), nullptr);
  EXPECT_EQ(table.find_link(""), nullptr);
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
    RC_ASSERT((table.find_link(other) != nullptr) == model.contains(other));
  }));
}

TEST(LinkTable, HoldsAMillionLinks) {
  std::vector<LinkEntry> links;
  constexpr std::int64_t kLinks = 1'000'000;
  for (std::int64_t i = 1; i <= kLinks; ++i) links.push_back(entry(i, "link-" + std::to_string(i)));
  const LinkTable table(std::move(links), {});
  std::int64_t wrong = 0;
  for (std::int64_t i = 1; i <= kLinks; ++i) {
    const LinkEntry* found = table.find_link("link-" + std::to_string(i));
    wrong += found == nullptr || found->id.value != i;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(table.find_link("link-0"), nullptr);
  EXPECT_EQ(table.find_link("link-1000001"), nullptr);
  EXPECT_LT(sizeof(LinkEntry) + 4 * sizeof(std::uint32_t), 300U);
}

}  // namespace
}  // namespace candor
