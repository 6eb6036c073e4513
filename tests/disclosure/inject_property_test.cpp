// Properties of inject over made-up pages, and over real ones where a folder of them is at hand
// (CANDOR_HTML_CORPUS, or html/corpus in the shared folder next to the source tree).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "disclosure/inject.h"
#include "disclosure/page/own_markup.h"
#include "html/tokenizer.h"

namespace candor::disclosure {
namespace {

Policy policy_with(bool redirects) {
  Policy policy;
  policy.site_name = "Gear & \"Shed\" \xC3\xA9";
  policy.jurisdictions = {"US", "UK", "DE"};
  if (!redirects) return policy;
  policy.go_prefix = "https://gear.test/go/";
  policy.article_path = "/a?b=c&d/";
  policy.slug_of = [](const PaidLink& link) {
    return std::optional<std::string>(link.network + "x");
  };
  policy.beacon = {"https://gear.test/go/-/candor.js", "https://gear.test/go/-/b", "m", false,
                   policy.slug_of};
  policy.choices.footer = policy.choices.same_price = true;
  policy.choices.stylesheet_url = "https://gear.test/go/-/candor.css?v=1&w";
  policy.choices.disclaimers = {{"any", {"/a*"}, "No <advice> & more.", ""}};
  return policy;
}

/// Pieces that pages of the kind are made of, whole and broken.
rc::Gen<std::string> any_piece() {
  return rc::gen::oneOf(
      rc::gen::element<std::string>(
          "<a href=\"https://amzn.to/1\">", "<a href=https://www.awin1.com/pclick.php?a=1 rel=x>",
          "<a href='/go/s?a=1'>", "</a>", "<p>", "</p>", "<div>", "</div>", "<main>", "</main>",
          "<h1>", "</h1>", "<table>", "<tr>", "<td>", "</table>", "<select>", "</select>", "<svg>",
          "</svg>", "<script>", "</script>", "<style>", "</style>", "<template>", "</template>",
          "<b>", "</b>", "<button>", "</button>", "<ul><li>", "</ul>", "<!--", "-->", "<textarea>",
          "</textarea>", "<html lang=de>", "<head>", "<body>", "</body>", "<footer>", "</footer>",
          "<nav>", "</nav>"),
      rc::gen::element<std::string>(
          "We earn a commission when you buy through links.", "(paid link)", "text ", "<", ">", "&",
          "&amp", "\"", "'", "=", "\xFF", "\xC3\xA9", "\r\n", "Ad: ",
          "As an Amazon Associate I earn", "<div data-candor=\"disclosure\"><p>old</p></div>",
          "<span data-candor=\"label\"> (old)</span>", "<div data-candor=disclosure>",
          "<span data-candor=label>", "</span>",
          "<div data-candor=\"disclosure\" role=\"note\"><p>", "<p hidden>", "<details>",
          "<script data-candor=\"beacon\"></script>", "<script data-candor=\"beacon\">", "</head>",
          "<a data-candor-link=\"x/1\" data-candor-link=\"y\" ping=\"/-/b?a\" "
          "href='//amzn.to/2'>",
          "<a data-candor-added=\"sponsored nofollow\" rel=\"x sponsored  nofollow\" "
          "href=\"https://plain.test/\">",
          "<a data-candor-added=\"sponsored\" data-candor-added=\"x\" rel=\"sponsored\" "
          "rel=\"nofollow sponsored\" href=\"https://plain.test/\">",
          "<a rel='sponsored' data-candor-added='sponsored' href=/recommends/x>",
          "<a data-candor-added=\"nofollow\" rel=\"sponsored nofollow\" href=\"//plain.test\">",
          "<a ping=/-/b? data-candor-link='x' href=\"https://amzn.to/1\">", "<noscript>",
          "</noscript>", "<plaintext>", "<frameset>", "<meta name=candor content=off>",
          "<a href=#x>", "<h2 id=x>", "<a name=x>", "<footer>",
          "<p>This post may contain affiliate links.</p>", "<img src=a>",
          "<link data-candor=\"style\" rel=x>", "<div data-candor=\"footer\">",
          "<meta name=candor content='jurisdictions=JP,KR;language=ja'>", "<!doctype html>",
          "<title>", "</title>", "<img alt='"));
}

rc::Gen<std::string> any_page() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(any_piece()),
                      [](const std::vector<std::string>& pieces) {
                        std::string page;
                        for (const std::string& piece : pieces) page += piece;
                        return page;
                      });
}

