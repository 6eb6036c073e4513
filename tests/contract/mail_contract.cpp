#include "contract/store_contract.h"

namespace candor::contract {
namespace {

using store::LinkCheck;
using store::Mail;

Mail make_mail(const std::string& key) {
  return {.key = key,
          .from = "candor@site.example",
          .to = {"a@site.example", "b@site.example"},
          .message = "Subject: x\r\n\r\nbody\r\n",
          .created_at_ms = 100};
}

TEST_P(StoreContract, MailIsWrittenOnceForItsKeyAndStaysUntilItIsTaken) {
  EXPECT_TRUE(store().add_mail(make_mail("one"), {{"told", "1"}}));
  EXPECT_FALSE(store().add_mail(make_mail("one"), {{"told", "2"}}));
  EXPECT_TRUE(store().add_mail(make_mail("two"), {}));
  EXPECT_EQ(store().find_mark("told"), "1");
  const auto waiting = store().list_waiting_mails();
  ASSERT_EQ(waiting.size(), 2u);
  EXPECT_EQ(waiting[0].key, "one");
  EXPECT_EQ(waiting[0].to, make_mail("one").to);
  EXPECT_EQ(waiting[0].message, make_mail("one").message);
  store().note_refused(waiting[0].id, "554 no");
  store().note_delivered(waiting[1].id, 200);
  reopen();
  const auto left = store().list_waiting_mails();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].attempts, 1);
  EXPECT_EQ(left[0].error, "554 no");
  const auto all = store().list_mails(10);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].key, "two");
  EXPECT_EQ(all[0].delivered_at_ms, 200);
  EXPECT_TRUE(store().was_written("two"));
  EXPECT_FALSE(store().add_mail(make_mail("two"), {})) << "delivered ones are not written again";
}

TEST_P(StoreContract, MailThatWasNotTakenCanBeThrownAway) {
  store().add_mail(make_mail("one"), {});
  store().add_mail(make_mail("two"), {});
  const auto mails = store().list_waiting_mails();
  store().note_delivered(mails[0].id, 200);
  EXPECT_FALSE(store().remove_mail(mails[0].id));
  EXPECT_TRUE(store().remove_mail(mails[1].id));
  EXPECT_FALSE(store().was_written("two"));
}

TEST_P(StoreContract, TheLastLookAtALinkIsKept) {
  const Link kettle = add_link("kettle");
  const Link pan = add_link("pan");
  LinkCheck check{.link = kettle.id,
                  .url = "https://shop.example/",
                  .health = "dead",
                  .status = 404,
                  .detail = "404",
                  .checked_at_ms = 300,
                  .failing_since_ms = 200,
                  .failures = 2};
  store().record_link_checks(
      {check, {.link = pan.id, .url = {}, .health = "unchecked", .detail = "x"}});
  EXPECT_EQ(store().find_link_check(kettle.id), check);
  EXPECT_EQ(store().list_link_checks().size(), 2u);
  ASSERT_EQ(store().list_dead_links().size(), 1u);
  EXPECT_EQ(store().list_dead_links()[0], check);
  check.health = "ok";
  check.failing_since_ms.reset();
  store().record_link_checks({check});
  EXPECT_TRUE(store().list_dead_links().empty());
  store().remove_link(pan.id);
  EXPECT_EQ(store().list_link_checks().size(), 1u);
}

TEST_P(StoreContract, ALinkKnowsTheArticlesThatCarryIt) {
  const ArticleId article = add_article("/kettles/");
  store::ArticleScan scan;
  scan.article.path = "/kettles/";
  scan.links = {{.placement = 1, .href = "/go/kettle", .network = "awin", .slug = "kettle"},
                {.placement = 2, .href = "/go/kettle", .network = "awin", .slug = "kettle"}};
  store().record_scans({scan});
  EXPECT_EQ(store().list_articles_of_slug("kettle"), std::vector<ArticleId>{article});
  EXPECT_TRUE(store().list_articles_of_slug("pan").empty());
}

TEST_P(StoreContract, AUserHasAnAddressAndMarksMoveOn) {
  const store::User user = *store().find_user("owner");
  EXPECT_EQ(user.email, "");
  store().set_email(user.id, "owner@site.example");
  EXPECT_EQ(store().find_user("owner")->email, "owner@site.example");
  EXPECT_FALSE(store().find_mark("step"));
  store().set_marks({{"step", "1"}, {"other", "x"}});
  store().set_marks({{"step", "2"}});
  EXPECT_EQ(store().find_mark("step"), "2");
}

}  // namespace
}  // namespace candor::contract
