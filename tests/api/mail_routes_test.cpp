// Mail, lost passwords, links' health and money at risk, as the API tells and does them.
#include "api/api_house.h"
#include "jobs/post.h"
#include "report/risk_report.h"
#include "support/awin_report.h"
#include "support/sendmail_script.h"

namespace candor::api {
namespace {

using testing::HasSubstr;

class MailRoutesTest : public ApiTest {
 protected:
  MailRoutesTest() {
    jobs::MailSettings& mail = house_.site.nightly.mail;
    mail.from = "candor@site.example";
    mail.delivery.sendmail = sendmail_.program();
    house_.site.nightly.link_checks.probe = [this](std::string_view, const std::string&) {
      return answer_;
    };
  }
  Asked reset(const std::string& name) {
    const Asked asked = browser("POST", "/api/v1/account/reset", json({{"name", name}}).dump());
    house_.gate.resets.settle();
    return asked;
  }
  std::string last_mail() const {
    return sendmail_.log().empty() ? "" : sendmail_.mail(sendmail_.log().back());
  }

  SendmailScript sendmail_{house_.folder.path};
  jobs::ProbeAnswer answer_{.status = 200};
};

TEST_F(MailRoutesTest, ATestMailGoesOutOrSaysWhyNot) {
  EXPECT_EQ(owner("POST", "/api/v1/mails/test").status, 422) << "nobody is named";
  EXPECT_EQ(owner("POST", "/api/v1/mails/test", R"({"to":"x\r\nBcc: y@z"})").status, 422);
  const Asked sent = owner("POST", "/api/v1/mails/test", R"({"to":"anna@site.example"})");
  EXPECT_EQ(sent.status, 200) << sent.response.body;
  EXPECT_THAT(last_mail(), HasSubstr("To: anna@site.example"));
  sendmail_.refuse(true);
  const Asked refused = owner("POST", "/api/v1/mails/test", R"({"to":"anna@site.example"})");
  EXPECT_EQ(refused.status, 502);
  EXPECT_THAT(refused.body.at("detail").get<std::string>(), HasSubstr("it ended with 75"));
  house_.site.nightly.mail = {};
  EXPECT_EQ(owner("POST", "/api/v1/mails/test", R"({"to":"a@b.example"})").status, 409);
}

TEST_F(MailRoutesTest, WhatWaitsIsListedAndCanBeThrownAway) {
  jobs::MailSettings settings = house_.site.nightly.mail;
  settings.to = {"owner@site.example"};
  const auto message =
      jobs::new_message(settings, house_.clock, "site.example", "Test site", "digest.x");
  ASSERT_TRUE(jobs::write_mail(*house_.store, house_.clock, message, "digest.x", {}));
  const json mails = get("/api/v1/mails").body;
  ASSERT_EQ(mails.at("data").size(), 1u);
  EXPECT_EQ(mails.at("data")[0].at("state"), "waiting");
  EXPECT_FALSE(mails.at("data")[0].contains("message"));
  EXPECT_EQ(owner("DELETE", "/api/v1/mails/1").status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/mails/1").status, 404);
  EXPECT_EQ(owner("DELETE", "/api/v1/mails/x").status, 404);
}

TEST_F(MailRoutesTest, ALostPasswordIsAnsweredAlikeWhoeverAsks) {
  owner("PATCH", "/api/v1/users/owner", R"({"email":"Boss@site.example"})");
  invite({{"name", "anna@site.example"}, {"role", "viewer"}});
  const Asked known = reset("owner");
  const Asked unknown = reset("nobody");
  EXPECT_EQ(known.status, 202);
  EXPECT_EQ(known.response.body, unknown.response.body);
  ASSERT_EQ(sendmail_.log().size(), 1u);
  EXPECT_THAT(last_mail(), HasSubstr("To: boss@site.example"));
  reset(" BOSS@site.example ");
  EXPECT_EQ(sendmail_.log().size(), 2u) << "by address";
  reset("anna@site.example");
  EXPECT_THAT(last_mail(), HasSubstr("To: anna@site.example"));
  EXPECT_EQ(sendmail_.log().size(), 3u);
}

TEST_F(MailRoutesTest, TheLinkSignsInOnceAndThenNoMore) {
  owner("PATCH", "/api/v1/users/owner", R"({"email":"boss@site.example"})");
  reset("owner");
  std::string mail = last_mail();
  for (std::size_t at; (at = mail.find("=\n")) != std::string::npos;) mail.erase(at, 2);
  const std::size_t at = mail.find("once=3D");
  ASSERT_NE(at, std::string::npos) << mail;
  EXPECT_THAT(mail, HasSubstr("http://127.0.0.1:8081/#/login?once=3D"));
  const std::string secret = mail.substr(at + 7, mail.find_first_of("\r\n", at) - at - 7);
  EXPECT_EQ(sign_in({{"once", secret}}).status, 204);
  EXPECT_EQ(sign_in({{"once", secret}}).status, 403);
  reset("owner");
  house_.clock.advance(std::chrono::minutes(16));
  std::string late = last_mail();
  for (std::size_t cut; (cut = late.find("=\n")) != std::string::npos;) late.erase(cut, 2);
  const std::size_t from = late.find("once=3D") + 7;
  EXPECT_EQ(sign_in({{"once", late.substr(from, late.find_first_of("\r\n", from) - from)}}).status,
            403)
      << "too late";
}

TEST_F(MailRoutesTest, AskingTooOftenIsRefusedAlikeToo) {
  owner("PATCH", "/api/v1/users/owner", R"({"email":"boss@site.example"})");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reset("owner").status, 202);
  const Asked fourth = reset("owner");
  EXPECT_EQ(fourth.status, 429);
  EXPECT_EQ(sendmail_.log().size(), 3u);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reset("nobody").status, 202);
  EXPECT_EQ(reset("nobody").response.body, fourth.response.body);
  house_.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(reset("owner").status, 202);
}

TEST_F(MailRoutesTest, ALinkTellsItsHealth) {
  Link link;
  link.slug = "shop";
  link.destination = "https://shop.example/";
  house_.store->add_link(link);
  EXPECT_TRUE(get("/api/v1/links/shop").body.at("health").is_null());
  const json version = get("/api/v1/links/shop").body.at("version");
  answer_ = {.status = 404};
  const Asked checked = owner("POST", "/api/v1/links/shop/check");
  EXPECT_EQ(checked.status, 200) << checked.response.body;
  EXPECT_EQ(checked.body.at("state"), "dead");
  const json shown = get("/api/v1/links/shop").body;
  EXPECT_EQ(shown.at("health").at("state"), "dead");
  EXPECT_EQ(shown.at("health").at("status"), 404);
  EXPECT_EQ(shown.at("health").at("failing_since"), "2026-11-18T11:06:40.000Z");
  EXPECT_EQ(shown.at("version"), version) << "a look is no edit";
  EXPECT_EQ(get("/api/v1/links").body.at("data")[0].at("health").at("state"), "dead");
  bool told = false;
  const json overview = get("/api/v1/overview").body;
  for (const json& problem : overview.at("problems"))
    told = told || (problem.at("kind") == "dead-link" && problem.at("subject") == "shop");
  EXPECT_TRUE(told);
  EXPECT_EQ(owner("POST", "/api/v1/links/none/check").status, 404);
}

TEST_F(MailRoutesTest, TheNightTellsItsAlerts) {
  store::ArticleScan scan;
  scan.article.path = "/pans/";
  scan.article.verdict = "fail";
  scan.article.findings_json = "[]";
  house_.store->record_scans({scan});
  const json night = owner("POST", "/api/v1/jobs/nightly").body;
  ASSERT_EQ(night.at("alerts").size(), 1u);
  EXPECT_EQ(night.at("alerts")[0].at("kind"), "disclosure");
  EXPECT_EQ(night.at("alerts")[0].at("subject"), "/pans/");
}

TEST_F(MailRoutesTest, MoneyAtRiskIsToldAlikeInEveryFormat) {
  const Link link = house_.add_link("kettle");
  const ArticleId kettles = house_.add_article("/kettles/");
  house_.add_article("/fine/");
  store::ArticleScan scan;
  scan.article.path = "/kettles/";
  scan.article.title = "=1+1";
  scan.links = {{.placement = 1, .href = "x", .network = "awin", .slug = "gone"},
                {.placement = 2,
                 .href = "https://www.amazon.co.uk/dp/B000000000",
                 .network = "amazon",
                 .slug = ""}};
  house_.store->record_scans({scan});
  for (int i = 0; i < 3; ++i) house_.add_click(link.id, kettles, 60 + i);
  owner("POST", "/api/v1/revenue/imports?currency=GBP&file_name=awin.csv",
        awin_report({{"1", "approved", "3.14", "lost"}}));
  const json risk = get("/api/v1/reports/risk?from=2026-11-12&to=2026-11-18&clicks=3").body;
  ASSERT_EQ(risk.at("data").size(), 1u);
  const json& row = risk.at("data")[0];
  EXPECT_EQ(row.at("path"), "/kettles/");
  EXPECT_EQ(row.at("clicks"), 3);
  ASSERT_EQ(row.at("risks").size(), 3u) << row;
  EXPECT_EQ(row.at("risks")[0].at("kind"), "dead-link");
  EXPECT_EQ(row.at("risks")[1].at("kind"), "missing-tag");
  EXPECT_EQ(row.at("risks")[2].at("kind"), "no-revenue");
  const auto text = [&](const char* format) {
    return get(std::string("/api/v1/reports/risk?from=2026-11-12&to=2026-11-18&clicks=3&format=") +
               format)
        .response.body;
  };
  for (const char* format : {"csv", "table"})
    for (const char* word : {"/kettles/", "dead-link", "missing-tag", "no-revenue"})
      EXPECT_THAT(text(format), HasSubstr(word)) << format;
  EXPECT_THAT(text("csv"), HasSubstr("'=1+1"));
  EXPECT_EQ(get("/api/v1/reports/risk?format=html").status, 422);
  EXPECT_EQ(get("/api/v1/reports/risk?clicks=4&from=2026-11-12&to=2026-11-18")
                .body.at("data")[0]
                .at("risks")
                .size(),
            2u);
}

}  // namespace
}  // namespace candor::api