void expect_stable(const std::string& page) {
  for (const bool redirects : {false, true}) {
    const InjectResult once = inject(page, policy_with(redirects));
    const InjectResult twice = inject(once.page, policy_with(redirects));
    if (once.outcome == InjectOutcome::PassedThrough) RC_ASSERT(once.page == page);
    RC_ASSERT(twice.page == once.page);
    RC_ASSERT(twice.outcome != InjectOutcome::Changed);
  }
}

/// A page with our elements taken out and what links are given left out: the rest must not change.
std::string rest_of(const std::string& page) {
  const html::Page tokens = html::tokenize(page);
  const std::string bare = without(page, own_markup_in(tokens));
  const html::Page clean = html::tokenize(bare);
  std::string rest;
  for (const html::Token& token : clean.tokens) {
    const bool link = token.kind == html::TokenKind::StartTag &&
                      (clean.is(token, "a") || clean.is(token, "area"));
    if (!link) {
      rest += token.range.of(bare);
      continue;
    }
    rest += "<" + std::string(clean.name_of(token));
    for (const html::Attribute& attribute : clean.attributes_of(token)) {
      const std::string_view name = attribute.name.of(bare);
      if (name == "rel" || name == "href" || name.starts_with("data-candor-")) continue;
      rest += " " + std::string(name) + "=" + std::string(attribute.value.of(bare));
    }
    rest += ">";
  }
  return rest;
}

TEST(InjectProperty, TakingOutOldDisclosuresTwiceIsOnce) {
  EXPECT_TRUE(rc::check("any pieces", [] {
    Policy policy = policy_with(true);
    policy.choices.replace_legacy = true;
    const InjectResult once = inject(*any_page(), policy);
    RC_ASSERT(inject(once.page, policy).page == once.page);
  }));
}

TEST(InjectProperty, TwiceIsOnceForAnyBytes) {
  EXPECT_TRUE(rc::check("any bytes", [](const std::string& bytes) { expect_stable(bytes); }));
}

TEST(InjectProperty, TwiceIsOnceForBrokenPages) {
  EXPECT_TRUE(rc::check("any pieces", [] { expect_stable(*any_page()); }));
}

TEST(InjectProperty, OnlyOurInsertionsDiffer) {
  EXPECT_TRUE(rc::check("any pieces", [] {
    const std::string page = *any_page();
    const InjectResult result = inject(page, policy_with(true));
    RC_ASSERT(rest_of(result.page) == rest_of(page));
  }));
}

std::filesystem::path corpus_folder() {
  if (const char* named = std::getenv("CANDOR_HTML_CORPUS")) return named;
  return CANDOR_SOURCE_DIR "/../shared/html/corpus";
}

std::vector<std::filesystem::path> corpus_pages() {
  std::vector<std::filesystem::path> pages;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(corpus_folder(), missing))
    if (entry.path().extension() == ".html") pages.push_back(entry.path());
  std::sort(pages.begin(), pages.end());
  return pages;
}

TEST(InjectCorpus, RealPagesComeOutDisclosedOrListed) {
  const auto pages = corpus_pages();
  if (pages.empty()) {
    std::cout << "no corpus at " << corpus_folder()
              << ": real pages were not tried; the fixture pages are (inject_test)\n";
    return;
  }
  const std::set<std::string> mended{"CD101", "CD102", "CD104", "CD107", "CD401", "CD501"};
  std::map<std::string, int> counts;
  for (const auto& path : pages) {
    std::ifstream file(path, std::ios::binary);
    const std::string page((std::istreambuf_iterator<char>(file)), {});
    for (const bool redirects : {false, true}) {
      Policy policy = policy_with(redirects);
      const InjectResult result = inject(page, policy);
      ++counts[std::string(redirects ? "linked " : "stateless ") +
               std::string(name_of(result.outcome))];
      EXPECT_EQ(inject(result.page, policy).page, result.page) << path.filename();
      EXPECT_EQ(rest_of(result.page), rest_of(page)) << path.filename();
      if (result.outcome == InjectOutcome::PassedThrough) {
        EXPECT_EQ(result.page, page);
        std::cout << path.filename() << " passed through: " << result.why_passed_through << "\n";
        continue;
      }
      if (result.after.links.empty()) continue;
      ++counts["with paid links"];
      counts["paid links"] += static_cast<int>(result.after.links.size());
      for (const RuleFinding& finding : result.after.findings) {
        if (finding.severity == Severity::Info) continue;
        EXPECT_FALSE(mended.contains(finding.rule)) << path.filename() << " " << finding.message;
        if (!redirects) ++counts["left: " + finding.rule + " " + finding.jurisdiction];
      }
    }
  }
  std::cout << pages.size() << " real pages, each without and with redirects:\n";
  for (const auto& [what, count] : counts) std::cout << "  " << what << ": " << count << "\n";
}

