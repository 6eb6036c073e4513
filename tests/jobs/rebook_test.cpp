#include "jobs/rebook.h"

#include <gmock/gmock.h>

#include <map>

#include "jobs/attribute.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using attribution::Tier;

class RebookTest : public testing::Test {
 protected:
  static constexpr std::int64_t kUnit = 1'000'000;

  CommissionRow row(const std::string& identity, std::int64_t micro, const std::string& sub_id,
                    const std::string& parent = {}) const {
    CommissionRow row;
    row.identity = identity;
    row.parent = parent;
    row.event_at_ms = to_ms(house_.clock.now()) - 86'400'000;
    row.currency = find_currency("EUR").value();
    row.commission_micro = micro;
    row.sale_micro = 10 * micro;
    row.sub_id = sub_id;
    return row;
  }
  void import(const std::vector<CommissionRow>& rows) {
    store::Import import;
    import.network = "cj";
    import.report = "transactions";
    import.file_name = import.file_hash = "file " + std::to_string(++files_);
    import.imported_at_ms = to_ms(house_.clock.now());
    house_.store->publish_import(import, rows, {});
  }
  AttributionSummary book() {
    return attribute(*house_.store,
                     {house_.keys, house_.settings.hosts, {}, to_ms(house_.clock.now())});
  }
  std::int64_t add_rule(const std::string& text, ArticleId article,
                        const std::string& kind = "sub-id", const std::string& network = {}) {
    store::OwnerRule rule;
    rule.rule = {network, kind, text, article};
    return house_.store->add_owner_rule(rule).value();
  }
  using Booked = std::map<std::int64_t, std::int64_t>;
  Booked booked() const {
    Booked out;
    for (const auto& state : house_.store->list_commissions(100)) {
      std::int64_t whole = 0;
      for (const auto& part : state.allocations) {
        out[part.article.value] += part.commission_micro;
        whole += part.commission_micro;
      }
      EXPECT_EQ(whole, state.row.commission_micro) << state.row.identity;
    }
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
  }
  Tier tier_of(std::int64_t id) const {
    return house_.store->find_commission(CommissionId{id}).value().match.value().tier;
  }
  report::ArticlesReport report(std::optional<std::int64_t> as_of_ms = {}) const {
    const auto today = house_.zone.day_of(to_ms(house_.clock.now()));
    auto report = house_.store->load_articles_report(house_.zone, today - 7, today, as_of_ms);
    report::finish(report);
    EXPECT_TRUE(report.balanced);
    return report;
  }

  SiteHouse house_;
  Link link_ = house_.add_link("kettle");
  ArticleId kettles_ = house_.add_article("/kettles/");
  ArticleId pans_ = house_.add_article("/pans/");
  int files_ = 0;
};

TEST_F(RebookTest, ARuleMovesWhatWasBookedAndItsRemovalMovesItBack) {
  import({row("1", 3 * kUnit, "label"), row("2", kUnit, "other")});
  book();
  EXPECT_EQ(booked(), (Booked{{0, 4 * kUnit}}));
  const std::int64_t rule = add_rule("label", kettles_);
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{0, kUnit}, {kettles_.value, 3 * kUnit}}));
  EXPECT_EQ(book().rebooked, 0);
  house_.store->remove_owner_rule(rule);
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{0, 4 * kUnit}}));
}

TEST_F(RebookTest, ARuleOfAnotherArticleTakesItOver) {
  import({row("1", 3 * kUnit, "label")});
  const std::int64_t first = add_rule("label", kettles_);
  book();
  // One for the very network stands before one for any.
  add_rule("label", pans_, "sub-id", "cj");
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{pans_.value, 3 * kUnit}}));
  house_.store->remove_owner_rule(first);
  EXPECT_EQ(book().rebooked, 0);
}

