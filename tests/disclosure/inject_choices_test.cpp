// What owners choose, for their site and for single pages.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "disclosure/inject.h"
#include "disclosure/injection/own_texts.h"

namespace candor::disclosure {
namespace {

Policy site() {
  Policy policy;
  policy.site_name = "Gear Shed";
  return policy;
}

constexpr std::string_view kLink = "<a href=\"https://amzn.to/1\">pot</a>";

std::string page_with(std::string_view head, std::string_view before = "",
                      std::string_view behind = "") {
  return "<html lang=en><head>" + std::string(head) + "</head><body><main><h1>K</h1>" +
         std::string(before) + "<p>" + std::string(kLink) + "</p>" + std::string(behind) +
         "</main></body></html>";
}

bool holds(const std::string& page, std::string_view text) {
  return page.find(text) != std::string::npos;
}

InjectResult stable(const std::string& page, const Policy& policy) {
  InjectResult result = inject(page, policy);
  const InjectResult again = inject(result.page, policy);
  EXPECT_EQ(again.page, result.page) << again.why_passed_through;
  EXPECT_NE(again.outcome, InjectOutcome::Changed);
  return result;
}

TEST(PageOverride, OffKeepsTheDisclosureOutAndIsReported) {
  const std::string page = page_with("<meta name=candor content=off>");
  const InjectResult result = stable(page, site());
  EXPECT_EQ(result.outcome, InjectOutcome::Unchanged);
  EXPECT_EQ(result.after.verdict, PageVerdict::Fail);
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_TRUE(holds(result.notes[0], "keeps the disclosure from this page"));
  // What an earlier run put in goes.
  std::string disclosed = inject(page_with("<meta name=candor content=on>"), site()).page;
  disclosed.replace(disclosed.find("content=on"), 10, "content=off");
  EXPECT_FALSE(holds(inject(disclosed, site()).page, "data-candor"));
}

TEST(PageOverride, ChangesJurisdictionsLanguageAndText) {
  const auto disclosed = [](std::string_view content) {
    return stable(page_with("<meta name=\"Candor\" content=\"" + std::string(content) + "\">"),
                  site())
        .page;
  };
  EXPECT_TRUE(holds(disclosed("jurisdictions = UK , DE"), "<p>Ad / Anzeige"));
  EXPECT_TRUE(holds(disclosed("language=de"), "lang=\"de\"><p>Anzeige: Alle"));
  EXPECT_TRUE(holds(disclosed("block=We earn money when you buy a {site} pot; jurisdictions=UK"),
                    "<p>Ad: We earn money when you buy a Gear Shed pot</p>"));
}

TEST(PageOverride, ReportsWhatItDoesNotFollow) {
  const InjectResult result =
      stable(page_with("<meta name=candor content=\"of; jurisdictions=usa,US; language=tlh; "
                       "block=This page may contain affiliate links.\">"),
             site());
  EXPECT_EQ(result.notes.size(), 4U);
  EXPECT_TRUE(holds(result.page, "<p>We earn a commission when you buy through"));
}

TEST(PageOverride, KeepsTheSitesJurisdictionsBesideAnUnknownOne) {
  Policy policy = site();
  policy.jurisdictions = {"UK"};
  const auto disclosed = [&](const std::string& codes) {
    return stable(page_with("<meta name=candor content=\"jurisdictions=" + codes + "\">"), policy);
  };
  EXPECT_TRUE(holds(disclosed("XX").page, "<p>Ad &#8211; "));
  EXPECT_TRUE(holds(disclosed("de, XX").page, "<p>Ad / Anzeige"));
  Policy german = site();
  german.jurisdictions = {"DE"};
  EXPECT_TRUE(
      holds(stable(page_with("<meta name=candor content=\"jurisdictions=UK, XX\">"), german).page,
            "Anzeige"));
  ASSERT_EQ(disclosed("XX").notes.size(), 1U);
  EXPECT_TRUE(holds(disclosed("XX").notes.front(), "\"XX\" is no jurisdiction Candor knows"));
  EXPECT_TRUE(holds(disclosed("GB").page, "<p>Ad &#8211; "));
  EXPECT_TRUE(disclosed("GB").notes.empty());
}

TEST(PageOverride, OfATemplateIsNone) {
  const InjectResult result =
      stable(page_with("<template><meta name=candor content=off></template>"), site());
  EXPECT_EQ(result.outcome, InjectOutcome::Changed);
}

TEST(PageOverride, CannotMakeTheSitesAuditPass) {
  Policy policy = site();
  policy.jurisdictions = {"UK"};
  const InjectResult result =
      stable(page_with("<meta name=candor content=\"jurisdictions=US\">"), policy);
  EXPECT_TRUE(holds(result.page, "(paid link)"));
  EXPECT_EQ(result.after.verdict, PageVerdict::Fail);
}

TEST(OwnTexts, ReplaceTheTemplates) {
  Policy policy = site();
  policy.choices.texts = {
      {"en", "Shops pay {site} a commission when you buy through links marked {label}.",
       "All shops here pay {site} a commission when you buy.", "(#ad)", ""}};
  const InjectResult result = stable(page_with(""), policy);
  EXPECT_TRUE(holds(result.page, "<p>All shops here pay Gear Shed a commission when you buy.</p>"));
  EXPECT_TRUE(holds(result.page, "pot<span data-candor=\"label\"> (#ad)</span>"));
  const InjectResult some =
      stable(page_with("", "", "<a href=https://www.amazon.com/dp/1>x</a>"), policy);
  EXPECT_TRUE(holds(some.page, "through links marked (#ad).</p>")) << some.page;
}

TEST(OwnTexts, AreRefusedWhenTheyDoNotDisclose) {
  const auto fault = [](OwnTexts texts) { return fault_in(texts).value_or("none"); };
  EXPECT_EQ(fault({"en", "", "", "", ""}), "none");
  EXPECT_EQ(fault({"en", "", "We earn a commission when you buy through our links.", "(Ad)", ""}),
            "none");
  EXPECT_TRUE(holds(fault({"tlh", "", "", "", ""}), "language:"));
  EXPECT_TRUE(holds(fault({"en", "This page uses affiliate links.", "", "", ""}), "top: does not"));
  EXPECT_TRUE(holds(fault({"en", "",
                           "This post may contain affiliate links; we earn a commission "
                           "when you buy.",
                           "", ""}),
                    "top_all: says that there may be"));
  EXPECT_TRUE(holds(fault({"en", "", "", "(aff)", ""}), "label: is no label"));
  EXPECT_TRUE(holds(fault({"en", "", "We earn money when you buy, {name}.", "", ""}), "slot"));
  EXPECT_TRUE(holds(fault({"en", "", "", "", "We receive no commission."}), "footer: denies"));
}

TEST(Footer, RepeatsHowLinksAreMarked) {
  Policy policy = site();
  policy.choices.footer = true;
  const std::string with_footer =
      "<main><h1>K</h1><p>" + std::string(kLink) + "</p></main><footer><p>(c)</p></footer>";
  const InjectResult result = stable(with_footer, policy);
  EXPECT_TRUE(holds(result.page,
                    "<p>(c)</p><div data-candor=\"footer\" role=\"note\" lang=\"en-US\"><p>How we "
                    "make money:"))
      << result.page;
  EXPECT_TRUE(holds(stable(page_with(""), policy).page, "</div></body>"));
  policy.choices.footer = false;
  EXPECT_FALSE(holds(inject(result.page, policy).page, "How we make money"));
}

TEST(Stylesheet, IsLinkedOnceFromTheHead) {
  Policy policy = site();
  policy.choices.stylesheet_url = "/go/-/candor.css?v=1";
  const InjectResult result = stable(page_with("<title>t</title>"), policy);
  EXPECT_TRUE(holds(result.page,
                    "<link data-candor=\"style\" rel=\"stylesheet\" "
                    "href=\"/go/-/candor.css?v=1\"></head>"))
      << result.page;
  EXPECT_FALSE(holds(inject(result.page, site()).page, "candor.css"));
}

TEST(Disclaimers, StandOnTheOwnersPathsAndClearNothing) {
  Policy policy = site();
  policy.choices.disclaimers = {{"health", {"/health/*"}, "{site} is no doctor.", "en"}};
  policy.article_path = "/health/pots/";
  const InjectResult result = stable(page_with(""), policy);
  EXPECT_TRUE(holds(result.page,
                    "</div><div data-candor=\"disclaimer\" role=\"note\" lang=\"en\"><p>Gear Shed "
                    "is no doctor.</p></div>"))
      << result.page;
  const InjectResult unpaid =
      stable("<html lang=en><body><main><h1>K</h1><p>text</p></main>", policy);
  EXPECT_TRUE(holds(unpaid.page, "</h1><div data-candor=\"disclaimer\""));
  policy.article_path = "/garden/pots/";
  EXPECT_FALSE(holds(inject(result.page, policy).page, "doctor"));
  EXPECT_FALSE(holds(inject(unpaid.page, policy).page, "data-candor"));
}

TEST(LegacyTexts, GoOnRequestAndAreReportedOtherwise) {
  Policy policy = site();
  const std::string old =
      "<div class=note><p><em>This post may contain affiliate links. See our <a "
      "href=/d>disclosure</a>.</em></p></div>";
  const std::string byline = "<p>By Ann &middot; This post may contain affiliate links.</p>";
  const InjectResult kept = stable(page_with("", byline + old), policy);
  ASSERT_EQ(kept.notes.size(), 1U);
  EXPECT_TRUE(holds(kept.notes[0], "--replace-legacy")) << kept.notes[0];
  EXPECT_TRUE(holds(kept.page, old));
  policy.choices.replace_legacy = true;
  const InjectResult result = stable(page_with("", byline + old), policy);
  EXPECT_FALSE(holds(result.page, old)) << result.page;
  EXPECT_TRUE(holds(result.page, byline));
}

TEST(LegacyTexts, GoWithTheirLinkToTheDisclosurePage) {
  Policy policy = site();
  policy.choices.replace_legacy = true;
  const std::string hedge = "<p>This post may contain affiliate links. ";
  for (const std::string& old : {hedge + "<a href=\"/affiliate-disclosure/\">Learn more</a>.</p>",
                                 hedge + "<a href=/Disclosure><em>Read the details</em></a></p>"})
    EXPECT_FALSE(holds(stable(page_with("", old), policy).page, "may contain")) << old;
  for (const std::string& kept :
       {hedge + "<a href=\"/kettles/\">Learn more</a>.</p>",
        hedge + "I love pots, <a href=\"/disclosure/\">learn more</a>.</p>"})
    EXPECT_TRUE(holds(stable(page_with("", kept), policy).page, kept)) << kept;
}

TEST(LegacyTexts, NeverTakeAnythingElseAlong) {
  Policy policy = site();
  policy.choices.replace_legacy = true;
  for (const char* kept : {"<p>I love pots. This post may contain affiliate links.</p>",
                           "<p><img src=a.jpg>This post may contain affiliate links.</p>",
                           "<p id=note>This post may contain affiliate links.</p>",
                           "<ul><li>This post may contain affiliate links.</li></ul>",
                           "<h2>This post may contain affiliate links</h2>",
                           "<div>This post may contain affiliate links.<ul><li>x</li></ul></div>",
                           "<p>We earn a commission when you buy through our links.</p>"})
    EXPECT_TRUE(holds(inject(page_with("", kept), policy).page, kept)) << kept;
  EXPECT_EQ(inject("<p>This post may contain affiliate links.</p>", policy).outcome,
            InjectOutcome::Unchanged);
}

TEST(Placement, StandsBehindWhatReadersSkipTo) {
  const std::string page =
      "<body><a href=#start>Skip</a><main><h1>K</h1><p>intro</p><div id=start><p>text</p><p>" +
      std::string(kLink) + "</p></div></main>";
  EXPECT_TRUE(holds(stable(page, site()).page, "<div id=start><div data-candor=\"disclosure\""));
}

TEST(Placement, RepeatsTheStatementWhereReadersJumpPastIt) {
  const std::string page =
      "<main><h1>K</h1><p>intro " + std::string(kLink) +
      "</p><p><a href=#tips>Tips</a> <a href=\"#recipe\">Jump to recipe</a> <a "
      "href=\"#end\">End</a></p><h2 id=tips>Tips</h2><p>none</p><div id=recipe><h2>Recipe</h2><p>" +
      std::string(kLink) + "</p></div><h2 id=end>End</h2><p>none</p></main>";
  const InjectResult result = stable(page, site());
  EXPECT_TRUE(holds(result.page,
                    "<h2>Recipe</h2><div data-candor=\"disclosure\" role=\"note\" "
                    "lang=\"en-US\"><p>We earn a commission when you buy through the product links "
                    "on this page.</p></div>"))
      << result.page;
  EXPECT_TRUE(holds(result.page, "Tips</h2><p>none")) << result.page;
  EXPECT_TRUE(holds(result.page, "End</h2><p>none")) << result.page;
}

TEST(Placement, StandsAboveAPaidLinkInPlainMarkupBeforeTheMain) {
  const std::string page = "<body><div><p>Deal: " + std::string(kLink) +
                           "</p></div><main><h1>K</h1><p>" + std::string(kLink) + "</p></main>";
  const InjectResult result = stable(page, site());
  EXPECT_LT(result.page.find("data-candor=\"disclosure\""), result.page.find("amzn.to"));
  EXPECT_EQ(result.after.verdict, PageVerdict::Pass);
}

TEST(Placement, NeverInATable) {
  const std::string page =
      "<body><table><tr><td><h1>K</h1><p>" + std::string(kLink) + "</p></td></tr></table></body>";
  EXPECT_TRUE(holds(stable(page, site()).page, "<body><div data-candor=\"disclosure\""));
}

TEST(Title, OfAWhollyPaidArticleSaysSoWhereRegulatorsWantIt) {
  const auto titled = [](std::vector<std::string> jurisdictions, const std::string& rest = "") {
    Policy policy = site();
    policy.jurisdictions = std::move(jurisdictions);
    const InjectResult result = stable(page_with("", "", rest), policy);
    EXPECT_EQ(result.after.title, "K");
    EXPECT_EQ(result.after.verdict, PageVerdict::Pass);
    return result.page;
  };
  EXPECT_TRUE(
      holds(titled({"UK", "DE"}), "<h1><span data-candor=\"label\">Ad / Anzeige: </span>K"));
  EXPECT_TRUE(holds(titled({"KR"}), "<h1><span data-candor=\"label\">&#44305;&#44256;: </span>K"));
  EXPECT_TRUE(holds(titled({"US", "FR"}), "<h1>K</h1>"));
  EXPECT_TRUE(holds(titled({"UK"}, "<a href=https://www.walmart.com/ip/1>x</a>"), "<h1>K</h1>"));
}

TEST(Inject, SeedLikePageComesOutClean) {
  const std::string page =
      "<!doctype html><html lang=en><head><title>Soup</title></head><body><nav><a "
      "href=/shop>Amazon</a></nav><article><h1>Soup</h1><p class=byline>By Heather &middot; May 3 "
      "&middot; This post may contain affiliate links.</p><p>Use <a "
      "href=\"https://www.amazon.com/dp/B0?tag=x-20\">this pot</a>.</p></article><footer><p>Many "
      "outgoing links on this site are affiliate links. If you purchase, I receive a small "
      "percentage of the sale. HDC Media is a participant in the Amazon Services LLC Associates "
      "Program.</p></footer></body></html>";
  EXPECT_EQ(inject(page, site()).before.verdict, PageVerdict::Fail);
  const InjectResult result = stable(page, site());
  EXPECT_EQ(result.after.verdict, PageVerdict::Pass);
  for (const RuleFinding& finding : result.after.findings)
    EXPECT_EQ(finding.severity, Severity::Info) << finding.rule << finding.message;
  std::string unpaid = result.page;
  const std::size_t link = unpaid.find("<a data-candor-added=");
  unpaid.erase(link, unpaid.find("</a>", link) + 4 - link);
  EXPECT_FALSE(holds(stable(unpaid, site()).page, "data-candor"));
}

}  // namespace
}  // namespace candor::disclosure
