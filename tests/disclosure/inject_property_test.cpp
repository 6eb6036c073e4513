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
#include <set>
#include <string>
#include <vector>

#include "disclosure/inject.h"
#include "disclosure/own_markup.h"
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
          "<a ping=/-/b? data-candor-link='x' href=\"https://amzn.to/1\">", "<noscript>",
          "</noscript>", "<plaintext>", "<frameset>", "<!doctype html>", "<title>", "</title>",
          "<img alt='"));
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
      if (name == "rel" || name == "href" || name == "data-candor-link") continue;
      rest += " " + std::string(name) + "=" + std::string(attribute.value.of(bare));
    }
    rest += ">";
  }
  return rest;
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

}  // namespace
}  // namespace candor::disclosure