TEST_F(RebookTest, ModelledMoneyTakesARuleAndAClickOfAKnownArticleStaysStronger) {
  Link cj = house_.add_link("pan");
  cj.network = "cj";
  house_.store->update_link(cj);
  const Click click = house_.add_click(cj.id, pans_, 60 * 30);
  auto tagged = row("1", 3 * kUnit, "");
  auto clicked = row("2", kUnit, house_.token(click));
  clicked.tag = "t-20";
  import({tagged, clicked});
  book();
  ASSERT_EQ(tier_of(1), Tier::Modelled);
  ASSERT_EQ(tier_of(2), Tier::ClickToken);
  // The network tells later which tag it was.
  tagged.tag = "t-20";
  tagged.status = CommissionStatus::Approved;
  import({tagged});
  book();
  ASSERT_EQ(tier_of(1), Tier::Modelled) << "weights are frozen";
  const std::int64_t rule = add_rule("t-20", kettles_, "tag");
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{pans_.value, kUnit}, {kettles_.value, 3 * kUnit}}));
  house_.store->remove_owner_rule(rule);
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(tier_of(2), Tier::ClickToken);
}

TEST_F(RebookTest, ARuleOfTheConfigurationIsRetroactiveToo) {
  import({row("1", 3 * kUnit, "label")});
  book();
  house_.store->set_label_rules({{"", "sub-id", "label", kettles_}});
  EXPECT_EQ(book().rebooked, 1);
  house_.store->set_label_rules({{"", "sub-id", "label", kettles_}});
  EXPECT_EQ(house_.store->last_rule_change(), 0) << "nothing changed";
  house_.store->set_label_rules({{"", "sub-id", "label", pans_}});
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{pans_.value, 3 * kUnit}}));
  house_.store->set_label_rules({});
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(booked(), (Booked{{0, 3 * kUnit}}));
}

TEST_F(RebookTest, AChangeThatWasCutShortIsFollowedLater) {
  import({row("1", 3 * kUnit, "label")});
  book();
  add_rule("label", kettles_);
  EXPECT_NE(house_.store->last_rule_change(), 0);  // as a process leaves it that was killed now
  EXPECT_EQ(book().rebooked, 1);
  EXPECT_EQ(house_.store->last_rule_change(), 0);
}

TEST_F(RebookTest, ReversalsFollowTheirOriginalToTheLastMicroUnit) {
  house_.add_click(link_.id, kettles_, 60 * 30);
  import({row("1", 1'000'001, "label", "1")});
  book();
  import({row("1b", -333'333, "", "1"), row("1c", -666'668, "", "1")});
  book();
  EXPECT_EQ(booked(), Booked{});
  const std::int64_t rule = add_rule("label", pans_);
  EXPECT_EQ(book().rebooked, 3);
  EXPECT_EQ(booked(), Booked{});
  for (const std::int64_t id : {1, 2, 3}) EXPECT_EQ(tier_of(id), Tier::LabelOrReferrer) << id;
  house_.store->remove_owner_rule(rule);
  EXPECT_EQ(book().rebooked, 3);
  EXPECT_EQ(booked(), Booked{});
}

TEST_F(RebookTest, WhatWasBelievedBeforeCanStillBeReported) {
  import({row("1", 3 * kUnit, "label")});
  book();
  const std::int64_t before_ms = to_ms(house_.clock.now());
  const std::string believed = report::to_json(report());
  house_.clock.advance(std::chrono::hours(24));
  const std::int64_t rule = add_rule("label", kettles_);
  book();
  const std::int64_t with_rule_ms = to_ms(house_.clock.now());
  const std::string ruled = report::to_json(report());
  house_.clock.advance(std::chrono::hours(24));
  house_.store->remove_owner_rule(rule);
  book();
  const auto as_of = [&](std::int64_t ms, int days_ago) {
    house_.clock.advance(std::chrono::hours(-24 * days_ago));
    const std::string text = report::to_json(report(ms));
    house_.clock.advance(std::chrono::hours(24 * days_ago));
    return text;
  };
  EXPECT_EQ(as_of(before_ms, 2), believed);
  EXPECT_EQ(as_of(with_rule_ms, 1), ruled);
}

TEST_F(RebookTest, ACommissionThatIsWithdrawnMeanwhileTakesTheRuleToo) {
  import({row("1", 3 * kUnit, "label")});
  book();
  const auto import_id = house_.store->list_imports(1).front().id;
  house_.store->undo_import(import_id, to_ms(house_.clock.now()));
  book();
  add_rule("label", kettles_);
  book();
  import({row("1", 2 * kUnit, "label")});
  book();
  EXPECT_EQ(booked(), (Booked{{kettles_.value, 2 * kUnit}}));
}

}  // namespace
}  // namespace candor::jobs
