#include "jobs/digests.h"

#include <gmock/gmock.h>

#include "jobs/dimension_report.h"
#include "jobs/nightly.h"
#include "report/digest.h"
#include "support/awin_report.h"
#include "support/sendmail_script.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

rollup::DayNumber day(const char* text) { return rollup::parse_day(text).value(); }

std::vector<std::string> keys_due(const MailSettings& settings, const char* last_closed) {
  std::vector<std::string> keys;
  for (const DueDigest& due : due_digests(settings, day(last_closed))) keys.push_back(due.key);
  return keys;
}

TEST(DueDigests, AreOfDaysWeeksAndMonthsThatAreOver) {
  const MailSettings weekly{.weekly = true};
  EXPECT_THAT(keys_due(weekly, "2026-11-21"), ElementsAre("digest.weekly.2026-11-15"));
  EXPECT_THAT(keys_due(weekly, "2026-11-22"), ElementsAre("digest.weekly.2026-11-22"));
  const DueDigest week = due_digests(weekly, day("2026-11-22")).front();
  EXPECT_EQ(week.name, "Weekly digest");
  EXPECT_EQ(rollup::format_day(week.from), "2026-11-16");

  const MailSettings monthly{.monthly = true};
  EXPECT_THAT(keys_due(monthly, "2026-11-29"), ElementsAre());
  EXPECT_THAT(keys_due(monthly, "2026-11-30"), ElementsAre("digest.monthly.2026-11-30"));
  EXPECT_THAT(keys_due(monthly, "2026-12-06"), ElementsAre("digest.monthly.2026-11-30"));
  EXPECT_THAT(keys_due(monthly, "2026-12-07"), ElementsAre());
  EXPECT_THAT(keys_due(monthly, "2028-02-29"), ElementsAre("digest.monthly.2028-02-29"));
  EXPECT_EQ(rollup::format_day(due_digests(monthly, day("2028-02-29")).front().from), "2028-02-01");
  EXPECT_THAT(keys_due({.daily = true}, "2026-11-21"), ElementsAre("digest.daily.2026-11-21"));
  EXPECT_THAT(keys_due({}, "2026-11-22"), ElementsAre());
}

class MailStepTest : public testing::Test {
 protected:
  MailStepTest() {
    MailSettings& mail = house_.nightly.mail;
    mail.delivery.sendmail = sendmail_.program();
    mail.from = "candor@site.example";
    mail.to = {"owner@site.example"};
    mail.daily = true;
    house_.nightly.site_name = "Test site";
  }
  StepResult mail_of(const NightlyResult& result) {
    return *std::ranges::find(result.steps, "mail", &StepResult::step);
  }
  StepResult run() { return mail_of(run_nightly(house_.nightly)); }

  SiteHouse house_;
  SendmailScript sendmail_{house_.folder.path};
};

TEST_F(MailStepTest, EachDayIsToldOnceWithTheNumbersOfTheReport) {
  const ArticleId article = house_.add_article("/kettles/");
  const Click click = house_.add_click(house_.add_link("kettle").id, article, 60 * 20);
  house_.drop("awin.csv", awin_report({{"1", "approved", "3.14", house_.token(click)}}));
  EXPECT_FALSE(run().attention);
  EXPECT_FALSE(run().attention);
  ASSERT_EQ(sendmail_.log().size(), 1u);
  const std::string mail = sendmail_.mail(sendmail_.log()[0]);
  EXPECT_EQ(sendmail_.log()[0], "digest.daily.2026-11-17.site.example@site.example");
  auto report = load_dimension_report(*house_.store, house_.zone,
                                      {.from = day("2026-11-17"),
                                       .to = day("2026-11-17"),
                                       .compare = report::Comparison::Previous});
  report.site = "Test site";
  const report::Digest digest{.name = "Daily digest", .report = report};
  EXPECT_THAT(report::digest_subject(digest),
              HasSubstr("Test site: daily digest, 2026-11-17: 1 clicks"));
  EXPECT_THAT(report::digest_text(digest), HasSubstr(report::to_table(report)));
  EXPECT_THAT(mail, HasSubstr("article-2026-11-17-2026-11-17.csv"));
  house_.clock.advance(hours(24));
  run();
  EXPECT_EQ(sendmail_.log().size(), 2u);
}

