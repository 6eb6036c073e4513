#include "redirect/links_snapshot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <system_error>

#include "journal/journal_testing.h"
#include "link/route.h"
#include "networks/link_entry.h"

namespace candor::redirect {
namespace {

using journal::load_file;
using journal::save_file;
using journal::TemporaryDirectory;

LinkTable sample_table() {
  std::vector<LinkEntry> links;
  links.push_back(
      {{1}, "shoes", {"https://shop.example/?clickref=", "&x=1", true}, LinkState::Active, true});
  links.push_back({{2}, "books", {"https://books.example/", "", false}, LinkState::Active, false});
  links.push_back({{3}, "gone", {"https://gone.example/", "", false}, LinkState::Disabled, true});
  return {links, {{{7}, "/a/"}, {{8}, "/b/%C3%A4"}}};
}

void save(const std::filesystem::path& file, const LinkTable& table) {
  save_links_snapshot(file, *table.base());
}

TEST(LinksSnapshot, TableComesBack) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save(file, {});
  save(file, sample_table());
  const auto table = load_link_table(file);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->base()->link_count(), 3u);
  const auto shoes = table->find_link("shoes");
  ASSERT_TRUE(shoes);
  EXPECT_EQ(shoes->id.value, 1);
  EXPECT_EQ(shoes->destination.with_token("T"), "https://shop.example/?clickref=T&x=1");
  EXPECT_TRUE(shoes->keeps_referer);
  EXPECT_FALSE(table->find_link("books")->destination.has_slot);
  EXPECT_FALSE(table->find_link("books")->keeps_referer);
  EXPECT_EQ(table->find_link("gone")->state, LinkState::Disabled);
  EXPECT_EQ(table->find_article("/b/%C3%A4").value, 8);
}

TEST(LinksSnapshot, APlanComesBack) {
  Link link;
  link.id = {5};
  link.slug = "kettle";
  link.destination = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2";
  link.network = "awin";
  link.state = LinkState::Disabled;
  link.code = 308;
  link.starts_at_ms = 1'700'000'000'000;
  link.expires_at_ms = 1'800'000'000'000;
  link.click_cap = 1'000;
  link.fallback = "https://else.example/{article}";
  link.targeting =
      R"({"rules":[{"country":["DE"],"destination":"https://de.example/?k={click}"}]})";
  const networks::LinkPatterns patterns;
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save(file, {{networks::make_link_entry(patterns, link, 77).value()}, {}});
  const auto table = load_link_table(file);
  ASSERT_TRUE(table);
  const auto entry = table->find_link("kettle");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->state, LinkState::Disabled);
  EXPECT_TRUE(entry->keeps_referer);
  ASSERT_TRUE(entry->plan);
  EXPECT_EQ(entry->plan->link, link);
  ASSERT_EQ(entry->plan->targets.size(), 1U);
  EXPECT_EQ(entry->plan->targets[0].url.fill({.click = "T"}), "https://de.example/?k=T");
  EXPECT_EQ(entry->plan->fallback->url.fill({.article = "/a/"}), "https://else.example/%2Fa%2F");
  ASSERT_EQ(table->capped_links().size(), 1U);
  EXPECT_EQ(table->capped_links()[0].human_clicks, 77);
}

TEST(LinksSnapshot, AFileOfAnotherVersionIsNothing) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save(file, sample_table());
  std::string bytes = load_file(file);
  bytes[8] = 1;  // the version's low byte
  save_file(file, bytes);
  EXPECT_FALSE(load_links_snapshot(file));
}

TEST(LinksSnapshot, EmptyTableComesBack) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save(file, {});
  const auto table = load_link_table(file);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->base()->link_count(), 0u);
}

TEST(LinksSnapshot, AbsentOrDamagedIsNothing) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  EXPECT_FALSE(load_links_snapshot(file));
  save(file, sample_table());
  const std::string whole = load_file(file);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    save_file(file, bytes);
    EXPECT_FALSE(load_links_snapshot(file)) << at;
    save_file(file, whole.substr(0, at));
    EXPECT_FALSE(load_links_snapshot(file)) << at;
  }
  save_file(file, whole + "x");
  EXPECT_FALSE(load_links_snapshot(file));
}

std::shared_ptr<const LinkBlock> block(std::int64_t since, std::int64_t epoch, std::string slug,
                                       std::vector<LinkId> replaced = {}) {
  LinkContent content;
  content.since = since;
  content.epoch = epoch;
  LinkEntry entry;
  entry.id = {1};
  entry.slug = std::move(slug);
  content.add(entry);
  content.replaced = std::move(replaced);
  return std::make_shared<const LinkBlock>(std::move(content));
}

TEST(LinksSnapshot, ChangesAreLaidOnWhatTheyBelongTo) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save_links_snapshot(changes_file(file), *block(5, 8, "new", {{1}}));
  EXPECT_FALSE(load_link_table(file));
  // Made of changes that the later file tells again, or none of them.
  for (const std::int64_t epoch : {5, 7, 8}) {
    save_links_snapshot(file, *block(0, epoch, "old"));
    const auto table = load_link_table(file);
    ASSERT_TRUE(table);
    EXPECT_TRUE(table->find_link("new"));
    EXPECT_FALSE(table->find_link("old"));
    EXPECT_EQ(table->newest().content().epoch, 8);
  }
  for (const std::int64_t epoch : {4, 9}) {
    save_links_snapshot(file, *block(0, epoch, "old"));
    EXPECT_FALSE(load_link_table(file)->find_link("new"));
    EXPECT_TRUE(load_link_table(file)->find_link("old"));
  }
}

TEST(LinksSnapshot, DamagedChangesAreLeftOut) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save_links_snapshot(file, *block(0, 5, "old"));
  save_links_snapshot(changes_file(file), *block(5, 8, "new", {{1}}));
  std::string bytes = load_file(changes_file(file));
  bytes.back() ^= 1;
  save_file(changes_file(file), bytes);
  EXPECT_TRUE(load_link_table(file)->find_link("old"));
}

TEST(LinksSnapshot, PlaceThatCannotBeWrittenIsAnError) {
  TemporaryDirectory directory;
  EXPECT_THROW(save_links_snapshot(directory.path() / "absent" / "links.snapshot", LinkBlock()),
               std::system_error);
}

}  // namespace
}  // namespace candor::redirect
