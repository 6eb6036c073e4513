// Which links of a page pay its owner, and what else leads to a network.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "disclosure/audit.h"

namespace candor::disclosure {
namespace {

Policy us() {
  Policy policy;
  policy.jurisdictions = {"US"};
  return policy;
}

AuditReport read(const std::string& body, const Policy& policy = us()) {
  return audit("<!doctype html><html lang=en><body><main>" + body + "</main></body></html>",
               policy);
}

bool has_rule(const AuditReport& report, std::string_view rule) {
  for (const RuleFinding& finding : report.findings)
    if (finding.rule == rule) return true;
  return false;
}

std::string link(const std::string& href) { return "<p><a href=\"" + href + "\">Kettle</a></p>"; }

TEST(PaidLinks, AreFoundWhereverABrowserFindsThem) {
  for (const char* href : {
           "https://www.amazon.com/dp/B1?x=1&amp;tag=g-20",
           "https&#58;//www.amazon.com/dp/B1?tag=g-20",
           "//www.amazon.com./dp/B1?tag=g-20",
           "https://me:secret@www.amazon.com/dp/B1?tag=g-20",
           "https://@www.amazon.com/dp/B1?tag=g-20",
           "\\\\www.amazon.com/dp/B1?tag=g-20",
       }) {
    const AuditReport report = read(link(href));
    ASSERT_EQ(report.links.size(), 1U) << href;
    EXPECT_EQ(report.links[0].network, "amazon") << href;
    EXPECT_TRUE(has_rule(report, "CD101")) << href;
  }
  EXPECT_TRUE(read(link("https://www.amazon.com@evil.test/dp/B1?tag=g-20")).links.empty());
}

TEST(PaidLinks, WrappedDestinationsPayTheNetworkInside) {
  for (const char* href : {
           "https://l.facebook.com/"
           "l.php?u=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB1%3Ftag%3Dg-20&amp;h=1",
           "https://out.test/?to=https%253A%252F%252Fwww.amazon.com%252Fdp%252FB1%253Ftag%253Dg-20",
           "https://out.test/r/https://www.amazon.com/dp/B1?tag=g-20",
           "https://out.test/?u=https%3A%2F%2Fin.test%2F%3Fu%3Dhttps%253A%252F%252Famzn.to%252F1",
       }) {
    const AuditReport report = read(link(href));
    ASSERT_EQ(report.links.size(), 1U) << href;
    EXPECT_EQ(report.links[0].network, "amazon") << href;
    EXPECT_TRUE(report.links[0].stays_direct) << href;
  }
  EXPECT_TRUE(
      read(link("https://x.test/share?url=https%3A%2F%2Fgear.test%2Fkettles")).links.empty());
  EXPECT_TRUE(read(link("https://x.test/share?text=amazon.com%2Fdp%2FB1")).links.empty());
}

TEST(PaidLinks, ANetworksOwnDeepLinkStaysTheNetworks) {
  const AuditReport report = read(link(
      "https://www.awin1.com/"
      "cread.php?awinmid=1&amp;awinaffid=2&amp;ued=https%3A%2F%2Fwww.amazon.com%2F%3Ftag%3Dg-20"));
  ASSERT_EQ(report.links.size(), 1U);
  EXPECT_EQ(report.links[0].network, "awin");
}

TEST(PaidLinks, RelativeOnesFollowTheBase) {
  const std::string page =
      "<html><head><base href=\"https://www.amazon.com/shop/\"></head><body><main><p>"
      "<a href=\"item?tag=g-20\">K</a></p></main></body></html>";
  ASSERT_EQ(audit(page, us()).links.size(), 1U);
  EXPECT_EQ(audit(page, us()).links[0].href, "https://www.amazon.com/shop/item?tag=g-20");
  Policy own = us();
  own.go_prefix = "https://gear.test/go/";
  own.site_hosts = {"gear.test"};
  EXPECT_EQ(audit("<base href=https://gear.test/blog/><main><a href=/go/kettle>K</a></main>", own)
                .links.size(),
            1U);
  EXPECT_TRUE(audit("<base href=https://other.test/><main><a href=/go/kettle>K</a></main>", own)
                  .links.empty());
}

TEST(PaidLinks, ImageMapsAndDrawingsHoldLinksToo) {
  const AuditReport report = read(
      "<map name=m><area href=https://amzn.to/1 alt=K></map>"
      "<svg><a xlink:href=https://amzn.to/2><text>K</text></a></svg>");
  EXPECT_EQ(report.links.size(), 2U);
}

TEST(PaidLinks, WaysThatAreNoLinksAreNeverPassedOver) {
  for (const char* markup : {
           "<div data-href=\"https://www.amazon.com/dp/B1?tag=g-20\">Kettle</div>",
           "<button onclick=\"window.open('https://amzn.to/1')\">Kettle</button>",
           "<form action=\"https://www.amazon.com/gp/aws/cart/add.html\"><input type=hidden "
           "name=AssociateTag value=g-20><button>Buy</button></form>",
           "<form><button formaction=https://amzn.to/1>Buy</button></form>",
           "<noscript><a href=https://amzn.to/1>Kettle</a></noscript>",
           "<iframe srcdoc=\"&lt;a href=https://amzn.to/1&gt;K&lt;/a&gt;\"></iframe>",
           "<iframe src=https://amzn.to/1 width=300 height=200></iframe>",
           "<div><template shadowrootmode=open><a href=https://amzn.to/1>K</a></template></div>",
           "<script>button.addEventListener('click',()=>{location.href='https://amzn.to/1'})</"
           "script>",
       }) {
    const AuditReport report = read(std::string("<p>Text.</p>") + markup);
    EXPECT_EQ(report.verdict, PageVerdict::Indeterminate) << markup;
    ASSERT_EQ(report.not_evaluated.size(), 1U) << markup;
    EXPECT_NE(report.not_evaluated[0].find("amazon"), std::string::npos) << markup;
  }
}

TEST(PaidLinks, OrdinaryPagesLeaveNoDoubts) {
  for (const char* markup : {
           "<div data-href=/about data-url=https://gear.test/x>Kettle</div>",
           "<form action=https://gear.test/search><input name=tag value=x></form>",
           "<noscript><a href=https://gear.test>Home</a><img src=https://p.test/1.gif></noscript>",
           "<template><a href=https://amzn.to/1>K</a></template>",
           "<script>var shop='https://amzn.to/1';</script>",
           "<!-- <a href=https://amzn.to/1>K</a> -->",
           "<a href=mailto:me@amazon.com>me</a><a href=\"javascript:open('//amzn.to/1')\">x</a>",
       })
    EXPECT_TRUE(read(markup).not_evaluated.empty()) << markup;
}

TEST(PaidLinks, VisitsWithoutAClickAreErrors) {
  for (const char* markup : {
           "<meta http-equiv=refresh content=\"0; url='https://amzn.to/1'\">",
           "<iframe src=https://amzn.to/1 width=1 height=1></iframe>",
           "<div style=display:none><iframe src=https://amzn.to/1></iframe></div>",
           "<img src=\"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2\">",
           "<script>window.location.href = \"https://amzn.to/1\";</script>",
       }) {
    const AuditReport report = read(markup);
    EXPECT_TRUE(has_rule(report, "CD407")) << markup;
    EXPECT_EQ(report.verdict, PageVerdict::Fail) << markup;
  }
  for (const char* markup : {
           "<meta http-equiv=refresh content=\"300\">",
           "<meta http-equiv=refresh content=\"0;url=https://gear.test/\">",
           "<iframe src=https://player.test/1 width=1 height=1></iframe>",
           "<img src=\"https://ad.linksynergy.com/fs-bin/show?id=x&bids=1\" width=1 height=1>",
           "<img src=\"https://www.awin1.com/cshow.php?s=1&v=2\">",
           "<script>location.href='/login'</script>",
       })
    EXPECT_FALSE(has_rule(read(markup), "CD407")) << markup;
}

TEST(PaidLinks, AnOwnersProgrammesPay) {
  Policy policy = us();
  policy.programmes = {{"kettle club", {"shop.test", "*.club.test"}, ""},
                       {"tea house", {"tea.test"}, "partner"}};
  EXPECT_EQ(read(link("https://shop.test/k"), policy).links.at(0).network, "kettle club");
  EXPECT_EQ(read(link("https://www.shop.test/k"), policy).links.size(), 1U);
  EXPECT_EQ(read(link("https://a.club.test/k"), policy).links.size(), 1U);
  EXPECT_EQ(read(link("https://tea.test/k?partner=7"), policy).links.at(0).network, "tea house");
  for (const char* href : {"https://blog.shop.test/", "https://club.test/", "https://tea.test/k",
                           "https://tea.test/k?partner=", "https://myshop.test/"})
    EXPECT_TRUE(read(link(href), policy).links.empty()) << href;
}

TEST(PaidLinks, CloakedOnesAreResolvedByTheOwnersLinks) {
  Policy policy = us();
  policy.site_hosts = {"gear.test"};
  policy.known_link = [](std::string_view address) -> std::optional<KnownLink> {
    if (address == "/recommends/kettle" || address == "https://gear.test/recommends/kettle")
      return KnownLink{"", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2",
                       "https://gear.test/recommends/kettle"};
    return std::nullopt;
  };
  for (const char* href : {"/recommends/kettle", "https://gear.test/recommends/kettle"}) {
    const AuditReport report = read(link(href), policy);
    ASSERT_EQ(report.links.size(), 1U) << href;
    EXPECT_EQ(report.links[0].network, "awin") << href;
    EXPECT_EQ(report.links[0].href, "https://gear.test/recommends/kettle") << href;
  }
  const AuditReport unknown = read(link("/recommends/teapot"), policy);
  EXPECT_TRUE(unknown.links.empty());
  EXPECT_EQ(unknown.verdict, PageVerdict::Indeterminate);
  for (const char* prefix : {"/go/", "/recommends/", "/refer/", "/out/", "/visit/"})
    EXPECT_EQ(read(link(std::string(prefix) + "kettle")).verdict, PageVerdict::Indeterminate);
  EXPECT_EQ(read(link("/recommends/")).verdict, PageVerdict::NotApplicable);
}

TEST(PaidLinks, InPlainMarkupAboveTheMainContentCount) {
  const std::string top =
      "<div><a rel=sponsored href=https://amzn.to/1>Amazon Kettle</a> (paid link)</div>";
  const std::string rest =
      "<main><h1>K</h1><p>We earn a commission when you buy through links. As an Amazon Associate "
      "I "
      "earn from qualifying purchases.</p><p><a rel=sponsored href=https://amzn.to/2>Kettle on "
      "Amazon</a> (paid link)</p></main>";
  EXPECT_TRUE(has_rule(audit(top + rest, us()), "CD102"));
  const std::string bar =
      "<div class=\"x topbar\"><a rel=sponsored href=https://amzn.to/1>Amazon</a></div>";
  EXPECT_FALSE(has_rule(audit(bar + rest, us()), "CD102"));
  EXPECT_TRUE(has_rule(audit(bar + rest, us()), "CD103"));
}

}  // namespace
}  // namespace candor::disclosure
