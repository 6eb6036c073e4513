// Surfaces other than the page itself, and subjects that want a human.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "disclosure/audit.h"

namespace candor::disclosure {
namespace {

Policy us() {
  Policy policy;
  policy.jurisdictions = {"US"};
  policy.site_hosts = {"gear.test"};
  return policy;
}

std::set<std::string> rules_of(const std::string& page, const Policy& policy) {
  std::set<std::string> rules;
  for (const RuleFinding& finding : audit(page, policy).findings) rules.insert(finding.rule);
  return rules;
}

const std::string kSays = "<p>We earn a commission when you buy through links on this page.</p>";
const std::string kLink =
    "<p><a rel=sponsored href=\"https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2\">Kettle"
    "</a> (paid link)</p>";
const std::string kAmazonLink =
    "<p><a rel=sponsored href=\"https://www.amazon.com/dp/B1?tag=g-20\">Kettle</a> (paid link)</p>";

std::string page_with(const std::string& head, const std::string& content = kSays + kLink) {
  return "<html lang=en><head>" + head + "</head><body><main><h1>K</h1>" + content +
         "</main></body></html>";
}

const std::string kAmp = "<link rel=amphtml href=https://gear.test/kettles/amp/>";

TEST(Surfaces, CD601OtherFormsAreRead) {
  Policy policy = us();
  std::string form = "<main><h1>K</h1>" + kLink + "</main>";
  policy.variant = [&](std::string_view url) -> std::optional<std::string> {
    if (url == "https://gear.test/kettles/amp/") return form;
    return std::nullopt;
  };
  const AuditReport broken = audit(page_with(kAmp), policy);
  EXPECT_EQ(broken.verdict, PageVerdict::Fail);
  EXPECT_TRUE(rules_of(page_with(kAmp), policy).contains("CD601"));
  form = "<main><h1>K</h1>" + kSays + kLink + "</main>";
  EXPECT_EQ(audit(page_with(kAmp), policy).verdict, PageVerdict::Pass);
  form = "<main><h1>K</h1><p>No links.</p></main>";
  EXPECT_EQ(audit(page_with(kAmp), policy).verdict, PageVerdict::Pass);
}

TEST(Surfaces, CD601FormsThatCannotBeReadAreNoPass) {
  for (const char* head :
       {"<link rel=amphtml href=https://gear.test/kettles/amp/>",
        "<link rel=alternate hreflang=de href=/de/kessel/>",
        "<link rel=alternate media=print href=/kettles/print>",
        "<link rel=alternate media='only screen and (max-width: 640px)' href=//m.gear.test/>"}) {
    const AuditReport report = audit(page_with(head), us());
    EXPECT_EQ(report.verdict, PageVerdict::Indeterminate) << head;
    ASSERT_EQ(report.not_evaluated.size(), 1U) << head;
    EXPECT_TRUE(report.not_evaluated[0].starts_with("CD601")) << head;
  }
  for (const char* head :
       {"<link rel=alternate type=application/rss+xml href=/feed>",
        "<link rel='alternate stylesheet' media=print href=/p.css>",
        "<link rel=canonical href=https://gear.test/k/><link rel=alternate hreflang=en "
        "href=http://gear.test/k/>",
        "<link rel=stylesheet media=print href=data:text/css,>"})
    EXPECT_EQ(audit(page_with(head), us()).verdict, PageVerdict::Pass) << head;
  EXPECT_EQ(audit(page_with(kAmp, "<p>No links.</p>"), us()).verdict, PageVerdict::NotApplicable);
}

TEST(Surfaces, CD602FeedItemsSayItThemselves) {
  Policy feed = us();
  feed.surface = Surface::FeedItem;
  EXPECT_EQ(rules_of("<p>Tea.</p>" + kLink, feed), std::set<std::string>{"CD602"});
  EXPECT_EQ(audit("<p>Tea.</p>" + kLink, feed).verdict, PageVerdict::Warn);
  EXPECT_EQ(audit(kSays + kLink, feed).verdict, PageVerdict::Pass);
  EXPECT_EQ(audit(kLink + kSays, feed).verdict, PageVerdict::Pass);
  EXPECT_EQ(audit("<p>Tea.</p>", feed).verdict, PageVerdict::NotApplicable);
}

TEST(Surfaces, CD603EmailsSayItFirst) {
  Policy email = us();
  email.surface = Surface::Email;
  EXPECT_EQ(rules_of(kLink, email), std::set<std::string>{"CD603"});
  EXPECT_EQ(rules_of(kLink + kSays, email), std::set<std::string>{"CD603"});
  EXPECT_EQ(audit(kSays + kLink, email).verdict, PageVerdict::Pass);
  EXPECT_EQ(audit(kSays + kAmazonLink, email).verdict, PageVerdict::Fail);
  email.email_opt_in = true;
  EXPECT_EQ(audit(kSays + kAmazonLink, email).verdict, PageVerdict::Pass);
}

TEST(Subjects, CD701AlwaysWantsAHuman) {
  const std::string health =
      "<p>Naltrexone is a prescription medication. The usual dose differs by symptoms; side "
      "effects "
      "of the medication are a matter for a physician. Naltrexone and insulin: ask your physician "
      "about the dosage.</p>";
  const std::string disclaimer = "<p>This is not medical advice.</p>";
  EXPECT_TRUE(rules_of(page_with("", kSays + health + kLink), us()).contains("CD701"));
  EXPECT_TRUE(rules_of(page_with("", disclaimer + kSays + health + kLink), us()).contains("CD701"));
  EXPECT_EQ(audit(page_with("", kSays + health + kLink), us()).verdict, PageVerdict::Pass);
  EXPECT_FALSE(rules_of(page_with("", kSays + health), us()).contains("CD701"));
  EXPECT_FALSE(
      rules_of(page_with("", kSays +
                                 "<p>A good dose of sugar, a stock of stocks, and no loan of "
                                 "my pan.</p>" +
                                 kLink),
               us())
          .contains("CD701"));
  Policy de = us();
  de.jurisdictions = {"DE"};
  EXPECT_FALSE(rules_of(page_with("", kSays + health + kLink), de).contains("CD701"));
}

}  // namespace
}  // namespace candor::disclosure