TEST_F(MailStepTest, WhatIsRefusedWaitsAndGoesOutInOrder) {
  sendmail_.refuse(true);
  for (int night = 0; night < 3; ++night) {
    const NightlyResult result = run_nightly(house_.nightly);
    EXPECT_FALSE(result.failed());
    EXPECT_TRUE(result.needs_attention());
    EXPECT_THAT(mail_of(result).message, HasSubstr("for the next run: "));
    house_.clock.advance(hours(24));
  }
  EXPECT_EQ(house_.store->list_waiting_mails().size(), 3u);
  sendmail_.refuse(false);
  EXPECT_THAT(run().message, HasSubstr("1 written, 4 delivered"));
  ASSERT_EQ(sendmail_.log().size(), 4u);
  EXPECT_THAT(sendmail_.log()[0], HasSubstr("2026-11-17"));
  EXPECT_THAT(sendmail_.log()[3], HasSubstr("2026-11-20"));
}

TEST_F(MailStepTest, NewTroubleIsToldOnceOnDaysWithoutADigest) {
  house_.nightly.mail.daily = false;
  EXPECT_THAT(run().message, HasSubstr("0 written"));
  store::ArticleScan scan;
  scan.article.path = "/pans/";
  scan.article.verdict = "fail";
  scan.article.origin = "audit";
  scan.article.findings_json = "[]";
  house_.store->record_scans({scan});
  for (int night = 0; night < 3; ++night) {
    house_.clock.advance(hours(24));
    run();
  }
  ASSERT_EQ(sendmail_.log().size(), 1u);
  EXPECT_THAT(sendmail_.mail(sendmail_.log()[0]),
              HasSubstr("/pans/: the disclosure breaks a rule"));
  scan.article.verdict = "pass";
  house_.store->record_scans({scan});
  house_.clock.advance(hours(24));
  run();
  scan.article.verdict = "fail";
  house_.store->record_scans({scan});
  house_.clock.advance(hours(24));
  run();
  EXPECT_EQ(sendmail_.log().size(), 2u) << "it came back";
}

TEST(Digest, HostileTitlesStayText) {
  report::Digest digest{.name = "Daily digest", .report = {}};
  digest.report.from_day = digest.report.to_day = "2026-11-17";
  digest.report.site = "<script>alert(1)</script>\r\nBcc: x@y.example";
  digest.report.rows.push_back(
      {.id = 1, .key = "/<img src=x onerror=alert(1)>", .title = "\x1b[31m=1+1"});
  digest.alerts = {{.kind = "dead-link",
                    .severity = "error",
                    .subject = "x",
                    .message = "<b>\xE2\x80\xAE",
                    .fix = "f",
                    .href = "h"}};
  report::finish(digest.report);
  const std::string html = report::digest_html(digest);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
  const std::string text = report::digest_text(digest);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_THAT(text, Not(HasSubstr("\nBcc")));
}

TEST(Digest, LongReportsAreShortenedButTheirSumsAreNot) {
  report::Digest digest{.name = "Daily digest", .report = {}};
  for (int i = 0; i < 50; ++i) {
    report::ReportRow row{.id = i + 1, .key = "/a" + std::to_string(i) + "/"};
    row.now.clicks = 2;
    digest.report.rows.push_back(row);
  }
  report::finish(digest.report);
  EXPECT_THAT(report::digest_text(digest), HasSubstr("20 of 50 rows"));
  EXPECT_THAT(report::digest_subject(digest), HasSubstr("100 clicks"));
}

}  // namespace
}  // namespace candor::jobs
