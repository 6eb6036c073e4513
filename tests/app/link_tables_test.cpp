#include "app/link_tables.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "redirect/links_snapshot.h"
#include "support/site_house.h"

namespace candor::app {
namespace {

class LinkTablesTest : public testing::Test {
 protected:
  /// As at a start: with what the snapshot holds.
  void start(LinkTables::Limits limits = {}) {
    table_ = redirect::load_link_table(snapshot_);
    tables_ = std::make_unique<LinkTables>(
        *house_.store, LinkTables::Files{snapshot_, house_.folder.path / "journal"}, table_,
        [this](LinkTablePtr table) { table_ = std::move(table); }, limits);
    EXPECT_TRUE(tables_->refresh());
  }
  void stop() {
    tables_->save();
    tables_.reset();
  }
  bool serves(const std::string& slug) const { return table_->find_link(slug).has_value(); }
  void wait_for_another_base() {
    for (const auto base = table_->base(); table_->base() == base; std::this_thread::yield())
      tables_->refresh();
  }

  SiteHouse house_;
  std::filesystem::path snapshot_ = house_.folder.path / "links.snapshot";
  LinkTablePtr table_;
  std::unique_ptr<LinkTables> tables_;
};

TEST_F(LinkTablesTest, WithoutASnapshotTheStoreIsReadAndKept) {
  house_.add_link("kettle");
  start();
  EXPECT_TRUE(serves("kettle"));
  EXPECT_FALSE(tables_->refresh());
  stop();
  EXPECT_TRUE(redirect::load_link_table(snapshot_)->find_link("kettle"));
}

TEST_F(LinkTablesTest, AChangeIsLaidOnTheSameBlock) {
  Link kettle = house_.add_link("kettle");
  const Link pan = house_.add_link("pan");
  start();
  const auto base = table_->base();
  house_.add_link("pot");
  kettle.slug = "teapot";
  house_.store->update_link(kettle);
  house_.store->remove_link(pan.id);
  EXPECT_TRUE(tables_->refresh());
  EXPECT_EQ(table_->base(), base);
  EXPECT_TRUE(serves("pot"));
  EXPECT_TRUE(serves("teapot"));
  EXPECT_FALSE(serves("kettle"));
  EXPECT_FALSE(serves("pan"));
  kettle.state = LinkState::Disabled;
  house_.store->update_link(kettle);
  EXPECT_TRUE(tables_->refresh());
  EXPECT_FALSE(serves("teapot"));
  EXPECT_TRUE(serves("pot"));
}

TEST_F(LinkTablesTest, ANewArticleIsKnown) {
  start();
  const ArticleId tea = house_.add_article("/tea/");
  EXPECT_TRUE(tables_->refresh());
  EXPECT_EQ(table_->find_article("/tea/"), tea);
  EXPECT_EQ(table_->path_of(tea), "/tea/");
}

TEST_F(LinkTablesTest, ChangesAreInTheSnapshotAndWhatChangedSinceIsCaughtUp) {
  Link kettle = house_.add_link("kettle");
  start();
  house_.add_link("pan");
  EXPECT_TRUE(tables_->refresh());
  stop();
  EXPECT_TRUE(redirect::load_link_table(snapshot_)->find_link("pan"));
  kettle.slug = "teapot";
  house_.store->update_link(kettle);
  start();
  EXPECT_TRUE(serves("pan"));
  EXPECT_TRUE(serves("teapot"));
  EXPECT_FALSE(serves("kettle"));
}

TEST_F(LinkTablesTest, ASnapshotOfAnotherDatabaseIsNotBelieved) {
  LinkContent content;
  content.epoch = 1'000'000;
  LinkEntry stranger;
  stranger.id = {1};
  stranger.slug = "stranger";
  content.add(stranger);
  redirect::save_links_snapshot(snapshot_, LinkBlock(content));
  house_.add_link("kettle");
  start();
  EXPECT_TRUE(serves("kettle"));
  EXPECT_FALSE(serves("stranger"));
}

TEST_F(LinkTablesTest, ASnapshotThatDiffersFromTheStoreIsReplaced) {
  house_.add_link("kettle");
  start();
  stop();
  LinkContent content;
  content.epoch = house_.store->link_epoch();
  redirect::save_links_snapshot(snapshot_, LinkBlock(content));
  start();
  EXPECT_FALSE(serves("kettle"));
  wait_for_another_base();
  EXPECT_TRUE(serves("kettle"));
}

TEST_F(LinkTablesTest, ManyChangesBecomePartOfTheBlock) {
  start({.changes_on_top = 2});
  for (const std::string slug : {"a", "b", "c", "d"}) {
    house_.add_link(slug);
    tables_->refresh();
  }
  if (table_->base()->link_count() == 0) wait_for_another_base();
  house_.add_link("e");
  tables_->refresh();
  for (const std::string slug : {"a", "b", "c", "d", "e"}) EXPECT_TRUE(serves(slug)) << slug;
  stop();
  EXPECT_TRUE(redirect::load_link_table(snapshot_)->find_link("e"));
}

TEST_F(LinkTablesTest, AnImportIsReadAnew) {
  start({.changes_at_once = 2});
  const auto base = table_->base();
  for (const std::string slug : {"a", "b", "c"}) house_.add_link(slug);
  tables_->refresh();
  if (table_->base() == base) wait_for_another_base();
  for (const std::string slug : {"a", "b", "c"}) EXPECT_TRUE(serves(slug)) << slug;
}

TEST_F(LinkTablesTest, ACapIsToldWithTheClicksOfTheStore) {
  Link link = house_.add_link("kettle");
  link.click_cap = 10;
  house_.store->update_link(link);
  start();
  ASSERT_TRUE(tables_->has_caps());
  EXPECT_EQ(table_->capped_links()[0].human_clicks, 0);
  house_.add_click(link.id, {});
  EXPECT_FALSE(tables_->refresh());
  tables_->recount();
  ASSERT_EQ(table_->capped_links().size(), 1U);
  EXPECT_EQ(table_->capped_links()[0].human_clicks, 1);
  EXPECT_EQ(table_->find_link("kettle")->id, link.id);
}

}  // namespace
}  // namespace candor::app
