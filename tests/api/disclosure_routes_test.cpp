// Disclosure over the site, and one page mended in its file.
#include <map>

#include "api/api_house.h"
#include "api/page_folder.h"
#include "support/sample_pages.h"

namespace candor::api {
namespace {

/// Pages in memory.
class Shelf final : public PageFolder {
 public:
  std::optional<PageSource> find(std::string_view path) const override {
    const auto at = pages.find(path);
    if (at == pages.end()) return std::nullopt;
    return PageSource{"/site" + at->first, at->second, writable};
  }
  bool replace(std::string_view path, std::string_view before, std::string_view after) override {
    std::string& page = pages.find(path)->second;
    if (page != before) return false;
    kept = std::string(before);
    page = std::string(after);
    return true;
  }
  bool restore(std::string_view path) override {
    if (!kept) return false;
    pages.find(path)->second = *std::exchange(kept, std::nullopt);
    return true;
  }
  std::string diff(std::string_view before, std::string_view after,
                   std::string_view name) const override {
    return before == after ? "" : "--- " + std::string(name);
  }

  std::map<std::string, std::string, std::less<>> pages;
  std::optional<std::string> kept;
  bool writable = true;
};

class DisclosureRoutesTest : public ApiTest {
 protected:
  void shelve() {
    shelf_.pages["/kettles/"] = page_with({{"Kettle", kAwinUrl}});
    house_.site.folder = &shelf_;
  }
  json review() { return get("/api/v1/pages/review?path=/kettles/").body; }
  Asked fix(const std::string& version) {
    return owner("POST", "/api/v1/pages/fix",
                 json{{"path", "/kettles/"}, {"version", version}}.dump());
  }

  Shelf shelf_;
};

TEST_F(DisclosureRoutesTest, CoverageCountsTheVerdictsOfEachDaysEnd) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  owner("POST", "/api/v1/audit?path=/kettles/", page);
  house_.clock.advance(std::chrono::hours(24));
  owner("POST", "/api/v1/inject?path=/kettles/", page);
  const json coverage = get("/api/v1/disclosure").body;
  const json& days = coverage.at("days");
  ASSERT_EQ(days.size(), 28u);
  EXPECT_EQ(days[25].at("fail"), 0);
  EXPECT_EQ(days[26].at("fail"), 1);
  EXPECT_EQ(days[26].at("pass"), 0);
  EXPECT_EQ(days[27].at("fail"), 0);
  EXPECT_EQ(days[27].at("pass"), 1);
  EXPECT_EQ(coverage.at("now").at("pass"), 1);
  EXPECT_EQ(coverage.at("data")[0].at("path"), "/kettles/");
  const json years = get("/api/v1/disclosure?from=2020-01-01").body;
  EXPECT_EQ(years.at("step"), "week");
  EXPECT_LT(years.at("days").size(), 750u);
  EXPECT_EQ(years.at("days").back(), days[27]);
  const json revisions = get("/api/v1/articles/detail?path=/kettles/").body.at("revisions");
  ASSERT_EQ(revisions.size(), 2u);
  EXPECT_EQ(revisions[0].at("verdict"), "fail");
  EXPECT_EQ(revisions[1].at("verdict"), "pass");
}

TEST_F(DisclosureRoutesTest, AnArticleSaysItsVerdictByJurisdiction) {
  house_.settings.jurisdictions = {"US", "DE"};
  house_.add_article("/a");
  const json article = get("/api/v1/articles/detail?path=/a").body;
  EXPECT_EQ(article.at("verdicts"), (json{{"US", "pass"}, {"DE", "pass"}}));
  store::ArticleScan scan;
  scan.article.path = "/a";
  scan.article.verdict = "fail";
  scan.article.findings_json =
      R"([{"severity":"error","jurisdiction":"DE"},{"severity":"warn","jurisdiction":"US"}])";
  house_.store->record_scans({scan});
  EXPECT_EQ(get("/api/v1/articles/detail?path=/a").body.at("verdicts"),
            (json{{"US", "warn"}, {"DE", "fail"}}));
}

TEST_F(DisclosureRoutesTest, WithoutAFolderItSaysWhatToDo) {
  const Asked asked = get("/api/v1/pages/review?path=/kettles/");
  EXPECT_EQ(asked.status, 409);
  EXPECT_THAT(asked.body.at("detail").get<std::string>(), testing::HasSubstr("[pages] root"));
  shelve();
  EXPECT_EQ(get("/api/v1/pages/review?path=/nowhere/").status, 404);
  EXPECT_EQ(get("/api/v1/pages/review?path=kettles").status, 422);
}

TEST_F(DisclosureRoutesTest, AReviewMarksThePlaceInTheSource) {
  shelve();
  const std::string& page = shelf_.pages["/kettles/"];
  const json seen = review();
  EXPECT_EQ(seen.at("audit").at("verdict"), "fail");
  bool marked = false;
  for (const json& finding : seen.at("audit").at("findings")) {
    const json& context = finding.at("context");
    if (context.is_null()) continue;
    marked = true;
    const std::string text = context.at("before").get<std::string>() +
                             context.at("marked").get<std::string>() +
                             context.at("after").get<std::string>();
    EXPECT_EQ(context.at("left_out"), 0);
    EXPECT_THAT(page, testing::HasSubstr(text));
    EXPECT_EQ(context.at("marked").get<std::string>(),
              page.substr(finding.at("begin"), context.at("marked").get<std::string>().size()));
  }
  EXPECT_TRUE(marked);
  EXPECT_EQ(seen.at("fix").at("outcome"), "changed");
  EXPECT_EQ(seen.at("fix").at("verdict"), "pass");
  EXPECT_EQ(seen.at("fix").at("diff"), "--- /kettles/");
  EXPECT_TRUE(get("/api/v1/links?all=1").body.at("data").empty()) << "a review stores nothing";
}

TEST_F(DisclosureRoutesTest, AFixIsWrittenOnceSeenAndTakenBack) {
  shelve();
  const std::string page = shelf_.pages["/kettles/"];
  const std::string version = review().at("version");
  EXPECT_EQ(fix("another").status, 412);
  EXPECT_EQ(shelf_.pages["/kettles/"], page);
  const Asked fixed = fix(version);
  ASSERT_EQ(fixed.status, 200);
  EXPECT_EQ(fixed.body.at("verdict"), "pass");
  EXPECT_THAT(shelf_.pages["/kettles/"], testing::HasSubstr("data-candor"));
  EXPECT_EQ(review().at("version"), fixed.body.at("version"));
  EXPECT_EQ(fix(version).status, 412) << "the page is another by now";
  const json undo{{"path", "/kettles/"}};
  EXPECT_EQ(owner("POST", "/api/v1/pages/fix/undo", undo.dump()).body.at("verdict"), "fail");
  EXPECT_EQ(shelf_.pages["/kettles/"], page);
  EXPECT_EQ(owner("POST", "/api/v1/pages/fix/undo", undo.dump()).status, 409);
}

TEST_F(DisclosureRoutesTest, APageThatCannotBeWrittenStays) {
  shelve();
  shelf_.writable = false;
  EXPECT_EQ(review().at("writable"), false);
  const Asked refused = fix(review().at("version"));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body.at("detail").get<std::string>(), testing::HasSubstr("candor inject"));
}

