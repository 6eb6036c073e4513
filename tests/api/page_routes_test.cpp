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

}  // namespace
}  // namespace candor::api
