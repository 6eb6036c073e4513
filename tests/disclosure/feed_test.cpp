#include "disclosure/feed.h"

#include <gtest/gtest.h>

#include <string>

#include "html/tokenizer.h"

namespace candor::disclosure {
namespace {

Policy site() {
  Policy policy;
  policy.site_name = "Gear Shed";
  policy.site_hosts = {"gear.test"};
  return policy;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string rss(const std::string& items) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>T &amp; "
         "T</title><language>en-US</language>\n" +
         items + "\n</channel></rss>\n";
}
std::string item(const std::string& content) {
  return "<item><title>Best &lt;pots&gt;</title><link>https://gear.test/pots/</link>" + content +
         "</item>";
}

InjectResult stable(const std::string& feed, const Policy& policy) {
  EXPECT_TRUE(is_feed(feed));
  InjectResult result = inject(feed, policy);
  EXPECT_EQ(result.outcome, InjectOutcome::Changed) << result.why_passed_through;
  const InjectResult again = inject(result.page, policy);
  EXPECT_EQ(again.page, result.page);
  EXPECT_EQ(again.outcome, InjectOutcome::Unchanged) << again.why_passed_through;
  EXPECT_EQ(result.after.verdict, PageVerdict::Pass);
  return result;
}

constexpr std::string_view kBlock =
    "<div data-candor=\"disclosure\" role=\"note\" lang=\"en-US\"><p>We earn a commission when you "
    "buy through the product links on this page.</p><p>As an Amazon Associate I earn from "
    "qualifying purchases.</p></div>";

TEST(Feed, DisclosesContentInCData) {
  const std::string other = item("<description>No link.</description>");
  const std::string before =
      rss(item("<content:encoded><![CDATA[<p>Buy a <a href=\"https://amzn.to/1\">pot</a> &amp; "
               "pan.</p>]]></content:encoded>") +
          other);
  const InjectResult result = stable(before, site());
  EXPECT_NE(result.before.verdict, PageVerdict::Pass);
  EXPECT_EQ(result.page, rss(item("<content:encoded><![CDATA[" + std::string(kBlock) +
                                  "<p>Buy a <a data-candor-added=\"sponsored nofollow\" "
                                  "rel=\"sponsored nofollow\" href=\"https://amzn.to/1\">pot<span "
                                  "data-candor=\"label\"> (paid link)</span></a> &amp; "
                                  "pan.</p>]]></content:encoded>") +
                             other));
}

TEST(Feed, EscapesWhatGoesIntoEscapedHtml) {
  const InjectResult result = stable(
      rss(item(
          "<description>&#60;p&gt;Caf&#xE9; &amp;amp; <![CDATA[<b>x</b>]]> &lt;a "
          "href=\"https://amzn.to/1\" rel='noopener'&gt;pot&lt;/a&gt;&lt;/p&gt;</description>")),
      site());
  EXPECT_TRUE(holds(result.page, "<description>&lt;div data-candor=\"disclosure\" role=\"note\" "))
      << result.page;
  EXPECT_TRUE(holds(result.page,
                    "&lt;/div&gt;&#60;p&gt;Caf&#xE9; &amp;amp; <![CDATA[<b>x</b>]]> "
                    "&lt;a data-candor-added=\"sponsored nofollow\" href=\"https://amzn.to/1\" "
                    "rel='noopener sponsored "
                    "nofollow'&gt;pot&lt;span data-candor=\"label\"&gt; (paid "
                    "link)&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;</description>"))
      << result.page;
}

TEST(Feed, DisclosesAtomHtmlAndXhtml) {
  const std::string feed =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><entry><title>K</title><link "
      "href=\"https://gear.test/k/\"/><summary type=\"text\">&lt;a "
      "href=\"https://amzn.to/1\"&gt;</summary><content type=\"xhtml\"><div "
      "xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ein <a "
      "href=\"https://amzn.to/1\">Topf</a><br/></p></div></content></entry><entry><content "
      "type='html'>&lt;p>&lt;a "
      "href='https://amzn.to/2'>Pfanne&lt;/a>&lt;/p></content></entry></feed>";
  Policy policy = site();
  policy.jurisdictions = {"DE"};
  const InjectResult result = stable(feed, policy);
  EXPECT_TRUE(holds(result.page,
                    "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><div "
                    "data-candor=\"disclosure\" role=\"note\" lang=\"de\"><p>Anzeige: Alle "
                    "Shop-Links"))
      << result.page;
  EXPECT_TRUE(holds(result.page, "Topf<span data-candor=\"label\"> (Anzeige)</span></a><br/>"));
  EXPECT_TRUE(holds(result.page, "type='html'>&lt;div data-candor"));
  EXPECT_TRUE(holds(result.page, "<summary type=\"text\">&lt;a href=\"https://amzn.to/1\"&gt;</s"));
  EXPECT_EQ(result.after.links.size(), 2U);
}

std::string atom(const std::string& root_attributes, const std::string& content) {
  return "<feed xmlns=\"http://www.w3.org/2005/Atom\"" + root_attributes +
         "><entry><title>K</title><link href=\"https://gear.test/k/\"/>" + content +
         "</entry></feed>";
}

TEST(Feed, LeavesTheDivOfXhtmlTheOnlyChildOfItsContent) {
  const std::string before = atom("",
                                  "<content type=\"xhtml\">\n <div "
                                  "xmlns=\"http://www.w3.org/1999/xhtml\"><div><p>A <a "
                                  "href=\"https://amzn.to/1\">pot</a></p></div></div>\n</content>");
  std::string unpaid = stable(before, site()).page;
  EXPECT_TRUE(holds(unpaid, "\">\n <div xmlns=\"http://www.w3.org/1999/xhtml\">" +
                                std::string(kBlock) + "<div><p>A <a data-candor-added="))
      << unpaid;
  EXPECT_TRUE(holds(unpaid, "</a></p></div></div>\n</content>")) << unpaid;
  const std::string paid =
      "<a data-candor-added=\"sponsored nofollow\" rel=\"sponsored nofollow\" "
      "href=\"https://amzn.to/1\">";
  unpaid.replace(unpaid.find(paid), paid.size(), "<a href=\"/\">");
  EXPECT_EQ(inject(unpaid, site()).page,
            atom("",
                 "<content type=\"xhtml\">\n <div xmlns=\"http://www.w3.org/1999/xhtml\"><div>"
                 "<p>A <a href=\"/\">pot</a></p></div></div>\n</content>"));
}

TEST(Feed, SeesWhatTheDivOfXhtmlDoesToItsContent) {
  std::string page = stable(atom("",
                                 "<content type=\"xhtml\"><div xml:lang=\"de\" "
                                 "xmlns=\"http://www.w3.org/1999/xhtml\"><p>A <a "
                                 "href=\"https://amzn.to/1\">pot</a></p></div></content>"),
                            site())
                         .page;
  EXPECT_TRUE(holds(page, "lang=\"de\"><p>")) << page;
  const std::string opening = "<div xml:lang=\"de\"";
  page.replace(page.find(opening), opening.size(), "<div hidden=\"\" xml:lang=\"de\"");
  EXPECT_NE(audit(page, site()).verdict, PageVerdict::Pass);
}

TEST(Feed, WritesXhtmlUnderThePrefixOfItsDiv) {
  const auto feed = [](const std::string& in_div, const std::string& link) {
    return atom(" xmlns:h=\"http://www.w3.org/1999/xhtml\"",
                "<content type=\"xhtml\"><x:div xmlns:x=\"http://www.w3.org/1999/xhtml\">" +
                    in_div + "<x:p>A " + link + "<x:br/></x:p></x:div></content>");
  };
  std::string unpaid = stable(feed("", "<h:a href=\"https://amzn.to/1\">pot</h:a>"), site()).page;
  EXPECT_EQ(
      unpaid,
      feed(
          "<x:div data-candor=\"disclosure\" role=\"note\" lang=\"en-US\"><x:p>We earn a "
          "commission "
          "when you buy through the product links on this page.</x:p><x:p>As an Amazon Associate I "
          "earn from qualifying purchases.</x:p></x:div>",
          "<h:a data-candor-added=\"sponsored nofollow\" rel=\"sponsored nofollow\" "
          "href=\"https://amzn.to/1\">pot<x:span "
          "data-candor=\"label\"> (paid link)</x:span></h:a>"));
  const std::string paid =
      "data-candor-added=\"sponsored nofollow\" rel=\"sponsored nofollow\" "
      "href=\"https://amzn.to/1\"";
  unpaid.replace(unpaid.find(paid), paid.size(), "href=\"/\"");
  EXPECT_EQ(inject(unpaid, site()).page, feed("", "<h:a href=\"/\">pot</h:a>"));
}

TEST(Feed, ReadsAtomUnderAnyPrefix) {
  const std::string feed =
      "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"de\"><a:entry><a:title>K</a:title>"
      "<a:content type=\"html\">&lt;a href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;</a:content>"
      "</a:entry></a:feed>";
  const AuditReport report = audit(feed, site());
  EXPECT_EQ(report.verdict, PageVerdict::Warn);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_TRUE(holds(report.findings.front().message, "item \"K\": "));
  EXPECT_TRUE(holds(stable(feed, site()).page, "lang=\"de\"&gt;"));
}

TEST(Feed, ReadsContentAndDescriptionsUnderAnyPrefix) {
  const std::string html = "&lt;a href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;";
  stable(rss(item("<c:encoded xmlns:c=\"http://purl.org/rss/1.0/modules/content/\">" + html +
                  "</c:encoded>")),
         site());
  stable(
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
      "xmlns:r=\"http://purl.org/rss/1.0/\"><r:item><r:title>K</r:title><r:description>" +
          html + "</r:description></r:item></rdf:RDF>",
      site());
  stable(rss(item("<h:body xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:p><h:a "
                  "href=\"https://amzn.to/1\">pot</h:a></h:p></h:body>")),
         site());
  EXPECT_EQ(audit(rss(item("<m:description xmlns:m=\"http://search.yahoo.com/mrss/\">" + html +
                           "</m:description>")),
                  site())
                .verdict,
            PageVerdict::NotApplicable);
}

TEST(Feed, DoesNotJudgePrefixesItCannotResolve) {
  const std::string link = "<h:a href=\"https://amzn.to/1\">pot</h:a>";
  const std::string open = "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">";
  const std::string close = "</div></content>";
  for (const std::string& feed :
       {atom("", open + link + close), atom(" xmlns:h=\"urn:x\"", open + link + close),
        atom(
            "",
            "<x:content type=\"html\">&lt;a href=\"https://amzn.to/1\"&gt;p&lt;/a&gt;</x:content>"),
        atom(" xmlns:h=\"http://www.w3.org/1999/xhtml\"",
             open + "<h:p xmlns=\"urn:x\">" + link + "</h:p>" + close)}) {
    const InjectResult result = inject(feed, site());
    EXPECT_EQ(result.page, feed);
    EXPECT_EQ(result.outcome, InjectOutcome::PassedThrough) << feed;
    EXPECT_EQ(result.after.verdict, PageVerdict::Indeterminate) << feed;
  }
}

TEST(Feed, TakesABlockBesideTheDivOfXhtmlIn) {
  const std::string link = "<a href=\"https://amzn.to/1\">pot</a>";
  const std::string div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
  const std::string plain = atom("", "<content type=\"xhtml\">" + div + link + "</div></content>");
  std::string beside = plain;
  beside.insert(beside.find(div), kBlock);
  EXPECT_EQ(stable(beside, site()).page, stable(plain, site()).page);
}

TEST(Feed, ReadsXhtmlAsXmlDoes) {
  const std::string link = "<a href=\"https://amzn.to/1\">pot</a>";
  const auto feed = [&](const std::string& before) {
    return atom(" xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:o=\"urn:o\"",
                "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">" + before +
                    "<p>" + link + "</p></div></content>");
  };
  for (const char* before :
       {"<iframe/>", "<textarea/>", "<title/>", "<br/>", "<p><![CDATA[</div><a href=x>&]]></p>",
        "<p><s:svg><s:path d=''/></s:svg></p>", "<o:p>x</o:p>", "<o:title/>"}) {
    const InjectResult result = stable(feed(before), site());
    EXPECT_EQ(result.after.links.size(), 1U) << before;
    EXPECT_TRUE(holds(result.page, before)) << result.page;
  }
}

TEST(Feed, SeesLinksWhereverRss1IsDeclared) {
  const std::string feed =
      "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><item "
      "xmlns=\"http://purl.org/rss/1.0/\"><title>K</title><description>&lt;a "
      "href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;</description></item></r:RDF>";
  EXPECT_EQ(stable(feed, site()).after.links.size(), 1U);
}

TEST(Feed, LinksThroughTheSiteOnlyByAbsoluteAddresses) {
  Policy policy = site();
  policy.slug_of = [](const PaidLink&) { return std::optional<std::string>("pan"); };
  policy.beacon = {"https://gear.test/go/-/candor.js", "https://gear.test/go/-/b", "m", false,
                   policy.slug_of};
  policy.article_path = "/feed.xml";
  const std::string before =
      rss(item("<description><![CDATA[<a href=\"https://www.awin1.com/cread.php?awinmid=1&amp;"
               "awinaffid=2\">pan</a><p>x</p>]]></description>"));
  policy.go_prefix = "/go/";
  EXPECT_TRUE(holds(stable(before, policy).page, "href=\"https://www.awin1.com/"));
  policy.go_prefix = "https://gear.test/go/";
  const std::string page = stable(before, policy).page;
  EXPECT_TRUE(holds(page, "href=\"https://gear.test/go/pan?a=%2Fpots%2F&amp;p=1\"")) << page;
  EXPECT_FALSE(holds(page, "<script"));
}

TEST(Feed, TakesItsMarkupOutWithTheLastPaidLink) {
  const std::string before =
      rss(item("<description><![CDATA[<p>A <a href=\"https://amzn.to/1\">pot</a></p>]]>"
               "</description>"));
  std::string unpaid = stable(before, site()).page;
  const std::string paid =
      "<a data-candor-added=\"sponsored nofollow\" rel=\"sponsored nofollow\" "
      "href=\"https://amzn.to/1\">";
  unpaid.replace(unpaid.find(paid), paid.size(), "<a href=\"/\">");
  EXPECT_EQ(inject(unpaid, site()).page,
            rss(item("<description><![CDATA[<p>A <a href=\"/\">pot</a></p>]]></description>")));
}

TEST(Feed, FindingsStandWhereTheFeedHasThem) {
  const std::string feed =
      rss(item("\n<description>&lt;p&gt;a&lt;/p&gt; &lt;a "
               "href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;</description>"));
  const AuditReport report = audit(feed, site());
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().line, 4U);
  EXPECT_EQ(report.findings.front().column, 35U);
  EXPECT_TRUE(holds(report.findings.front().message, "item \"Best <pots>\": "));
  EXPECT_EQ(feed.substr(report.findings.front().place.begin, 5), "&lt;a");
}

TEST(Feed, CountsColumnsInCharactersOfOneLongLine) {
  const std::string link =
      "<description>\u00e9 &lt;a href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;</description>";
  const std::string feed = rss(item(link) + item(link));
  std::vector<RuleFinding> links;
  for (const RuleFinding& each : audit(feed, site()).findings)
    if (feed.substr(each.place.begin, 5) == "&lt;a") links.push_back(each);
  ASSERT_GE(links.size(), 2U);
  const std::size_t line_begin = feed.find("<item>");
  for (const RuleFinding& each : links) {
    EXPECT_EQ(each.line, 3U);
    const std::string before = feed.substr(line_begin, each.place.begin - line_begin);
    const auto accents = before.find("\u00e9") == before.rfind("\u00e9") ? 1U : 2U;
    EXPECT_EQ(each.column, before.size() - accents + 1);
  }
  EXPECT_LT(links.front().column, links.back().column);
}

TEST(Feed, TellsTheDisclosuresOfItsItemsWhereTheyStand) {
  const std::string disclosure = "We earn a commission when you buy through links on this page.";
  const std::string feed =
      rss(item("<description>&lt;p&gt;" + disclosure +
               "&lt;/p&gt;&lt;a href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;</description>"));
  const AuditReport report = audit(feed, site());
  ASSERT_EQ(report.disclosures.size(), 1U);
  EXPECT_EQ(report.disclosures.front().text, disclosure);
  EXPECT_EQ(report.disclosures.front().place.begin, feed.find(disclosure));
}

TEST(Feed, PassesThroughWhatItCannotRead) {
  const std::string link = "&lt;a href=\"https://amzn.to/1\"&gt;pot&lt;/a&gt;";
  for (const std::string& feed : {rss(item("<description>" + link + "<!-- x --></description>")),
                                  rss(item("<description>" + link + "&nbsp;</description>")),
                                  rss(item("<description>" + link + "</description>")) + "<rss",
                                  "<rss><item><description>" + link,
                                  "<!DOCTYPE rss [<!ENTITY x \"y\">]>" +
                                      rss(item("<description>" + link + "</description>"))}) {
    const InjectResult result = inject(feed, site());
    EXPECT_EQ(result.page, feed);
    if (!is_feed(feed)) continue;
    EXPECT_EQ(result.outcome, InjectOutcome::PassedThrough) << feed;
    EXPECT_EQ(result.after.verdict, PageVerdict::Indeterminate);
  }
}

TEST(Feed, GivesUpOnMoreNamespacesThanCanBeFollowed) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<p xmlns:a=\"urn:x\">";
  const AuditReport report =
      audit(atom("", "<content type=\"xhtml\"><div>" + deep + "</div></content>"), site());
  EXPECT_EQ(report.verdict, PageVerdict::Indeterminate);
  ASSERT_EQ(report.not_evaluated.size(), 1U);
  EXPECT_TRUE(holds(report.not_evaluated.front(), "too many namespaces"));
}

TEST(Feed, IsToldFromPages) {
  EXPECT_TRUE(is_feed("\xEF\xBB\xBF<?xml version='1.0'?><!-- x --><rss>"));
  EXPECT_TRUE(is_feed("<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\">"));
  EXPECT_TRUE(is_feed("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">"));
  for (const char* page : {"", "rss", "<!doctype html><rss>x", "<html><rss>", "<feed>",
                           "text <rss>", "<?xml version='1.0'?><urlset/>", "<rdf:RDF>"})
    EXPECT_EQ(is_feed(page), std::string_view(page).starts_with("<!doctype html><rss>")) << page;
}

}  // namespace
}  // namespace candor::disclosure
