// Each rule of reliability H or M that HTML alone decides: what breaks it, and what only looks so.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "disclosure/audit.h"

namespace candor::disclosure {
namespace {

Policy in(std::vector<std::string> jurisdictions) {
  Policy policy;
  policy.site_name = "Gear Shed";
  policy.jurisdictions = std::move(jurisdictions);
  policy.site_hosts = {"gear.test"};
  return policy;
}

std::set<std::string> rules_of(const std::string& page, const Policy& policy) {
  std::set<std::string> rules;
  for (const RuleFinding& finding : audit(page, policy).findings) rules.insert(finding.rule);
  return rules;
}

std::string severity_of(const std::string& page, const Policy& policy, std::string_view rule) {
  for (const RuleFinding& finding : audit(page, policy).findings)
    if (finding.rule == rule) return std::string(name_of(finding.severity));
  return "";
}

const std::string kSays = "<p>We earn a commission when you buy through links on this page.</p>";
const std::string kAmazonSays = "<p>As an Amazon Associate I earn from qualifying purchases.</p>";
const std::string kAwin = "https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2";
const std::string kAmazon = "https://www.amazon.com/dp/B000000001?tag=gear-20";

std::string link(const std::string& href, const std::string& behind = " (paid link)",
                 const std::string& more = "") {
  return "<p>A <a rel=sponsored " + more + " href=\"" + href + "\">Kettle</a>" + behind + "</p>";
}
std::string article(const std::string& content, const std::string& language = "en") {
  return "<html lang=" + language + "><body><main><h1>Kettles</h1>" + content +
         "</main></body></html>";
}
std::string words(int count) {
  std::string text = "<p>";
  for (int i = 0; i < count; ++i) text += "word ";
  return text + "</p>";
}

#define EXPECT_BREAKS(rule, page, policy) EXPECT_TRUE(rules_of(page, policy).contains(rule)) << page
#define EXPECT_KEEPS(rule, page, policy) EXPECT_FALSE(rules_of(page, policy).contains(rule)) << page

TEST(Rules, CD102WantsTheFirstLinesInKorea) {
  const std::string late = article(words(300) + kSays + link(kAwin));
  EXPECT_BREAKS("CD102", late, in({"KR"}));
  EXPECT_KEEPS("CD102", late, in({"US"}));
  EXPECT_KEEPS("CD102", article(words(30) + kSays + link(kAwin)), in({"KR"}));
}

TEST(Rules, CD108LinksFarBelowWantALabel) {
  const auto us = in({"US"});
  EXPECT_BREAKS("CD108", article(kSays + words(1100) + link(kAwin, "")), us);
  EXPECT_KEEPS("CD108", article(kSays + words(1100) + link(kAwin)), us);
  EXPECT_KEEPS("CD108", article(kSays + words(600) + link(kAwin, "")), us);
  EXPECT_KEEPS("CD108", article(kSays + words(600) + kSays + words(600) + link(kAwin, "")), us);
  EXPECT_KEEPS("CD108", article(kSays + words(1100) + link(kAwin, "")), in({"UK"}));
  Policy near = us;
  near.words_in_reach = 100;
  EXPECT_BREAKS("CD108", article(kSays + words(150) + link(kAwin, "")), near);
}

TEST(Rules, CD108JumpsPastTheDisclosureWantALabel) {
  const auto us = in({"US"});
  const std::string toc = "<p><a href=#buy>Where to buy</a></p>";
  const std::string section = "<h2 id=buy>Where to buy</h2>";
  EXPECT_BREAKS("CD108", article(toc + kSays + section + link(kAwin, "")), us);
  EXPECT_KEEPS("CD108", article(toc + kSays + section + link(kAwin)), us);
  EXPECT_KEEPS("CD108", article(toc + kSays + section + kSays + link(kAwin, "")), us);
  EXPECT_KEEPS("CD108", article(kSays + section + link(kAwin, "")), us);
  EXPECT_KEEPS("CD108",
               article("<a href=#top>Skip</a><div id=top>" + kSays + link(kAwin, "") + "</div>"),
               us);
}

TEST(Rules, CD109TeasersOfPaidArticlesSayAd) {
  Policy uk = in({"UK"});
  uk.is_wholly_paid = [](std::string_view address) {
    return address == "/best-kettles/" || address == "https://gear.test/best-kettles/";
  };
  EXPECT_BREAKS("CD109", article("<h2><a href=/best-kettles/>Best kettles</a></h2>"), uk);
  EXPECT_BREAKS("CD109", article("<a href=https://gear.test/best-kettles/>Best kettles</a>"), uk);
  EXPECT_KEEPS("CD109", article("<h2><a href=/best-kettles/>Ad: Best kettles</a></h2>"), uk);
  EXPECT_KEEPS("CD109", article("<h2>Ad: <a href=/best-kettles/>Best kettles</a></h2>"), uk);
  EXPECT_KEEPS("CD109", article("<h2><a href=/about/>About</a></h2>"), uk);
  EXPECT_KEEPS("CD109", article("<h2><a href=https://other.test/best-kettles/>K</a></h2>"), uk);
  Policy us = uk;
  us.jurisdictions = {"US"};
  EXPECT_KEEPS("CD109", article("<h2><a href=/best-kettles/>Best kettles</a></h2>"), us);
}

TEST(Rules, CD111OneBlockIsEnough) {
  const auto us = in({"US"});
  const std::string block =
      "<div data-candor=disclosure role=note><p>We earn a commission when you "
      "buy through links.</p></div>";
  EXPECT_BREAKS("CD111", article(block + words(20) + block + link(kAwin)), us);
  EXPECT_KEEPS("CD111", article(block + link(kAwin)), us);
  EXPECT_KEEPS("CD111",
               article("<a href=#buy>Buy</a>" + block + words(20) + "<h2 id=buy>Buy</h2>" + block +
                       link(kAwin)),
               us);
}

TEST(Rules, CD205RefusedLabels) {
  const std::string page = article(words(20) + link(kAwin, " (affiliate link)"));
  EXPECT_EQ(severity_of(page, in({"US"}), "CD205"), "error");
  EXPECT_BREAKS("CD205", article(words(20) + link(kAwin, " #affiliate")), in({"UK"}));
  EXPECT_BREAKS("CD205", article("<p>Anzeige</p><p>#ad</p>" + link(kAwin, "")), in({"ES"}));
  EXPECT_BREAKS("CD205", article("<p>Collab</p>" + link(kAwin, "")), in({"UK"}));
  EXPECT_KEEPS("CD205", article(kSays + link(kAwin, " (affiliate link)")), in({"US"}));
  EXPECT_KEEPS("CD205", article(words(20) + link(kAwin, " by an affiliate of ours")), in({"UK"}));
  EXPECT_KEEPS("CD205", article("<p>Buy now</p><p>Disclosure</p>" + link(kAwin)), in({"US"}));
}

TEST(Rules, CD208SpeaksTheLanguageOfThePage) {
  const std::string german =
      "<p>Wir haben die Geräte im Alltag geprüft und vergleichen hier die Ergebnisse mit den "
      "Angaben "
      "der Hersteller. Das ist nicht immer leicht, aber es lohnt sich für alle, die gern "
      "kochen.</p>";
  const std::string english =
      "<p>We have tried all of the kettles at home, and this is what we found in the tests that "
      "you "
      "will see on the page. It was not easy, but they are all good for tea.</p>";
  const std::string says_german =
      "<p>Anzeige: Wir erhalten eine Provision, wenn du über diese Links kaufst.</p>";
  EXPECT_BREAKS("CD208", article(kSays + german + link(kAwin), "de"), in({"DE"}));
  EXPECT_BREAKS("CD208", article(says_german + english + link(kAwin), "en"), in({"US"}));
  EXPECT_BREAKS("CD208", article(kSays + german + link(kAwin), "en"), in({"DE"}));
  EXPECT_KEEPS("CD208", article(says_german + german + link(kAwin), "de"), in({"DE"}));
  EXPECT_KEEPS("CD208", article(kSays + english + link(kAwin), "de"), in({"DE"}));
  EXPECT_KEEPS("CD208", article(kSays + says_german + german + link(kAwin), "de"), in({"DE"}));
  EXPECT_KEEPS("CD208", article(kSays + "<p>K 500, 1.7 l</p>" + link(kAwin), "de"), in({"DE"}));
}

TEST(Rules, CD209IsShortAndPlain) {
  const auto us = in({"US"});
  const std::string late =
      "<p>Gear Shed was founded by two friends who wanted better tea at work and who have since "
      "written more than four hundred reviews of kettles and pots, and we earn a commission when "
      "you "
      "buy through our links.</p>";
  const std::string legal =
      "<p>Pursuant to the agreements herein, we earn a commission as consideration when you buy "
      "through links.</p>";
  EXPECT_BREAKS("CD209", article(late + link(kAwin)), us);
  EXPECT_BREAKS("CD209", article(legal + link(kAwin)), us);
  EXPECT_KEEPS("CD209", article(kSays + link(kAwin)), us);
  EXPECT_KEEPS("CD209", article(kSays + late + link(kAwin)), us);
  EXPECT_KEEPS("CD209", article(late + link(kAwin)), in({"UK"}));
}

TEST(Rules, CD210StandsByItself) {
  const auto us = in({"US"});
  const std::string byline =
      "<p class=\"entry-meta\">By Ann | We earn a commission when you buy through links.</p>";
  std::string buried = "<p>";
  for (int i = 0; i < 40; ++i) buried += "word ";
  buried += ". We earn a commission when you buy through links. ";
  for (int i = 0; i < 40; ++i) buried += "word ";
  EXPECT_BREAKS("CD210", article(byline + link(kAwin)), us);
  EXPECT_BREAKS("CD210", article(buried + "</p>" + link(kAwin)), us);
  EXPECT_KEEPS("CD210", article(kSays + link(kAwin)), us);
  EXPECT_KEEPS("CD210", article("<p class=meta>By Ann</p>" + kSays + link(kAwin)), us);
  EXPECT_KEEPS("CD210", article(byline + kSays + link(kAwin)), us);
  EXPECT_KEEPS("CD210", article(byline + link(kAwin)), in({"FR"}));
}

TEST(Rules, CD211HasNoSlotsLeft) {
  const auto us = in({"US"});
  for (const char* slot : {"[insert name]", "{{ site.title }}", "{site}", "%s", "[Your Blog]"})
    EXPECT_BREAKS("CD211",
                  article(std::string("<p>") + slot +
                          " – we earn a commission when you buy through links.</p>" + link(kAwin)),
                  us);
  EXPECT_KEEPS("CD211",
               article("<p>[Ad] We earn a commission when you buy through links, up to "
                       "10%since May.</p>" +
                       link(kAwin)),
               us);
  EXPECT_KEEPS("CD211", article(kSays + "<p>Use {{ braces }} in a template.</p>" + link(kAwin)),
               us);
}

TEST(Rules, CD306PicturesAreNoText) {
  const auto us = in({"US"});
  EXPECT_BREAKS("CD306",
                article("<img src=/x.png alt=\"We earn a commission when you buy through links\">" +
                        link(kAwin)),
                us);
  EXPECT_BREAKS("CD306", article("<img src=/affiliate-disclosure.png>" + link(kAwin)), us);
  EXPECT_BREAKS("CD306",
                article("<svg><text>We earn a commission when you buy through links.</text></svg>" +
                        link(kAwin)),
                us);
  EXPECT_KEEPS("CD306", article("<img src=/kettle.png alt=\"A kettle\">" + link(kAwin)), us);
  EXPECT_KEEPS("CD306", article(kSays + "<img src=/affiliate-disclosure.png>" + link(kAwin)), us);
}

TEST(Rules, CD308SignsAreExplainedBeforeTheyStand) {
  const std::string star = link(kAwin, "*");
  const std::string below = "<p>* Werbelink: Wir erhalten eine Provision beim Kauf.</p>";
  EXPECT_EQ(severity_of(article(star + below, "de"), in({"DE"}), "CD308"), "error");
  EXPECT_EQ(severity_of(article(star, "de"), in({"US"}), "CD308"), "warn");
  EXPECT_BREAKS("CD308",
                article("<p><a rel=sponsored href=\"" + kAwin +
                        "\"><i class=\"fa fa-shopping-cart\"></i>Kettle</a></p>"),
                in({"DE"}));
  EXPECT_KEEPS("CD308", article("<p>Mit * markierte Links sind Affiliate-Links.</p>" + star, "de"),
               in({"DE"}));
  EXPECT_KEEPS("CD308", article(below + star, "de"), in({"DE"}));
  EXPECT_KEEPS("CD308", article(link(kAwin, " (Anzeige)"), "de"), in({"DE"}));
  EXPECT_KEEPS("CD308", article(link(kAwin, " 4 * 5")), in({"DE"}));
}

TEST(Rules, CD309TextThatAScriptWrites) {
  const auto us = in({"US"});
  const std::string writes =
      "<script>document.querySelector('.d').innerHTML = 'We earn a commission when you buy through "
      "links on this page.';</script>";
  EXPECT_BREAKS("CD309", article(writes + link(kAwin)), us);
  EXPECT_BREAKS("CD101", article(writes + link(kAwin)), us);
  EXPECT_KEEPS("CD309", article(kSays + writes + link(kAwin)), us);
  EXPECT_KEEPS("CD309",
               article("<script>x.innerHTML='Add to basket';var c='planning commission';</script>" +
                       link(kAwin)),
               us);
  EXPECT_KEEPS(
      "CD309",
      article("<script>var t = 'We earn a commission when you buy through links.';</script>" +
              link(kAwin)),
      us);
}

TEST(Rules, CD402SponsoredWithoutPay) {
  Policy us = in({"US"});
  us.known_link = [](std::string_view) { return std::nullopt; };
  EXPECT_EQ(severity_of(article(kSays + link("/about") + link(kAwin)), us, "CD402"), "info");
  EXPECT_KEEPS("CD402", article(kSays + "<a href=/about>About</a>" + link(kAwin)), us);
  EXPECT_KEEPS("CD402", article(kSays + link("/go/kettle")), us);
  // Without the owner's links nobody knows where it leads.
  EXPECT_EQ(audit(article(kSays + link("/about")), in({"US"})).verdict, PageVerdict::Indeterminate);
}

TEST(Rules, CD404TheLabelComesFirst) {
  EXPECT_BREAKS("CD404", article(link(kAwin, " (Ad)")), in({"UK"}));
  EXPECT_KEEPS("CD404", article("<p>(Ad) <a href=\"" + kAwin + "\">Kettle</a></p>"), in({"UK"}));
  EXPECT_KEEPS("CD404", article("<p><a href=\"" + kAwin + "\">(Ad) Kettle</a></p>"), in({"UK"}));
  EXPECT_KEEPS("CD404", article(link(kAwin, "")), in({"UK"}));
  EXPECT_KEEPS("CD404", article(link(kAwin, " (Ad)")), in({"US"}));
}

TEST(Rules, CD406NamesTheMerchant) {
  const auto us = in({"US"});
  const std::string to = "data-candor-target=\"" + kAmazon + "\"";
  EXPECT_EQ(severity_of(article(kSays + link("https://bit.ly/x", "", to)), us, "CD406"), "error");
  EXPECT_EQ(severity_of(article(kSays + link("https://amzn.to/x", "")), us, "CD406"), "info");
  EXPECT_KEEPS("CD406", article(kSays + link("https://bit.ly/x", " on Amazon", to)), us);
  EXPECT_KEEPS("CD406", article(kSays + link(kAmazon, "")), us);
  EXPECT_KEEPS(
      "CD406",
      article("<p><a href=https://amzn.to/x><img alt=\"Kettle at Amazon\" src=k.png></a></p>"), us);
}

TEST(Rules, CD504ReachesAmazonOpenly) {
  const auto us = in({"US"});
  const std::string to = "data-candor-target=\"" + kAmazon + "\"";
  EXPECT_EQ(severity_of(article(kSays + link("https://bit.ly/x", "", to)), us, "CD504"), "error");
  EXPECT_BREAKS(
      "CD504",
      article(link("https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB1%3F"
                   "tag%3Dg-20")),
      us);
  Policy known = us;
  known.known_link = [](std::string_view address) -> std::optional<KnownLink> {
    if (address.find("/go/kettle") == std::string_view::npos) return std::nullopt;
    return KnownLink{"amazon", kAmazon, ""};
  };
  EXPECT_EQ(
      severity_of(article(link("/go/kettle", "", "referrerpolicy=no-referrer")), known, "CD504"),
      "error");
  EXPECT_KEEPS("CD504", article(link("/go/kettle", "")), known);
  EXPECT_EQ(severity_of(article(link(kAmazon, "", "referrerpolicy=no-referrer")), us, "CD504"),
            "info");
  EXPECT_KEEPS("CD504", article(link(kAmazon, "", "referrerpolicy=origin")), us);
  EXPECT_KEEPS("CD504", article(link(kAwin, "", "referrerpolicy=no-referrer")), us);
  EXPECT_BREAKS("CD504",
                "<head><meta name=referrer content=no-referrer></head>" + article(link(kAmazon)),
                us);
}

TEST(Rules, CD501AsksForTheMarketplacesLanguage) {
  const std::string german = "https://www.amazon.de/dp/B1?tag=g-21";
  const std::string says_german =
      "<p>Als Amazon-Partner verdiene ich an qualifizierten Verkäufen.</p>";
  const auto us = in({"US"});
  EXPECT_BREAKS("CD501", article(kAmazonSays + link(german)), us);
  EXPECT_KEEPS("CD501", article(says_german + link(german)), us);
  EXPECT_KEEPS("CD501", article(says_german + link("https://amzn.to/1"), "de"), us);
  EXPECT_KEEPS("CD501", article(kAmazonSays + link("https://www.amazon.se/dp/B1?tag=g-21")), us);
}

TEST(Rules, CD505TagsFitTheMarketplace) {
  const auto us = in({"US"});
  const auto page = [](const std::string& href) { return article(kSays + link(href)); };
  EXPECT_BREAKS("CD505", page("https://www.amazon.de/dp/B1?tag=gear-20"), us);
  EXPECT_BREAKS("CD505", page("https://www.amazon.com/dp/B1?tag=gear-20&amp;tag=gear-20"), us);
  EXPECT_EQ(severity_of(page("https://www.amazon.com/dp/B1"), us, "CD505"), "");
  EXPECT_EQ(severity_of(article(link(kAmazon) + link("https://www.amazon.com/dp/B1")), us, "CD505"),
            "warn");
  EXPECT_EQ(severity_of(article(link(kAmazon) + "<a href=https://www.amazon.com/dp/B1>x</a>"), us,
                        "CD505"),
            "info");
  EXPECT_KEEPS("CD505", page(kAmazon), us);
  EXPECT_KEEPS("CD505", page("https://www.amazon.co.jp/dp/B1?tag=gear-22"), us);
  EXPECT_KEEPS("CD505", article(link(kAmazon) + "<a href=https://www.amazon.com/help>x</a>"), us);
}

TEST(Rules, CD506PricesSayWhenTheyHeld) {
  const auto us = in({"US"});
  EXPECT_BREAKS("CD506", article(kSays + link(kAmazon, " for $39.99")), us);
  EXPECT_BREAKS("CD506", article(kSays + link(kAmazon, " ab 39,99 €")), us);
  EXPECT_BREAKS("CD506", article(kSays + link(kAmazon, " 4.5 out of 5 stars")), us);
  EXPECT_KEEPS("CD506", article(kSays + link(kAmazon, " for $39.99 as of 23 Nov 2026 10:00")), us);
  EXPECT_KEEPS("CD506", article(kSays + link(kAmazon, " with 40 settings and an e-book")), us);
  EXPECT_KEEPS("CD506", article(kSays + link(kAwin, " for $39.99")), us);
  EXPECT_KEEPS("CD506",
               article(kSays + link(kAmazon, " 39,99 EUR") +
                       "<p>Letzte Aktualisierung am 2.02.2026 / Affiliate Links</p>"),
               us);
}

TEST(Rules, CD507NetworksThatAskForPlainWords) {
  const auto us = in({"US"});
  const std::string ebay = "https://www.ebay.com/itm/1?mkevt=1&amp;campid=5";
  EXPECT_BREAKS("CD507", article(link(ebay)), us);
  EXPECT_BREAKS("CD507", "<main>" + link(ebay) + "</main><footer>" + kSays + "</footer>", us);
  EXPECT_KEEPS("CD507", article(kSays + link(ebay)), us);
  EXPECT_KEEPS("CD507", article(link(kAwin)), us);
  const std::string coupang = "https://link.coupang.com/a/x1";
  EXPECT_EQ(severity_of(article(kSays + link(coupang)), us, "CD507"), "info");
  Policy sure = us;
  sure.choices.confirmed = {"coupang-ko"};
  EXPECT_EQ(severity_of(article(kSays + link(coupang)), sure, "CD507"), "error");
  EXPECT_KEEPS("CD507",
               article("<p>이 포스팅은 쿠팡 파트너스 활동의 일환으로, 이에 따른 일정액의 수수료를 "
                       "제공받습니다.</p>" +
                           link(coupang),
                       "ko"),
               sure);
}

TEST(Rules, CD204IsWorthKnowingWhereNoLawAsksForAWord) {
  const std::string page =
      article("<p>When you buy, the shops pay us a commission.</p>" + link(kAwin, ""));
  EXPECT_EQ(severity_of(page, in({"UK"}), "CD204"), "error");
  EXPECT_EQ(severity_of(page, in({"NL"}), "CD204"), "info");
  EXPECT_EQ(severity_of(page, in({"XX"}), "CD204"), "");
}

}  // namespace
}  // namespace candor::disclosure