TEST_F(DisclosureRoutesTest, TextsAreShownByJurisdictionAndLanguage) {
  const json english = get("/api/v1/disclosure/texts?jurisdiction=US&language=en-US").body;
  EXPECT_EQ(english.at("language"), "en-US");
  EXPECT_THAT(english.at("top").get<std::string>(), testing::Not(testing::IsEmpty()));
  const json german = get("/api/v1/disclosure/texts?jurisdiction=DE&language=de").body;
  EXPECT_EQ(german.at("language"), "de");
  EXPECT_NE(german.at("labels"), english.at("labels"));
  EXPECT_EQ(get("/api/v1/disclosure/texts?language=tlh").body.at("field"), "language");
  EXPECT_EQ(get("/api/v1/disclosure/texts?jurisdiction=XX").body.at("field"), "jurisdiction");
}

TEST_F(DisclosureRoutesTest, OwnTextsAreTriedBeforeTheyAreUsed) {
  const auto attempt = [&](const json& own) {
    return owner("POST", "/api/v1/disclosure/texts", own.dump());
  };
  const Asked vague = attempt({{"language", "en-US"}, {"top", "We love kettles."}});
  EXPECT_EQ(vague.status, 422);
  EXPECT_EQ(vague.body.at("field"), "top");
  const std::string honest = "We earn a commission when you buy through the links on this page.";
  const Asked good = attempt({{"language", "en-US"}, {"top", honest}});
  ASSERT_EQ(good.status, 200) << good.body;
  EXPECT_THAT(good.body.at("top").get<std::string>(), testing::HasSubstr("earn a commission"));
  EXPECT_EQ(attempt({{"language", "tlh"}}).body.at("field"), "language");
}

}  // namespace
}  // namespace candor::api
