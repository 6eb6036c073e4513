#include <sodium.h>

#include "api/api_house.h"
#include "support/sample_pages.h"

namespace candor::api {
namespace {

using PageRoutesTest = ApiTest;

std::string from_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  EXPECT_EQ(
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL),
      0);
  bytes.resize(length);
  return bytes;
}

TEST_F(PageRoutesTest, PageComesBackDisclosedWithItsFindings) {
  const Asked asked =
      owner("POST", "/api/v1/inject?path=/kettles/", page_with({{"Kettle", kAwinUrl}}));
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.at("outcome"), "changed");
  EXPECT_EQ(asked.body.at("before").at("verdict"), "fail");
  EXPECT_EQ(asked.body.at("after").at("verdict"), "pass");
  EXPECT_THAT(asked.body.at("page").get<std::string>(), testing::HasSubstr("/go/kettle?a="));
  EXPECT_EQ(get("/api/v1/links/kettle").status, 200);
}

TEST_F(PageRoutesTest, PageThatIsNotUtf8ComesBackByteForByte) {
  const std::string page = "<!doctype html><title>caf\xE9</title><p>\xFF\xFE caf\xE9 \x80";
  const Asked asked = owner("POST", "/api/v1/inject?path=/cafe/", page);
  ASSERT_EQ(asked.status, 200);
  EXPECT_FALSE(asked.body.contains("page"));
  EXPECT_EQ(from_base64(asked.body.at("page_base64")), page);

  const std::string paid =
      "<!doctype html><meta charset=iso-8859-1><h1>Caf\xE9</h1><p>\xA3 5 <a "
      "href='https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2'>Caf\xE9</a>";
  const Asked changed = owner("POST", "/api/v1/inject?path=/paid/", paid);
  EXPECT_EQ(changed.body.at("outcome"), "changed");
  EXPECT_THAT(from_base64(changed.body.at("page_base64")), testing::HasSubstr("<p>\xA3 5 <a "));
}

TEST_F(PageRoutesTest, PreviewStoresNothing) {
  const std::string page = page_with({{"Kettle", kAwinUrl}});
  const json preview = owner("POST", "/api/v1/inject?path=/kettles/&preview=1", page).body;
  EXPECT_TRUE(get("/api/v1/links?all=1").body.at("data").empty());
  EXPECT_EQ(get("/api/v1/status").body.at("articles"), 0);
  EXPECT_EQ(owner("POST", "/api/v1/inject?path=/kettles/", page).body.at("page"),
            preview.at("page"));
}

TEST_F(PageRoutesTest, AuditListsWhatBreaksARule) {
  const Asked asked =
      owner("POST", "/api/v1/audit?path=/kettles/", page_with({{"Kettle", kAwinUrl}}));
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.at("schema"), "candor.audit/1");
  EXPECT_EQ(asked.body.at("verdict"), "fail");
  const json& finding = asked.body.at("findings").at(0);
  for (const char* member : {"rule", "severity", "line", "message", "why", "fix"})
    EXPECT_TRUE(finding.contains(member)) << member;
}

TEST_F(PageRoutesTest, PathMustBeAPath) {
  EXPECT_EQ(owner("POST", "/api/v1/inject?path=kettles", "x").body.at("field"), "path");
  EXPECT_EQ(owner("POST", "/api/v1/audit?path=/" + std::string(2048, 'x'), "x").status, 422);
  EXPECT_EQ(owner("POST", "/api/v1/audit", "").status, 200);
}

TEST_F(PageRoutesTest, FragmentIsDisclosedAsAnArticleAndComesBackAsAFragment) {
  const std::string fragment =
      "The <a href=\"" + std::string(kAwinUrl) + "\">kettle</a> boils fast.\n";
  const Asked asked = owner(
      "POST", "/api/v1/inject?path=/kettles/&fragment=1&page_language=de-DE&title=K%26k", fragment);
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.at("outcome"), "changed");
  const std::string page = asked.body.at("page");
  EXPECT_THAT(page,
              testing::StartsWith("<div data-candor=\"disclosure\" role=\"note\" lang=\"de\">"));
  EXPECT_THAT(page, testing::HasSubstr("/go/kettle?a=%2Fkettles%2F"));
  EXPECT_THAT(page, testing::EndsWith("</a> boils fast.\n"));
  const std::size_t begin = asked.body.at("before").at("findings")[0].at("begin");
  EXPECT_LT(begin, fragment.size());
  EXPECT_EQ(get("/api/v1/articles/detail?path=/kettles/").body.at("article").at("title"), "K&k");
  const Asked again = owner(
      "POST", "/api/v1/inject?path=/kettles/&fragment=1&page_language=de-DE&title=K%26k", page);
  EXPECT_EQ(again.body.at("page"), page);
  EXPECT_EQ(again.body.at("outcome"), "unchanged");
}

TEST_F(PageRoutesTest, FragmentWithoutPaidLinksComesBackAsItIs) {
  for (const std::string fragment :
       {"", "Plain", "</article></body></html>", "<!-- open", "<p>a"}) {
    const Asked asked = owner("POST", "/api/v1/inject?path=/a/&fragment=1", fragment);
    EXPECT_EQ(asked.body.at("page"), fragment);
    EXPECT_EQ(asked.body.at("head"), "");
  }
  EXPECT_EQ(owner("POST", "/api/v1/inject?fragment=1&page_language=%22de", "a").status, 422);
}

TEST_F(PageRoutesTest, FallbackSaysWhichLinksPayAndWhatToSay) {
  const json told = get("/api/v1/pages/fallback?page_language=de-DE").body;
  EXPECT_THAT(told.at("block").get<std::string>(), testing::HasSubstr("role=\"note\" lang=\"de\""));
  EXPECT_THAT(told.at("amazon_block").get<std::string>(), testing::HasSubstr("Amazon"));
  EXPECT_THAT(told.at("block").get<std::string>(), testing::Not(testing::HasSubstr("Amazon")));
  const json amazon{"exact", "amzn.to", "path:/?*", "amazon"};
  EXPECT_TRUE(std::ranges::count(told.at("rules"), amazon) == 1);
  EXPECT_EQ(get("/api/v1/pages/fallback?page_language=de-DE").body.at("revision"),
            told.at("revision"));
  EXPECT_NE(get("/api/v1/pages/fallback?page_language=en").body.at("revision"),
            told.at("revision"));
}

}  // namespace
}  // namespace candor::api
