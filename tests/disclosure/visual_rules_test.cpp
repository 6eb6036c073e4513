// How disclosures and paid links look: hidden by style sheets, faint, small, painted.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "disclosure/audit.h"
#include "disclosure/inject.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/page/style_sources.h"

namespace candor::disclosure {
namespace {

constexpr const char* kDisclosure = "We earn a commission when you buy through links on this page.";
constexpr const char* kLink =
    "<a rel=\"sponsored nofollow\" "
    "href=\"https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2\">"
    "Kettle</a>";

std::string page_of(const std::string& head, const std::string& disclosure,
                    const std::string& link = std::string("<p>The best is the ") + kLink +
                                              " (paid link) that we have tried so far.</p>") {
  return "<!doctype html><html lang=en><head><meta charset=utf-8><title>t</title>" + head +
         "</head><body><main><h1>K</h1>" + disclosure + "<p>" + std::string(200, 'x') + "</p>" +
         link + "</main></body></html>";
}

std::string styled(const std::string& css, const std::string& disclosure) {
  return page_of("<style>" + css + "</style>", disclosure);
}

std::string p(const std::string& attributes, const std::string& text = kDisclosure) {
  return "<p " + attributes + ">" + text + "</p>";
}

Policy policy() {
  Policy policy;
  policy.jurisdictions = {"US"};
  return policy;
}

std::map<std::string, Severity> broken(const std::string& page, const Policy& rules = policy()) {
  std::map<std::string, Severity> found;
  for (const RuleFinding& finding : audit(page, rules).findings)
    found[finding.rule] = std::max(found[finding.rule], finding.severity);
  return found;
}

std::string message_of(const std::string& page, const std::string& rule) {
  for (const RuleFinding& finding : audit(page, policy()).findings)
    if (finding.rule == rule) return finding.message;
  return "";
}

TEST(VisualRules, PassWhatIsPlainToSee) {
  for (const std::string& page :
       {page_of("", p("")), styled("p{color:#333}body{background:#fff}", p("")),
        styled(".d{display:none}.d{display:block}", p("class=d")),
        styled("#x .d{display:none}", p("class=d")), styled(".d:hover{display:none}", p("class=d")),
        styled("@media print{nav{display:none}}", p("class=d")),
        styled(".d{color:white;background:#000}", p("class=d")),
        styled(".d{color:#fff}main{background:navy}", p("class=d"))}) {
    const auto found = broken(page);
    EXPECT_TRUE(found.empty()) << found.begin()->first << ": "
                               << message_of(page, found.begin()->first) << "\n"
                               << page;
    EXPECT_EQ(audit(page, policy()).verdict, PageVerdict::Pass);
  }
}

TEST(VisualRules, CD301OurOwnNoticeIsHiddenInEveryJurisdiction) {
  for (const char* jurisdiction :
       {"US", "UK", "DE", "FR", "ES", "IT", "PL", "SE", "JP", "KR", "CN"}) {
    Policy own = policy();
    own.jurisdictions = {jurisdiction};
    for (const char* other : {"", " and <a href=https://www.amazon.com/dp/B0>that</a>"}) {
      std::string page = inject(page_of("", "",
                                        "<p>The best is the <a href=\"https://amzn.to/1\">"
                                        "Kettle</a>" +
                                            std::string(other) + ".</p>"),
                                own)
                             .page;
      EXPECT_EQ(audit(page, own).verdict, PageVerdict::Pass) << jurisdiction;
      const std::string shown = page;
      page.insert(page.find("</head>"), "<style>[role=note]{display:none}</style>");
      EXPECT_EQ(broken(page, own)["CD301"], Severity::Error) << jurisdiction << other;
      page = shown;
      page.insert(page.find("</head>"), "<style>[role=button]{display:none}</style>");
      EXPECT_FALSE(broken(page, own).contains("CD301")) << jurisdiction << other;
    }
  }
}

TEST(VisualRules, FindWhatStyleSheetsHide) {
  for (const std::string css : {".d{display:none}",
                                "main .d{display:none}",
                                "main > p.d{visibility:hidden}",
                                "[data-note]{display:none}",
                                "p[data-note^=af]{opacity:.1}",
                                "h1+.d{font-size:0}",
                                ".d{position:absolute;left:-9999px}",
                                ".d{text-indent:-9999px}",
                                ".d{clip:rect(0 0 0 0);position:absolute}",
                                ".d{clip-path:inset(50%)}",
                                ".d{height:0;overflow:hidden}",
                                ".d{max-height:1px;overflow-y:hidden}",
                                ".d{transform:scale(0)}",
                                "main{opacity:.5}p{opacity:.3}",
                                ":root{--s:none}.d{display:var(--s)}",
                                "@media screen{.d{display:none}}",
                                "@media (min-width:900px){.d{display:none}}",
                                "@supports (display:grid){.d{display:none}}",
                                "@layer a{.d{display:none}}",
                                "main{& .d{display:none}}",
                                "main{.d{display:none}}",
                                ".d{display:none!important}.d{display:block}",
                                ":is(.x,.d){display:none}",
                                "p:not(.z):first-of-type{display:none}",
                                "body{visibility:hidden}",
                                ".d{font:0/0 a}",
                                ".\\64{display:none}",
                                "/**/.d/**/{display/**/:none}"})
    EXPECT_TRUE(broken(styled(css, p("class=d data-note=affiliate"))).contains("CD301")) << css;
}

TEST(VisualRules, FindWhatClassesHideWithoutAnyStyleSheet) {
  for (const std::string name : {"sr-only", "visually-hidden", "screen-reader-text"})
    EXPECT_TRUE(broken(page_of("", p("class='a " + name + "'"))).contains("CD301")) << name;
  EXPECT_TRUE(
      broken(page_of("", "<div class=sr-only><div>" + p("") + "</div></div>")).contains("CD301"));
}

TEST(VisualRules, JudgeTheTextThatIsLeftInView) {
  EXPECT_TRUE(broken(styled("i{display:none}",
                            p("", "<i>We earn a commission when you buy through links</i> here.")))
                  .contains("CD301"));
  EXPECT_FALSE(
      broken(styled("i{display:none}", p("", std::string(kDisclosure) + "<i> Really.</i>")))
          .contains("CD301"));
}

TEST(VisualRules, FindWhatOpensOnRequestOnly) {
  EXPECT_TRUE(
      broken(page_of("", "<button aria-expanded=false aria-controls=n>?</button><div id=n>" +
                             p("") + "</div>"))
          .contains("CD302"));
  EXPECT_FALSE(
      broken(page_of("", "<button aria-expanded=true aria-controls=n>?</button><div id=n>" + p("") +
                             "</div>"))
          .contains("CD302"));
  EXPECT_TRUE(broken(page_of("", "<div class='collapse'>" + p("") + "</div>")).contains("CD302"));
  EXPECT_FALSE(
      broken(page_of("", "<div class='collapse show'>" + p("") + "</div>")).contains("CD302"));
  const auto toggled = broken(
      styled(".collapse:not(.show){display:none}", "<div class=collapse>" + p("") + "</div>"));
  EXPECT_TRUE(toggled.contains("CD302"));
  EXPECT_FALSE(toggled.contains("CD301"));
  EXPECT_TRUE(broken(page_of("", "<details><summary>?</summary>" + p("") + "</details>"))
                  .contains("CD302"));
  EXPECT_FALSE(broken(page_of("", "<details open><summary>?</summary>" + p("") + "</details>"))
                   .contains("CD302"));
}

TEST(VisualRules, MeasureContrast) {
  using enum Severity;
  EXPECT_EQ(broken(page_of("", p("style='color:#ccc;background:#fff'"))).at("CD304"), Error);
  EXPECT_EQ(broken(page_of("", p("style='color:#fff'"))).at("CD304"), Error);
  EXPECT_EQ(broken(page_of("", p("style='color:#888'"))).at("CD304"), Warn);
  EXPECT_FALSE(broken(page_of("", p("style='color:#767676'"))).contains("CD304"));
  EXPECT_EQ(
      broken(styled("main{background:rgb(0 0 0/50%)}.d{color:#777}", p("class=d"))).at("CD304"),
      Error);
  EXPECT_EQ(broken(styled(".d{opacity:.4}", p("class=d"))).at("CD304"), Error);
  EXPECT_EQ(
      broken(styled(":root{--grey:hsl(218,11%,65%)}.d{color:var(--x,var(--grey))}", p("class=d")))
          .at("CD304"),
      Error);
  EXPECT_NE(
      message_of(page_of("", p("style='color:#9ca3af;background:#fff'")), "CD304").find("2.54:1"),
      std::string::npos);
}

TEST(VisualRules, SayWhenContrastCannotBeKnown) {
  const AuditReport report =
      audit(styled(".d{color:#fff;background:url(a.png)}", p("class=d")), policy());
  EXPECT_EQ(report.verdict, PageVerdict::Indeterminate);
  ASSERT_EQ(report.not_evaluated.size(), 1U);
  EXPECT_TRUE(report.not_evaluated[0].starts_with("CD304"));
}

TEST(VisualRules, MeasureTheDarkPageToo) {
  const std::string css =
      "@media (prefers-color-scheme:dark){body{background:#222;color:#eee}.d{color:#333}}";
  EXPECT_TRUE(broken(styled(css, p("class=d"))).contains("CD304"));
  EXPECT_FALSE(broken(styled(css, p(""))).contains("CD304"));
}

TEST(VisualRules, MeasureSize) {
  using enum Severity;
  EXPECT_EQ(broken(page_of("", p("style='font-size:9px'"))).at("CD305"), Error);
  EXPECT_EQ(
      broken(page_of("", p("", "<small>" + std::string(kDisclosure) + "</small>"))).at("CD305"),
      Warn);
  EXPECT_EQ(broken(styled("body{font-size:20px}.d{font-size:.55em}", p("class=d"))).at("CD305"),
            Error);
  EXPECT_FALSE(
      broken(styled("html{font-size:62.5%}body{font-size:1.6rem}", p(""))).contains("CD305"));
  EXPECT_FALSE(
      broken(styled(".d{font-size:clamp(1rem,2vw,2rem)}", p("class=d"))).contains("CD305"));
}

TEST(VisualRules, FindLabelsThatAreOnlyPainted) {
  const std::string bare = std::string("<p>The best is the ") + kLink + " that we have tried.</p>";
  const auto with = [&](const std::string& css) {
    return broken(page_of("<style>" + css + "</style>", p(""), bare));
  };
  EXPECT_EQ(with("a[rel~=sponsored]::after{content:' (paid link)'}").at("CD307"), Severity::Warn);
  EXPECT_TRUE(with("a:after{content:'*'}").contains("CD307"));
  EXPECT_TRUE(with("a::before{content:'Ad'}").contains("CD307"));
  EXPECT_FALSE(with("a::after{content:' \\2197'}").contains("CD307"));
  EXPECT_FALSE(with("a::after{content:none}").contains("CD307"));
  EXPECT_FALSE(with("").contains("CD307"));
}

TEST(VisualRules, FindLabelsThatAreHidden) {
  const std::string link = std::string("<p>The best is the ") + kLink +
                           " <span class=l>(paid link)</span> that we have tried.</p>";
  EXPECT_TRUE(broken(page_of("<style>p .l{display:none}</style>", p(""), link)).contains("CD403"));
  EXPECT_FALSE(broken(page_of("", p(""), link)).contains("CD403"));
}

TEST(VisualRules, FindWhatSmallWindowsAndPaperHide) {
  EXPECT_EQ(broken(styled("@media (max-width:480px){.d{display:none}}", p("class=d"))).at("CD310"),
            Severity::Warn);
  EXPECT_TRUE(broken(styled("@media (width<400px){main .d{display:none}}", p("class=d")))
                  .contains("CD310"));
  EXPECT_TRUE(broken(styled("@media print{.d{display:none}}", p("class=d"))).contains("CD310"));
  EXPECT_FALSE(broken(styled("@media print{.e{display:none}}", p("class=d"))).contains("CD310"));
  EXPECT_TRUE(broken(page_of("", p("class=sponsored"))).contains("CD310"));
  EXPECT_TRUE(
      broken(page_of("", "<div id=affiliate-disclosure>" + p("") + "</div>")).contains("CD310"));
}

TEST(VisualRules, FindLinksThatLookLikeTheText) {
  const std::string bare = std::string("<p>The best is the ") + kLink + " that we have tried.</p>";
  const auto with = [&](const std::string& css, const std::string& link) {
    return broken(page_of("<style>" + css + "</style>", p(""), link));
  };
  const std::string alike = "a{text-decoration:none;color:inherit}";
  EXPECT_EQ(with(alike, bare).at("CD405"), Severity::Warn);
  EXPECT_FALSE(with("a{color:inherit}", bare).contains("CD405"));
  EXPECT_FALSE(with("a{text-decoration:none;color:inherit;border-bottom:1px solid}", bare)
                   .contains("CD405"));
  EXPECT_FALSE(with("a{text-decoration:none;color:#c00;background:#ff0}", bare).contains("CD405"));
  EXPECT_FALSE(
      with(alike, std::string("<p>The best is the ") + kLink + " (paid link) that we tried.</p>")
          .contains("CD405"));
  const std::string many = page_of("<style>" + alike + "</style>", p(""), bare + bare + bare);
  EXPECT_NE(message_of(many, "CD405").find("2 other links"), std::string::npos);
}

TEST(VisualRules, FindLinksWithoutAWord) {
  const std::string picture =
      "<p><a rel=\"sponsored nofollow\" href=\"https://amzn.to/1\"><img src=a.png "
      "alt=Kettle></a></p>";
  EXPECT_TRUE(broken(page_of("", p(""), picture)).contains("CD405"));
}

TEST(VisualRules, NeverPassWhatAnUnreadStyleSheetDecides) {
  const std::string sheet = "<link rel=stylesheet href=/site.css>";
  const AuditReport report = audit(page_of(sheet, p("")), policy());
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.verdict, PageVerdict::Indeterminate);
  ASSERT_EQ(report.not_evaluated.size(), 1U);
  EXPECT_EQ(report.not_evaluated[0],
            "CD304, CD305, CD310: style sheets that could not be read (/site.css)");
  // Without a disclosure in view there is nothing to look at.
  EXPECT_TRUE(audit(page_of(sheet, ""), policy()).not_evaluated.empty());
  EXPECT_TRUE(
      audit(page_of("<link rel=stylesheet href=//fonts.googleapis.com/css?a>", p("")), policy())
          .not_evaluated.empty());
}

TEST(VisualRules, ReadStyleSheetsThatStandInTheirAddress) {
  EXPECT_TRUE(broken(page_of("<link rel=stylesheet href='data:text/css,.d%7Bdisplay:none%7d'>",
                             p("class=d")))
                  .contains("CD301"));
  EXPECT_EQ(audit(page_of("<link rel=stylesheet href=data:text/css;base64,AA>", p("")), policy())
                .not_evaluated.size(),
            1U);
}

TEST(VisualRules, ReadTheStyleSheetsTheyAreGiven) {
  Policy rules = policy();
  std::multiset<std::string> asked;
  rules.stylesheet = [&](std::string_view url) -> std::optional<std::string> {
    asked.emplace(url);
    if (url == "https://a.example/css/site.css") return "@import 'more.css' screen;p{color:#000}";
    if (url == "https://a.example/css/more.css") return ".d{display:none}";
    return std::nullopt;
  };
  rules.article_path = "https://a.example/post/";
  const std::string sheet = "<link rel='stylesheet' href='../css/site.css'>";
  EXPECT_TRUE(broken(page_of(sheet, p("class=d")), rules).contains("CD301"));
  EXPECT_EQ(asked.count("https://a.example/css/more.css"), 1U);
  EXPECT_EQ(audit(page_of(sheet, p("")), rules).verdict, PageVerdict::Pass);
  // A sheet for print, made one for all by a script once it is there.
  const std::string late =
      "<link rel=stylesheet href=/css/more.css media=print onload=\"this.media='all'\">";
  EXPECT_TRUE(broken(page_of(late, p("class=d")), rules).contains("CD301"));
  const std::string print = "<link rel=stylesheet href=/css/more.css media=print>";
  EXPECT_TRUE(broken(page_of(print, p("class=d")), rules).contains("CD310"));
}

TEST(VisualRules, ReadTheSheetsOfAnEditedPageOnce) {
  const std::string sheet = "<style>.d{color:#000}</style>";
  const std::string page = page_of(sheet, p("class=d"));
  const std::string edited = page + "<p>More.</p>";
  const std::string restyled = page_of("<style>.d{color:#111}</style>", p("class=d"));
  const PageFacts first = facts_of(page, policy());
  ASSERT_TRUE(first.looks.styles);
  EXPECT_EQ(facts_of(edited, policy(), &first).looks.styles, first.looks.styles);
  EXPECT_NE(facts_of(restyled, policy(), &first).looks.styles, first.looks.styles);
}

TEST(StyleAddresses, AreThoseOfThePageThoughNothingIsSaidOfItsLinks) {
  const std::string page = page_of(
      "<link rel=stylesheet href=/a.css><link rel=stylesheet href=near.css>"
      "<link rel=stylesheet href=/a.css media=print><link rel=stylesheet href=/off.css disabled>"
      "<link rel=stylesheet href=https://cdn.example/c.css><link rel=icon href=/i.png>",
      "");
  Policy rules = policy();
  rules.article_path = "/kettles/";
  rules.stylesheet = [](std::string_view address) -> std::optional<std::string> {
    if (address == "/a.css") return "@import 'css/more.css';";
    return std::nullopt;
  };
  EXPECT_EQ(style_addresses(page, rules),
            (std::vector<std::string>{"/a.css", "/kettles/near.css", "https://cdn.example/c.css",
                                      "/css/more.css"}));
  EXPECT_EQ(style_addresses(std::string(kPageLimit + 1, ' ') + page, rules),
            std::vector<std::string>());
}

}  // namespace
}  // namespace candor::disclosure