/// Ends of paragraphs, as places where an author may have put a link.
std::vector<std::size_t> paragraph_ends(const html::Page& page) {
  std::vector<std::size_t> ends;
  for (const html::Token& token : page.tokens)
    if (token.kind == html::TokenKind::EndTag && page.is(token, "p") && !token.foreign &&
        token.range.end < page.certain_until)
      ends.push_back(token.range.begin);
  return ends;
}

/// The page with up to four paid links in paragraphs chosen by the generator.
std::string planted(const std::string& page, std::mt19937& random) {
  static const std::array<std::string, 4> kLinks{
      "<a href=\"https://www.amazon.com/dp/B0?tag=x-20\">a pot from Amazon</a>",
      "<a href=\"https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2\">a pan</a>",
      "<a href=\"https://www.amazon.de/dp/B0?tag=x-21\"><img src=p.jpg alt=\"Pot at "
      "Amazon\"></a>",
      "<a href=\"https://www.ebay.co.uk/itm/1?campid=5\"><b>eBay</b> offer</a>"};
  std::vector<std::size_t> ends = paragraph_ends(html::tokenize(page));
  std::string out = page;
  for (std::size_t count = 1 + random() % 4; count > 0 && !ends.empty(); --count) {
    const std::size_t chosen = random() % ends.size();
    out.insert(ends[chosen], " " + kLinks[random() % kLinks.size()] + " ");
    ends.resize(chosen);  // further links stand before: offsets stay true
  }
  return out;
}

/// What the page's owner wrote and no injection mends.
bool is_owners(const std::string& rule) {
  static const std::set<std::string> kOwners{"CD205", "CD207", "CD407", "CD504",
                                             "CD505", "CD506", "CD601"};
  return kOwners.contains(rule);
}

TEST(InjectCorpus, PlantedLinksComeOutCleanInEveryJurisdiction) {
  const std::vector<std::vector<std::string>> sets{{"US"},
                                                   {"UK"},
                                                   {"DE"},
                                                   {"FR"},
                                                   {"ES"},
                                                   {"IT"},
                                                   {"PL"},
                                                   {"SE"},
                                                   {"JP"},
                                                   {"KR"},
                                                   {"US", "UK", "DE"},
                                                   {"UK", "KR", "JP"},
                                                   {"FR", "ES", "IT", "PL", "SE", "CN"}};
  std::map<std::string, int> counts;
  std::mt19937 random(20260401);
  std::size_t turn = 0;
  for (const auto& path : corpus_pages()) {
    std::ifstream file(path, std::ios::binary);
    const std::string page((std::istreambuf_iterator<char>(file)), {});
    for (int round = 0; round < 2; ++round) {
      Policy policy = policy_with(false);
      policy.jurisdictions = sets[turn++ % sets.size()];
      const InjectResult result = inject(planted(page, random), policy);
      ++counts[std::string(name_of(result.outcome))];
      if (result.outcome == InjectOutcome::PassedThrough)
        std::cout << path.filename() << " passed through: " << result.why_passed_through << "\n";
      if (result.outcome != InjectOutcome::Changed) continue;
      for (const RuleFinding& finding : result.after.findings) {
        if (finding.severity == Severity::Info) continue;
        ++counts["left: " + finding.rule];
        const bool no_texts = std::ranges::any_of(result.notes, [](const std::string& note) {
          return note.starts_with("there are no texts");
        });
        // A link that a stylesheet hides has its label hidden with it.
        const bool hidden_link =
            finding.message.find("label that is not shown") != std::string::npos;
        EXPECT_TRUE(is_owners(finding.rule) || hidden_link || (finding.rule == "CD208" && no_texts))
            << path.filename() << " " << finding.jurisdiction << " " << finding.rule << " "
            << finding.message;
      }
    }
  }
  for (const auto& [what, count] : counts) std::cout << "  " << what << ": " << count << "\n";
}

}  // namespace
}  // namespace candor::disclosure
