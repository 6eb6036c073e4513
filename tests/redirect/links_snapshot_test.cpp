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
  return {std::move(links), {{{7}, "/a/"}, {{8}, "/b/%C3%A4"}}};
}

TEST(LinksSnapshot, TableComesBack) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save_links_snapshot(file, {});
  save_links_snapshot(file, sample_table());
  const auto table = load_links_snapshot(file);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->links().size(), 3u);
  const LinkEntry* shoes = table->find_link("shoes");
  ASSERT_NE(shoes, nullptr);
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
  save_links_snapshot(file, {{networks::make_link_entry(patterns, link, 77).value()}, {}});
  const auto table = load_links_snapshot(file);
  ASSERT_TRUE(table);
  const LinkEntry* entry = table->find_link("kettle");
  ASSERT_NE(entry, nullptr);
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
  save_links_snapshot(file, sample_table());
  std::string bytes = load_file(file);
  bytes[8] = 1;  // the version's low byte
  save_file(file, bytes);
  EXPECT_FALSE(load_links_snapshot(file));
}

TEST(LinksSnapshot, EmptyTableComesBack) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  save_links_snapshot(file, {});
  const auto table = load_links_snapshot(file);
  ASSERT_TRUE(table);
  EXPECT_TRUE(table->links().empty());
}

TEST(LinksSnapshot, AbsentOrDamagedIsNothing) {
  TemporaryDirectory directory;
  const auto file = directory.path() / "links.snapshot";
  EXPECT_FALSE(load_links_snapshot(file));
  save_links_snapshot(file, sample_table());
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

TEST(LinksSnapshot, PlaceThatCannotBeWrittenIsAnError) {
  TemporaryDirectory directory;
  EXPECT_THROW(save_links_snapshot(directory.path() / "absent" / "links.snapshot", {}),
               std::system_error);
}

}  // namespace
}  // namespace candor::redirect
