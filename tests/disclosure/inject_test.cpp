#include "disclosure/inject.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace candor::disclosure {
namespace {

Policy stateless() {
  Policy policy;
  policy.site_name = "Gear Shed";
  return policy;
}

Policy with_redirects() {
  Policy policy = stateless();
  policy.go_prefix = "/go/";
  policy.article_path = "/best kettles/";
  policy.site_hosts = {"gear.test"};
  policy.slug_of = [](const PaidLink& link) -> std::optional<std::string> {
    if (link.href.find("none") != std::string::npos) return std::nullopt;
    return "slug-" + link.network;
  };
  return policy;
}

constexpr std::string_view kAwin = "https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2";

std::string changed(std::string_view page, const Policy& policy) {
  const InjectResult result = inject(page, policy);
  EXPECT_EQ(result.outcome, InjectOutcome::Changed) << page << "\n" << result.why_passed_through;
  const InjectResult again = inject(result.page, policy);
  EXPECT_EQ(again.outcome, InjectOutcome::Unchanged) << again.why_passed_through;
  EXPECT_EQ(again.page, result.page);
  return result.page;
}

TEST(Inject, PutsNoticeLabelAndRelIntoAPage) {
  EXPECT_EQ(
      changed("<!doctype html><html lang=en><title>t</title><body><main><h1>Kettles</h1>\n"
              "<p class=meta>By Ann &middot; This post may contain affiliate links.</p>\n"
              "<p>See the <a href=\"https://amzn.to/1\" rel=noopener>kettle</a>.</p></main>",
              stateless()),
      "<!doctype html><html lang=en><title>t</title><body><main><h1>Kettles</h1>\n"
      "<p class=meta>By Ann &middot; This post may contain affiliate links.</p>"
      "<div data-candor=\"disclosure\" role=\"note\" lang=\"en-US\"><p>We earn a commission when "
      "you "
      "buy through the product links on this page.</p><p>As an Amazon Associate I earn from "
      "qualifying purchases.</p></div>\n"
      "<p>See the <a data-candor-added=\"sponsored nofollow\" "
      "href=\"https://amzn.to/1\" rel=\"noopener sponsored nofollow\">kettle<span "
      "data-candor=\"label\"> (paid link)</span></a>.</p></main>");
}

TEST(Inject, SendsLinksThroughTheSitesRedirectsButAmazonAndEbay) {
  const std::string page = changed(
      "<main><h1>K</h1><p><a href=\"" + std::string(kAwin) +
          "\">A</a><a href=\"https://www.ebay.com/itm/1?campid=5\">E</a>"
          "<a href=\"https://amzn.to/1\">Z</a><a href='/go/own?x=1&amp;a=old#f'>O</a>"
          "<a href=\"https://www.awin1.com/cread.php?awinaffid=2&ued=none\">N</a></p></main>",
      with_redirects());
  EXPECT_NE(page.find("href=\"/go/slug-awin?a=%2Fbest%20kettles%2F&amp;p=1\""), std::string::npos);
  EXPECT_NE(page.find("href=\"https://www.ebay.com/itm/1?campid=5\""), std::string::npos);
  EXPECT_NE(page.find("href=\"https://amzn.to/1\""), std::string::npos);
  EXPECT_NE(page.find("href='/go/own?x=1&amp;a=%2Fbest%20kettles%2F&amp;p=4#f'"),
            std::string::npos);
  EXPECT_NE(page.find("href=\"https://www.awin1.com/cread.php?awinaffid=2&ued=none\""),
            std::string::npos);
}

Policy with_beacon() {
  Policy policy = with_redirects();
  policy.beacon = {"https://gear.test/go/-/candor.js?v=1", "https://gear.test/go/-/b", "mac1",
                   false,
                   [](const PaidLink& link) { return std::optional("direct-" + link.network); }};
  return policy;
}

constexpr std::string_view kDirectPage =
    "<!doctype html><html lang=en><head><title>t</title></head><body><main><h1>K</h1>"
    "<p><a href=\"https://amzn.to/1\">Kettle</a> <a href=\"https://www.awin1.com/cread.php?"
    "awinmid=1&amp;awinaffid=2\">Pot</a></p></main></body></html>";

TEST(Inject, MarksDirectLinksAndAddsOneScriptForBeacons) {
  const std::string page = changed(kDirectPage, with_beacon());
  EXPECT_NE(page.find("<script src=\"https://gear.test/go/-/candor.js?v=1\" defer "
                      "data-candor=\"beacon\" data-a=\"/best kettles/\" data-m=\"mac1\">"
                      "</script></head>"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find("<a data-candor-link=\"direct-amazon/1\" "
                      "ping=\"https://gear.test/go/-/b?a=%2Fbest%20kettles%2F&amp;m=mac1"
                      "&amp;l=direct-amazon&amp;p=1\" data-candor-added=\"sponsored nofollow\" "
                      "rel=\"sponsored nofollow\" "
                      "href=\"https://amzn.to/1\">"),
            std::string::npos)
      << page;
  EXPECT_EQ(page.find("direct-awin"), std::string::npos);
  EXPECT_EQ(name_of(inject(page, with_beacon()).after.verdict), "pass");
}

TEST(Inject, TakesBeaconsOutWhenTheyAreSwitchedOff) {
  const std::string with = changed(kDirectPage, with_beacon());
  EXPECT_EQ(changed(with, with_redirects()), changed(kDirectPage, with_redirects()));
  EXPECT_EQ(changed(changed(kDirectPage, with_redirects()), with_beacon()), with);
}

TEST(Inject, BeaconsNeedAnArticleThatIsProven) {
  Policy policy = with_beacon();
  policy.beacon.article_mac.clear();
  EXPECT_EQ(changed(kDirectPage, policy).find("beacon"), std::string::npos);
  policy = with_beacon();
  policy.article_path.clear();
  EXPECT_EQ(changed(kDirectPage, policy).find("data-candor-link"), std::string::npos);
  EXPECT_EQ(inject("<p>No paid link</p>", with_beacon()).outcome, InjectOutcome::Unchanged);
}

TEST(Inject, OwnersPingStays) {
  const std::string page =
      changed("<main><h1>K</h1><p><a ping=\"/mine\" href=\"https://amzn.to/1\">K</a></p></main>",
              with_beacon());
  EXPECT_NE(page.find(" ping=\"/mine\""), std::string::npos);
  EXPECT_EQ(page.find("/-/b?"), std::string::npos);
  // Without a head, the script stands in front of the content's first paid link.
  EXPECT_LT(page.find("<script src="), page.find("amzn.to"));
}

TEST(Inject, KeepsHrefsWithoutAPrefixOrWithOneItCouldNotKnowAgain) {
  Policy policy = with_redirects();
  for (const char* prefix : {"", "go/", "//cdn.test/go/", "/go?to=", "/a/../go/"}) {
    policy.go_prefix = prefix;
    const std::string page =
        changed("<main><p><a href=\"" + std::string(kAwin) + "\">A</a></p></main>", policy);
    EXPECT_NE(page.find("href=\"" + std::string(kAwin) + "\""), std::string::npos) << prefix;
  }
}

TEST(Inject, LeavesPagesWithoutPaidLinksAlone) {
  for (const char* page : {"", "<p>x", "<main><p><a href=\"https://pubmed.test/\">s</a></p></main>",
                           "<p>This post may contain affiliate links.</p>"}) {
    const InjectResult result = inject(page, stateless());
    EXPECT_EQ(result.outcome, InjectOutcome::Unchanged) << page;
    EXPECT_EQ(result.page, page);
    EXPECT_EQ(result.edit_count, 0U);
  }
}

TEST(Inject, ReplacesStaleBlocksAndRemovesThemWithTheLastPaidLink) {
  const std::string before =
      "<main><h1>K</h1><p><a href=\"https://amzn.to/1\">x</a> <a "
      "href=\"https://www.amazon.com/\">y</a></p></main>";
  Policy old = stateless();
  old.site_name = "Old Name";
  const std::string stale = changed(before, old);
  const std::string fresh = changed(stale, stateless());
  EXPECT_EQ(fresh, changed(before, stateless()));
  EXPECT_EQ(fresh.find("Old Name"), std::string::npos);

  std::string unpaid = stale;
  const std::string paid =
      "<a data-candor-added=\"sponsored nofollow\" rel=\"sponsored nofollow\" "
      "href=\"https://amzn.to/1\">";
  unpaid.replace(unpaid.find(paid), paid.size(), "<a href=\"https://example.test/\">");
  const InjectResult removed = inject(unpaid, stateless());
  EXPECT_EQ(removed.outcome, InjectOutcome::Changed);
  EXPECT_EQ(removed.edit_count, 2U);
  EXPECT_EQ(removed.page,
            "<main><h1>K</h1><p><a href=\"https://example.test/\">x</a> <a "
            "href=\"https://www.amazon.com/\">y</a></p></main>");
}

TEST(Inject, ItsOwnRelDoesNotMakeALinkPaid) {
  for (const std::string tail : {"\">x</a>", "\" rel=\"noopener\" class=c>x</a>",
                                 "\" rel=\"\">x</a>", "\" rel=nofollow>x (ad)</a>"}) {
    const auto page = [&](const std::string& href) {
      return "<main><h1>K</h1><p><a href=\"" + href + tail + "</p></main>";
    };
    std::string unpaid = changed(page("https://amzn.to/1"), stateless());
    unpaid.replace(unpaid.find("https://amzn.to/1"), 17, "https://kettles.test/");
    std::string plain = page("https://kettles.test/");
    if (const auto at = plain.find(" rel=\"\""); at != std::string::npos) plain.erase(at, 7);
    if (const auto at = plain.find("=nofollow"); at != std::string::npos)
      plain.replace(at, 9, "=\"nofollow\"");
    EXPECT_TRUE(audit(unpaid, stateless()).not_evaluated.empty()) << unpaid;
    EXPECT_EQ(changed(unpaid, stateless()), plain);
  }
}

TEST(Inject, AnOwnersRelStillSpeaksBesideOurs) {
  // Nobody knows who pays there; the owner says that somebody does.
  std::string page = changed(
      "<main><p><a rel=\"sponsored\" href=\"https://amzn.to/1\">x</a></p></main>", stateless());
  EXPECT_NE(page.find("data-candor-added=\"nofollow\" rel=\"sponsored nofollow\""),
            std::string::npos);
  page.replace(page.find("https://amzn.to/1"), 17, "https://kettles.test/");
  EXPECT_EQ(audit(page, stateless()).verdict, PageVerdict::Indeterminate);
  EXPECT_EQ(inject(page, stateless()).page, page);
}

TEST(Inject, TakesItsRelFromTheLinksThatNoLongerPay) {
  std::string page = changed(
      "<main><h1>K</h1><p><a href=\"https://amzn.to/1\">x</a> <a "
      "href=\"https://amzn.to/2\">y</a></p></main>",
      stateless());
  page.replace(page.find("https://amzn.to/2"), 17, "https://kettles.test/");
  EXPECT_EQ(changed(page, stateless()),
            changed("<main><h1>K</h1><p><a href=\"https://amzn.to/1\">x</a> <a "
                    "href=\"https://kettles.test/\">y</a></p></main>",
                    stateless()));
}

TEST(Inject, KeepsABlockWhoseLinksItCannotTell) {
  // A run without the site's settings does not know what its redirects lead to.
  const std::string page =
      changed("<main><p><a href=\"" + std::string(kAwin) + "\">A</a></p></main>", with_redirects());
  const InjectResult result = inject(page, stateless());
  EXPECT_EQ(result.page, page) << result.why_passed_through;
}

TEST(Inject, OwnersElementsAroundOtherContentAreNotOurs) {
  const std::string owner = "<div data-candor=\"disclosure\"><p>Hand made <b>text</b></p></div>";
  const std::string page =
      changed("<main>" + owner + "<p><a href=\"https://amzn.to/1\">x</a></p></main>", stateless());
  EXPECT_NE(page.find(owner), std::string::npos);
}

TEST(Inject, TakesNestedMarkupOfItsOwnOutAtOnce) {
  const std::string nested =
      "<main><span data-candor=label>x<span data-candor=label> (old)</span></span><div "
      "data-candor=disclosure><p>a<span data-candor=label>b</span></p></div></main>";
  EXPECT_EQ(changed(nested, stateless()), "<main></main>");
}

TEST(Inject, DoesNotRepeatADisclosureTheOwnerMakesWell) {
  const std::string page = changed(
      "<main><h1>K</h1><p>We earn a commission when you buy through links on this page. As an "
      "Amazon "
      "Associate I earn from qualifying purchases.</p><p><a href=\"https://amzn.to/1\">x</a></p>"
      "</main>",
      stateless());
  EXPECT_EQ(page.find("data-candor=\"disclosure\""), std::string::npos);
  EXPECT_NE(page.find("data-candor=\"label\""), std::string::npos);
}

TEST(Inject, DoesNotRepeatALabelTheOwnerWrote) {
  const std::string page = changed(
      "<main><p><a href=\"https://amzn.to/1\">x</a> (paid link), <a href=\"https://amzn.to/2\">y "
      "(Paid "
      "Link)</a> <a href=\"https://amzn.to/3\">z</a></p></main>",
      stateless());
  std::size_t labels = 0;
  for (std::size_t at = page.find("data-candor=\"label\""); at != std::string::npos;
       at = page.find("data-candor=\"label\"", at + 1))
    ++labels;
  EXPECT_EQ(labels, 1U);
}

TEST(Inject, LabelsALinkAroundWholeBlocks) {
  const std::string page = changed(
      "<main><h1>K</h1><a href=\"https://amzn.to/1\"><div>Pan</div><div>19 EUR</div></a></main>",
      stateless());
  EXPECT_NE(page.find("<div>19 EUR</div><span data-candor=\"label\"> (paid link)</span></a>"),
            std::string::npos);
  for (const RuleFinding& finding : inject(page, stateless()).after.findings)
    EXPECT_NE(finding.rule, "CD403");
}

Policy in(std::vector<std::string> jurisdictions) {
  Policy policy = stateless();
  policy.jurisdictions = std::move(jurisdictions);
  return policy;
}

/// A page of the language with a paid link to the host, and what else.
std::string page_in(const std::string& language, const std::string& link,
                    const std::string& rest = "") {
  return "<html lang=" + language + "><main><h1>K</h1><p>" + link + "</p>" + rest +
         "</main></html>";
}
std::string amazon_link(const std::string& host) {
  return "<a href=\"https://www." + host + "/dp/1?tag=x-20\">pot</a>";
}
bool holds(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

TEST(Inject, PutsTheLabelFirstWhereTheJurisdictionSaysSo) {
  for (const char* jurisdiction : {"UK", "KR"}) {
    const std::string page = changed(page_in("en", amazon_link("amazon.com")), in({jurisdiction}));
    EXPECT_TRUE(holds(page, "><span data-candor=\"label\">(Ad) ")) << page;
    EXPECT_TRUE(holds(page, " </span>pot</a>")) << page;
  }
  // A label behind the link is none for readers who want it first.
  const std::string behind = page_in("en", "<a href=\"https://amzn.to/1\">pot</a> (Ad)");
  EXPECT_TRUE(holds(changed(behind, in({"UK"})), "<span data-candor=\"label\">(Ad) </span>pot"));
  const std::string before = page_in("en", "(Ad) <a href=\"https://amzn.to/1\">pot</a>");
  EXPECT_FALSE(holds(changed(before, in({"UK"})), "data-candor=\"label\">(Ad)"));
}

TEST(Inject, CaptionsImagesBehindThem) {
  const std::string page = changed(
      page_in("en", "<a href=\"https://amzn.to/1\"><img src=p.jpg alt=Pot></a>"), in({"US", "UK"}));
  EXPECT_TRUE(holds(page, "alt=Pot><span data-candor=\"label\"> (Ad)</span></a>")) << page;
}

TEST(Inject, SpeaksToAllJurisdictionsAtOnce) {
  const std::string page =
      changed(page_in("en", amazon_link("amazon.com")), in({"US", "UK", "DE"}));
  EXPECT_TRUE(holds(page, "<p>Ad / Anzeige &#8211; every shop link")) << page;
  EXPECT_TRUE(holds(page, "<span data-candor=\"label\">(Ad) (Anzeige) </span>pot")) << page;
  const std::string german = changed(page_in("de", amazon_link("amazon.de")), in({"DE", "JP"}));
  EXPECT_TRUE(holds(german, "<p>Anzeige / &#24195;&#21578;: Alle Shop-Links")) << german;
}

TEST(Inject, NamesEachJurisdictionsWordInTheStatement) {
  const std::string page =
      changed(page_in("fr", amazon_link("amazon.fr")), in({"FR", "ES", "IT", "PL", "SE", "JP"}));
  EXPECT_TRUE(holds(page,
                    "<p>Publicit&#233; / Publicidad / Pubblicit&#224; / Reklama / Reklam / "
                    "&#24195;&#21578; : tous"))
      << page;
}

TEST(Inject, AuditsCleanInEveryJurisdictionItWasMadeFor) {
  const std::vector<std::string> all{"US", "UK", "DE", "FR", "ES", "IT", "PL", "SE", "JP", "KR"};
  std::vector<std::vector<std::string>> sets{all, {"UK", "DE"}, {"KR", "CN", "JP"}};
  for (const std::string& each : all) sets.push_back({each});
  for (const auto& jurisdictions : sets)
    for (const char* language : {"en", "de", "fr", "es", "it", "pl", "sv", "ja", "nl", "pt-BR"})
      for (const char* rest : {"", "<p><a href=\"https://www.amazon.com/dp/2\">plain</a></p>"}) {
        const InjectResult result =
            inject(page_in(language, amazon_link("amazon.com"), rest), in(jurisdictions));
        EXPECT_EQ(result.outcome, InjectOutcome::Changed) << result.why_passed_through;
        for (const RuleFinding& finding : result.after.findings)
          EXPECT_EQ(finding.severity, Severity::Info)
              << language << " " << jurisdictions.front() << " " << finding.rule << " "
              << finding.message << "\n"
              << result.page;
      }
}

TEST(Inject, SaysThatAllShopLinksPayOnlyWhereTheyDo) {
  const std::string paid = amazon_link("amazon.com");
  const auto says = [&](const std::string& other) {
    const std::string page = changed(page_in("en", paid, "<p>" + other + "</p>"), stateless());
    return holds(page, "We earn a commission when you buy")        ? "all"
           : holds(page, "Some links on this page are paid links") ? "some"
                                                                   : "nothing";
  };
  EXPECT_STREQ(says(""), "all");
  EXPECT_STREQ(says("<a href=https://en.wikipedia.org/wiki/Pot>pot</a>"), "all");
  EXPECT_STREQ(says("<a href=https://www.amazon.com/dp/2>pan</a>"), "some");
  EXPECT_STREQ(says("<a href=//amazon.co.uk/dp/2>pan</a>"), "some");
  EXPECT_STREQ(says("<a href=https://www.walmart.com/ip/2>pan</a>"), "some");
  EXPECT_STREQ(says("<a href=https://amazon.example.com/dp/2>pan</a>"), "all");
  EXPECT_STREQ(says("<template><a href=https://www.walmart.com/ip/2>pan</a></template>"), "all");
}

TEST(Inject, GivesAmazonsSentenceInEachMarketplacesLanguageOnce) {
  const std::string page =
      changed(page_in("en", amazon_link("amazon.de") + amazon_link("amazon.de") +
                                amazon_link("amazon.com") + amazon_link("amazon.co.uk")),
              stateless());
  EXPECT_TRUE(holds(page,
                    "<p lang=\"de\">Als Amazon-Partner verdiene ich an qualifizierten "
                    "Verk&#228;ufen.</p><p>As an Amazon Associate I earn from qualifying "
                    "purchases.</p></div>"))
      << page;
}

TEST(Inject, WaitsForTheOwnerToConfirmUnverifiedSentences) {
  Policy policy = in({"PL"});
  const std::string bare = page_in("pl", amazon_link("amazon.pl"));
  const InjectResult waiting = inject(bare, policy);
  EXPECT_TRUE(holds(waiting.page, "<p lang=\"en\">As an Amazon Associate")) << waiting.page;
  ASSERT_EQ(waiting.notes.size(), 1U);
  EXPECT_TRUE(holds(waiting.notes[0], "\"amazon-pl\"")) << waiting.notes[0];
  EXPECT_EQ(inject(waiting.page, policy).notes, waiting.notes);
  policy.choices.confirmed = {"amazon-pl"};
  const InjectResult confirmed = inject(bare, policy);
  EXPECT_TRUE(holds(confirmed.page, "<p>Jako partner Amazon zarabiam"));
  EXPECT_TRUE(confirmed.notes.empty());
}

TEST(Inject, SaysNothingOfPricesUnlessTheOwnerAffirmsIt) {
  Policy policy = stateless();
  const std::string bare = page_in("en", amazon_link("amazon.com"));
  EXPECT_FALSE(holds(changed(bare, policy), "price"));
  policy.choices.same_price = true;
  EXPECT_TRUE(holds(changed(bare, policy), "on this page. You pay the same price.</p>"));
}

TEST(Inject, FindsTheArticleByItsTitleWhereNothingMarksIt) {
  const std::string text(300, 'x');
  const std::string page =
      "<body><div id=header><h1>My Blog</h1></div><div class=page><h1>Soup</h1><p>By Ann</p><div>"
      "<div><p>" +
      text + "</p><p><a href=\"https://amzn.to/1\">pot</a></p></div></div></div>";
  EXPECT_NE(changed(page, stateless()).find("<p>By Ann</p><div data-candor=\"disclosure\""),
            std::string::npos);
}

TEST(Inject, NeverStandsWhereABlockWouldChangeThePage) {
  const std::string link = "<a href=\"https://amzn.to/1\">x</a>";
  const std::string block = "<div data-candor=\"disclosure\"";
  const auto place = [&](const std::string& page) {
    const InjectResult result = inject(page, stateless());
    EXPECT_EQ(result.outcome, InjectOutcome::Changed) << page << result.why_passed_through;
    const std::size_t at = result.page.find(block);
    EXPECT_NE(at, std::string::npos) << page;
    return result.page.substr(0, std::min(at, result.page.size()));
  };
  EXPECT_EQ(place("<body><p>text " + link + "</p>"), "<body>");
  EXPECT_EQ(place("<body><table><tr><td><p>" + link + "</table>"), "<body>");
  EXPECT_EQ(place("<body><main><ul><li>" + link + "</ul></main>"), "<body><main>");
  EXPECT_EQ(place("<body><main><h1>K " + link + "</h1></main>"), "<body><main>");
  EXPECT_EQ(place("<main><header><h1>K</h1><p>By Ann</p></header><p>" + link + "</p></main>"),
            "<main><header><h1>K</h1><p>By Ann</p></header>");
  EXPECT_EQ(place("<body><nav><p>n</p></nav><main><h1>K</h1><div>" + link + "</div></main>"),
            "<body><nav><p>n</p></nav><main><h1>K</h1>");
  // The first link is never closed: everything behind it is inside of it.
  EXPECT_EQ(place("<body><div><a href=/x>open</div><p>text</p><p>" + link + "</p>"), "<body>");
}

TEST(Inject, PassesThroughWhatItCannotEdit) {
  const std::string cut = "<p><a href=\"https://amzn.to/1\">x</a>";
  const InjectResult no_place = inject("<ul><li>" + cut + "</ul>", stateless());
  EXPECT_EQ(no_place.outcome == InjectOutcome::PassedThrough, !no_place.why_passed_through.empty());
  const std::string wide("\xFF\xFE<\0p\0", 6);
  const InjectResult utf16 = inject(wide, stateless());
  EXPECT_EQ(utf16.outcome, InjectOutcome::PassedThrough);
  EXPECT_EQ(utf16.page, wide);
  EXPECT_NE(utf16.why_passed_through.find("UTF-16"), std::string::npos);
  const std::string large((std::size_t{8} << 20) + 1, 'x');
  const InjectResult too_large = inject(large, stateless());
  EXPECT_EQ(too_large.outcome, InjectOutcome::PassedThrough);
  EXPECT_EQ(too_large.page.size(), large.size());
  const std::string in_select = "<main><h1>K</h1><select><style></select>" + cut + "</main>";
  const InjectResult uncertain = inject(in_select, stateless());
  EXPECT_EQ(uncertain.page, in_select);
}

TEST(Inject, IsAsciiInEveryEncoding) {
  const std::string latin =
      "<meta charset=iso-8859-1><html lang=de><main><h1>K\xFC"
      "che</h1><p><a href=https://amzn.to/1>"
      "\xC4pfel</a></p></main>";
  const std::string page = changed(latin, stateless());
  EXPECT_NE(page.find("sind Werbelinks. Beim Kauf erh&#228;lt"), std::string::npos) << page;
  EXPECT_NE(page.find("K\xFC"
                      "che"),
            std::string::npos);
  EXPECT_NE(page.find("(Anzeige)"), std::string::npos);
}

TEST(Inject, MendsTheFixturePages) {
  std::ifstream file(CANDOR_SOURCE_DIR "/tests/fixtures/disclosure/html_fixtures.json");
  ASSERT_TRUE(file);
  for (const auto& fixture : nlohmann::json::parse(file)) {
    Policy policy = stateless();
    policy.jurisdictions = {fixture.at("jurisdiction").get<std::string>()};
    const std::string html = fixture.at("html");
    const InjectResult result = inject(html, policy);
    EXPECT_NE(result.outcome, InjectOutcome::PassedThrough)
        << fixture.at("id") << ": " << result.why_passed_through;
    EXPECT_EQ(inject(result.page, policy).page, result.page) << fixture.at("id");
    if (result.after.links.empty()) continue;
    for (const RuleFinding& finding : result.after.findings)
      // What another site's redirect hides, only the owner can put right.
      EXPECT_TRUE(finding.severity != Severity::Error || finding.rule == "CD207" ||
                  finding.rule == "CD406" || finding.rule == "CD504")
          << fixture.at("id") << " " << finding.rule << ": " << finding.message;
  }
}

}  // namespace
}  // namespace candor::disclosure
