// Whatever a page is made of, an audit ends, and what it says can be relied on.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "disclosure/audit.h"

namespace candor::disclosure {
namespace {

/// What the rules look for, whole and torn.
const std::vector<std::string>& pieces() {
  static const std::vector<std::string> all{
      "<a href=https://amzn.to/1>K</a>",
      "<a href=\"https://www.amazon.de/dp/B1?tag=x-20&tag=x-20\" rel=noreferrer>",
      "<a href='https://x.test/?u=https%253A%252F%252Famzn.to%252F1'>",
      "<a href=#x>",
      "<h2 id=x>",
      "<div data-candor=disclosure>",
      "<div data-href=//amzn.to/1>",
      "<base href=//amazon.com/>",
      "<base href=%>",
      "<iframe srcdoc='<a href=//amzn.to/1>'>",
      "<template shadowrootmode=open>",
      "<form action=//amzn.to/1>",
      "<input name=tag value=x>",
      "<meta http-equiv=refresh content='0;url=//amzn.to/1'>",
      "<noscript>",
      "</noscript>",
      "<script>location='//amzn.to/1'</script>",
      "<script>",
      "</script>",
      "<svg>",
      "</svg>",
      "<a xlink:href=//amzn.to/2>",
      "We earn a commission when you buy through links. ",
      "This post may contain affiliate links. ",
      "As an Amazon Associate I earn from qualifying "
      "purchases. ",
      "(paid link)",
      "(affiliate link)",
      "* ",
      "$12.99 ",
      "[insert name] ",
      "</a>",
      "</div>",
      "<p>",
      "</p>",
      "<footer>",
      "<nav>",
      "<main>",
      "</main>",
      "<link rel=amphtml href=/a>",
      "<link rel=canonical href='http://[::1/'>",
      "<img src=//amzn.to/1>",
      "&#x20AC;",
      "\xFF",
      "<a href=/recommends/x>",
      "<a rel=sponsored href=/y>",
      "\xE3\x83\x97\xE3\x83\xAD",
      "Anzeige: "};
  return all;
}

void must_hold(const std::string& page, const Policy& policy) {
  const AuditReport report = audit(page, policy);
  RC_ASSERT(report.verdicts.size() == policy.jurisdictions.size());
  std::size_t at = 0;
  for (const RuleFinding& finding : report.findings) {
    RC_ASSERT(finding.place.begin >= at);
    RC_ASSERT(finding.place.end <= page.size());
    RC_ASSERT(finding.line >= 1U && finding.column >= 1U && finding.column <= page.size() + 1);
    RC_ASSERT(!finding.why.empty() && !finding.fix.empty() && !finding.message.empty());
    at = finding.place.begin;
  }
  if (!report.not_evaluated.empty()) RC_ASSERT(report.verdict != PageVerdict::Pass);
}

TEST(RulesProperty, AnyPiecesAreJudgedOnAnySurface) {
  EXPECT_TRUE(rc::check("any pieces", [] {
    const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces()));
    std::string page;
    for (const std::string& piece : chosen) page += piece;
    Policy policy;
    policy.jurisdictions = {"US", "UK", "DE", "KR", "NL"};
    policy.site_hosts = {"gear.test"};
    policy.article_path = *rc::gen::element(std::string(), std::string("/a/b"));
    policy.surface = *rc::gen::element(Surface::Page, Surface::FeedItem, Surface::Email);
    if (*rc::gen::arbitrary<bool>()) {
      policy.known_link = [](std::string_view address) -> std::optional<KnownLink> {
        return address.size() % 2 == 0
                   ? std::nullopt
                   : std::optional(KnownLink{"amazon", "https://amzn.to/9", ""});
      };
      policy.is_wholly_paid = [](std::string_view) { return true; };
      policy.variant = [&](std::string_view) { return std::optional(page); };
    }
    must_hold(page, policy);
  }));
}

TEST(RulesProperty, AnyBytesAreJudged) {
  EXPECT_TRUE(rc::check("any bytes", [](const std::string& bytes) {
    Policy policy;
    policy.jurisdictions = {"US", "DE"};
    must_hold("<main><a href=https://amzn.to/1>" + bytes, policy);
  }));
}

}  // namespace
}  // namespace candor::disclosure
