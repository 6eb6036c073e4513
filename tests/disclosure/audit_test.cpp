#include "disclosure/audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace candor::disclosure {
namespace {

Policy policy_for(std::vector<std::string> jurisdictions) {
  Policy policy;
  policy.site_name = "Gear Shed";
  policy.jurisdictions = std::move(jurisdictions);
  return policy;
}

std::set<std::string> rules_in(const AuditReport& report) {
  std::set<std::string> rules;
  for (const RuleFinding& finding : report.findings) rules.insert(finding.rule);
  return rules;
}

std::set<std::string> rules_of(std::string_view page, const Policy& policy) {
  return rules_in(audit(page, policy));
}

constexpr const char* kAwin = "https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2";
constexpr const char* kAmazon = "https://www.amazon.com/dp/B000000001?tag=gear-20";

std::string link_to(const char* href) {
  return std::string("<p><a rel=\"sponsored\" href=\"") + href + "\">Kettle</a> (paid link)</p>";
}

std::string page_of_the_byline(const std::string& footer) {
  return "<!doctype html><html lang=\"en\"><title>t</title><body><header><nav><a "
         "href=\"/\">Home</a>"
         "</nav></header><main><article><h1>Naltrexone</h1><p class=\"meta\">By Ann &middot; This "
         "post may contain affiliate links.</p><p>" +
         std::string(400, 'x') + "</p>" + link_to(kAmazon) + "</article></main><footer>" + footer +
         "</footer></body></html>";
}

TEST(Audit, ThePageOfTheByline) {
  const std::string explained =
      "<p>Many outgoing links on this site are affiliate links. If you purchase something I "
      "receive "
      "a small percentage of the sale.</p>";
  const std::string participant =
      "<p>HDC Media is a participant in the Amazon Services LLC Associates Program";
  const std::string fees =
      ", an affiliate advertising program designed to provide a means for sites to earn "
      "advertising fees by advertising and linking to Amazon.com.</p>";
  for (const std::string& footer : {explained + participant + fees, participant + fees,
                                    participant + ".</p>", participant + " ...</p>"}) {
    const AuditReport report = audit(page_of_the_byline(footer), policy_for({"US"}));
    EXPECT_EQ(rules_in(report),
              (std::set<std::string>{"CD104", "CD201", "CD202", "CD210", "CD502", "CD503"}))
        << footer;
    EXPECT_EQ(report.verdict, PageVerdict::Fail);
    for (const RuleFinding& finding : report.findings) {
      EXPECT_EQ(finding.jurisdiction, "US");
      EXPECT_EQ(finding.line, 1U);
      const bool grave = finding.rule == "CD104" || finding.rule == "CD202";
      EXPECT_EQ(finding.severity, finding.rule == "CD502" ? Severity::Info
                                  : grave                 ? Severity::Error
                                                          : Severity::Warn)
          << finding.rule;
    }
    EXPECT_EQ(report.title, "Naltrexone");
    EXPECT_EQ(report.language, "en");
  }
}

TEST(Audit, SeveritiesDifferByJurisdiction) {
  const std::string page =
      "<main><p>This post may contain affiliate links. We earn a commission when you buy.</p>" +
      link_to(kAwin) + "</main>";
  const AuditReport report = audit(page, policy_for({"US", "UK"}));
  std::set<std::string> seen;
  for (const RuleFinding& finding : report.findings)
    if (finding.rule == "CD201")
      seen.insert(finding.jurisdiction + ":" + std::string(name_of(finding.severity)));
  EXPECT_EQ(seen, (std::set<std::string>{"US:warn", "UK:error"}));
  ASSERT_EQ(report.verdicts.size(), 2U);
  EXPECT_EQ(report.verdicts[0].verdict, PageVerdict::Warn);
  EXPECT_EQ(report.verdicts[1].verdict, PageVerdict::Fail);
  EXPECT_EQ(report.verdict, PageVerdict::Fail);
}

TEST(Audit, OldHedgesDoNoHarmBesideAnEffectiveDisclosure) {
  const std::string page =
      "<main><h1>K</h1><p class=meta>This post may contain affiliate links.</p>"
      "<div><p>We earn a commission when you buy through the links on this page.</p></div>" +
      link_to(kAwin) + "</main>";
  EXPECT_EQ(rules_of(page, policy_for({"US"})), std::set<std::string>{});
  EXPECT_EQ(audit(page, policy_for({"US"})).verdict, PageVerdict::Pass);
}

TEST(Audit, PlacementRulesExcludeEachOther) {
  const std::string text = "<p>We earn a commission when you buy through links.</p>";
  const auto us = policy_for({"US"});
  const std::string link = link_to(kAwin);
  EXPECT_EQ(rules_of("<main>" + text + link + "</main>", us), std::set<std::string>{});
  EXPECT_EQ(rules_of("<main>" + link + text + link + "</main>", us),
            std::set<std::string>{"CD102"});
  EXPECT_EQ(rules_of("<main>" + link + text + "</main>", us), std::set<std::string>{"CD107"});
  EXPECT_EQ(rules_of("<main>" + link + "</main><footer>" + text + "</footer>", us),
            std::set<std::string>{"CD104"});
  EXPECT_EQ(rules_of("<main>" + link + "</main><aside>" + text + "</aside>", us),
            std::set<std::string>{"CD106"});
  EXPECT_EQ(rules_of("<main>" + link + "</main>", us), std::set<std::string>{"CD101"});
}

TEST(Audit, BannerWordsAreNoDisclosure) {
  EXPECT_TRUE(
      rules_of("<main><div>Advertisement</div>" + link_to(kAwin) + "</main>", policy_for({"US"}))
          .contains("CD101"));
}

TEST(Audit, AmazonsSentenceCoversOnlyAmazonsLinks) {
  const std::string sentence = "<p>As an Amazon Associate I earn from qualifying purchases.</p>";
  const auto us = policy_for({"US"});
  EXPECT_EQ(rules_of("<main>" + sentence + link_to(kAmazon) + "</main>", us),
            std::set<std::string>{});
  EXPECT_EQ(rules_of("<main>" + sentence + link_to(kAmazon) + link_to(kAwin) + "</main>", us),
            std::set<std::string>{"CD101"});
}

TEST(Audit, UnknownRedirectsAndShortLinksAreNeverAPass) {
  const auto us = policy_for({"US"});
  for (const char* href : {"https://dub.sh/abc", "/recommends/kettle", "https://a.co/d/1"}) {
    const AuditReport report =
        audit(std::string("<main><p><a href=\"") + href + "\">x</a></p></main>", us);
    EXPECT_EQ(report.verdict, PageVerdict::Indeterminate) << href;
    EXPECT_EQ(report.not_evaluated.size(), 1U) << href;
    EXPECT_TRUE(report.links.empty()) << href;
  }
}

TEST(Audit, OwnRedirectsArePaidLinksWithTheirSlug) {
  Policy policy = policy_for({"US"});
  policy.go_prefix = "https://gear.test/go/";
  policy.site_hosts = {"gear.test"};
  for (const char* href : {"https://gear.test/go/kettle?a=%2Fx", "/go/kettle", " /go/kettle#top"}) {
    const AuditReport report =
        audit(std::string("<main><p><a href=\"") + href + "\">Kettle</a></p></main>", policy);
    ASSERT_EQ(report.links.size(), 1U) << href;
    EXPECT_EQ(report.links[0].slug, "kettle") << href;
    EXPECT_EQ(report.links[0].network, "") << href;
    EXPECT_EQ(report.links[0].placement, 1) << href;
  }
  EXPECT_TRUE(audit("<a href=\"https://other.test/go/kettle\">x</a>", policy).links.empty());
  EXPECT_TRUE(audit("<a href=\"/go/a/b\">x</a>", policy).links.empty());
}

TEST(Audit, LinksAreReadAsBrowsersDo) {
  const AuditReport report = audit(
      "<main><a href='//www.amazon.com/dp/B1?x=1&amp;tag=g-20'>A</a>"
      "<a href=' https://www.awin1.com/cr\nead.php?awinmid=1&awinaffid=2 '>B <b>C</b></a>"
      "<template><a href=https://amzn.to/1>no</a></template>"
      "<script>'<a href=https://amzn.to/1>no</a>'</script><!-- <a href=https://amzn.to/2>no</a> -->"
      "</main>",
      policy_for({"US"}));
  ASSERT_EQ(report.links.size(), 2U);
  EXPECT_EQ(report.links[0].network, "amazon");
  EXPECT_TRUE(report.links[0].stays_direct);
  EXPECT_EQ(report.links[1].network, "awin");
  EXPECT_EQ(report.links[1].text, "B C");
  EXPECT_EQ(report.links[1].placement, 2);
}

TEST(Audit, PagesThatCannotBeReadAreIndeterminate) {
  const auto us = policy_for({"US"});
  EXPECT_EQ(audit(std::string((std::size_t{8} << 20) + 1, 'x'), us).verdict,
            PageVerdict::Indeterminate);
  EXPECT_EQ(audit(std::string("\xFF\xFE<\0p\0", 6), us).verdict, PageVerdict::Indeterminate);
  EXPECT_EQ(audit("", us).verdict, PageVerdict::NotApplicable);
}

TEST(Audit, FindingsSayWhereAndWhy) {
  const AuditReport report =
      audit("<main>\n\n<p><a href=\"https://amzn.to/1\">Kettle</a></p></main>", policy_for({"US"}));
  ASSERT_FALSE(report.findings.empty());
  for (const RuleFinding& finding : report.findings) {
    EXPECT_EQ(finding.line, 3U) << finding.rule;
    EXPECT_EQ(finding.excerpt, "<a href=\"https://amzn.to/1\">") << finding.rule;
    EXPECT_FALSE(finding.why.empty());
    EXPECT_FALSE(finding.fix.empty());
    EXPECT_FALSE(finding.message.empty());
  }
}

TEST(Audit, ColumnsCountCharactersOfTheLine) {
  const auto us = policy_for({"US"});
  const auto column = [&](const std::string& before) {
    const AuditReport report = audit(before + "<a href=https://amzn.to/1>K</a>", us);
    EXPECT_FALSE(report.findings.empty());
    return report.findings.empty() ? 0 : report.findings[0].column;
  };
  EXPECT_EQ(column(""), 1U);
  EXPECT_EQ(column("abc\n\n  "), 3U);
  EXPECT_EQ(column("caf\xC3\xA9 \xE2\x82\xAC "), 8U);
  EXPECT_EQ(column("<meta charset=iso-8859-1>\ncaf\xE9 "), 6U);
}

TEST(Audit, ListsWhatThePageSaysOfItsLinks) {
  const AuditReport report = audit(
      "<main><p>This post may contain affiliate links.</p><p>We earn a commission when you "
      "buy through links.</p>" +
          link_to(kAwin) + "</main><footer><p>We do not accept payment.</p></footer>",
      policy_for({"US"}));
  ASSERT_EQ(report.disclosures.size(), 4U);
  EXPECT_EQ(report.disclosures[0].wording, "BARE");
  EXPECT_EQ(report.disclosures[0].hedges, "H1");
  EXPECT_FALSE(report.disclosures[0].effective);
  EXPECT_EQ(report.disclosures[1].wording, "EXPLAIN");
  EXPECT_TRUE(report.disclosures[1].effective);
  EXPECT_EQ(report.disclosures[2].wording, "ADLABEL");
  EXPECT_EQ(report.disclosures[3].wording, "NEG");
  EXPECT_EQ(report.disclosures[3].zone, "footer");
}

TEST(Audit, TakesTheOwnersWordForWhereTheArticleIs) {
  // The guess takes the longer text for the article, and the theme's class for a sidebar.
  const std::string page =
      "<!doctype html><html lang=en><body><div id=left><p>" + std::string(400, 'x') +
      "</p></div><div class='sidebar'><div class='post main'><h1>K</h1><p>We earn a commission "
      "when you buy through links on this page.</p>" +
      link_to(kAwin) + "</div></div></body></html>";
  Policy policy = policy_for({"US"});
  EXPECT_TRUE(rules_of(page, policy).contains("CD106"));
  policy.content_selector = "aside, .sidebar > .post";
  EXPECT_FALSE(rules_of(page, policy).contains("CD106"));
  policy.content_selector = ".not-there";
  EXPECT_TRUE(rules_of(page, policy).contains("CD106"));
}

}  // namespace
}  // namespace candor::disclosure
