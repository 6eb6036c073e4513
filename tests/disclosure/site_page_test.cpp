#include "disclosure/injection/site_page.h"

#include <gtest/gtest.h>

#include "disclosure/audit.h"

namespace candor::disclosure {
namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(SitePage, NamesEachProgrammeOnceAndSaysWhatTheyAskFor) {
  Policy policy;
  policy.site_name = "Gear & Shed";
  const SitePage page = site_page(policy, {{"awin", "www.awin1.com"},
                                           {"amazon", "www.amazon.de"},
                                           {"amazon", "www.amazon.com"},
                                           {"awin", ""},
                                           {"", "x.test"}});
  EXPECT_TRUE(holds(page.html, "<ul>\n<li>Amazon</li>\n<li>Awin</li>\n</ul>"));
  EXPECT_TRUE(holds(page.html, "stores pay Gear &amp; Shed a commission"));
  EXPECT_TRUE(holds(page.html, "<p lang=\"de\">Als Amazon-Partner"));
  EXPECT_TRUE(holds(page.html, "<p>As an Amazon Associate I earn"));
  EXPECT_FALSE(holds(page.html, "same price"));
  EXPECT_TRUE(page.notes.empty());
}

TEST(SitePage, SpeaksEveryLanguageThereAreTextsIn) {
  for (const std::string& locale : template_locales()) {
    Policy policy;
    policy.language = locale;
    const std::string document = as_document(site_page(policy, {{"amazon", "www.amazon.pl"}}));
    EXPECT_TRUE(holds(document, "<html lang=\"" + locale + "\">")) << locale;
    EXPECT_EQ(document.find('{', document.find("<main>")), std::string::npos) << locale;
    for (const RuleFinding& finding : audit(document, policy).findings)
      EXPECT_EQ(finding.severity, Severity::Info) << finding.rule << finding.message;
  }
}

TEST(SitePage, TellsOfUnverifiedSentences) {
  Policy policy;
  EXPECT_EQ(site_page(policy, {{"amazon", "www.amazon.nl"}}).notes.size(), 1U);
}

}  // namespace
}  // namespace candor::disclosure
