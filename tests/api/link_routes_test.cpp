#include "api/api_house.h"

namespace candor::api {
namespace {

class LinkRoutesTest : public ApiTest {
 protected:
  Asked add(const json& link) { return owner("POST", "/api/v1/links", link.dump()); }
  Asked edit(const std::string& slug, const json& change) {
    return owner("PATCH", "/api/v1/links/" + slug, change.dump());
  }
};

TEST_F(LinkRoutesTest, LinkIsAddedShownEditedAndRemoved) {
  const Asked added = add({{"slug", "kettle"},
                           {"destination", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"},
                           {"title", "Kettle"}});
  ASSERT_EQ(added.status, 201);
  EXPECT_EQ(added.body.at("network"), "awin") << "found from the destination";
  EXPECT_EQ(added.body.at("url"), "https://site.example/go/kettle");
  EXPECT_EQ(added.body.at("created_at"), "2026-11-18T11:06:40.000Z");
  EXPECT_EQ(get("/api/v1/links/kettle").body, added.body);

  house_.clock.advance(std::chrono::minutes(1));
  const Asked edited = edit("kettle", {{"slug", "best-kettle"}, {"state", "disabled"}});
  EXPECT_EQ(edited.status, 200);
  EXPECT_EQ(edited.body.at("title"), "Kettle") << "what was not given stays";
  EXPECT_EQ(edited.body.at("updated_at"), "2026-11-18T11:07:40.000Z");
  EXPECT_EQ(get("/api/v1/links/kettle").status, 404);
  EXPECT_TRUE(get("/api/v1/links").body.at("data").empty());
  EXPECT_EQ(get("/api/v1/links?all=1").body.at("data").size(), 1u);

  EXPECT_EQ(owner("DELETE", "/api/v1/links/best-kettle").status, 200);
  EXPECT_EQ(owner("DELETE", "/api/v1/links/best-kettle").status, 404);
  EXPECT_TRUE(get("/api/v1/links?all=1").body.at("data").empty());
}

TEST_F(LinkRoutesTest, ProblemNamesTheMemberAtFault) {
  const std::string url = "https://shop.example/";
  const std::vector<std::pair<json, std::string>> bad{
      {{{"destination", url}}, "slug"},
      {{{"slug", "Bad Slug"}, {"destination", url}}, "slug"},
      {{{"slug", "a"}}, "destination"},
      {{{"slug", "a"}, {"destination", "javascript:alert(1)"}}, "destination"},
      {{{"slug", "a"}, {"destination", 5}}, "destination"},
      {{{"slug", "a"}, {"destination", url}, {"match_url", "nonsense"}}, "match_url"},
      {{{"slug", "a"}, {"destination", url}, {"state", "gone"}}, "state"},
      {{{"slug", "a"}, {"destination", url}, {"title", std::string(8193, 'x')}}, "title"},
  };
  for (const auto& [link, field] : bad) {
    const Asked asked = add(link);
    EXPECT_EQ(asked.status, 422) << link;
    EXPECT_EQ(asked.body.at("field"), field) << link;
    EXPECT_EQ(asked.header("Content-Type"), "application/problem+json");
  }
  EXPECT_TRUE(get("/api/v1/links?all=1").body.at("data").empty());
}

TEST_F(LinkRoutesTest, TakenSlugIsAConflict) {
  house_.add_link("kettle");
  house_.add_link("pan");
  const Asked asked = add({{"slug", "kettle"}, {"destination", "https://shop.example/"}});
  EXPECT_EQ(asked.status, 409);
  EXPECT_EQ(asked.body.at("field"), "slug");
  EXPECT_EQ(edit("pan", {{"slug", "kettle"}}).status, 409);
  EXPECT_EQ(get("/api/v1/links/pan").status, 200);
}

TEST_F(LinkRoutesTest, NetworkIsTheDestinationsElseTheOwnersWord) {
  house_.add_link("kettle");
  EXPECT_EQ(edit("kettle", {{"network", "impact"}}).body.at("network"), "awin")
      << "the URL is surely Awin's";
  add({{"slug", "pan"}, {"destination", "https://shop.example/"}, {"network", "impact"}});
  EXPECT_EQ(edit("pan", {{"title", "Pan"}}).body.at("network"), "impact");
  EXPECT_EQ(edit("pan", {{"network", "nobody"}}).body.at("field"), "network");
  EXPECT_EQ(edit("pan", {{"destination", "https://other.example/"}}).body.at("network"), "")
      << "another merchant's page need not pay by the same network";
}

TEST_F(LinkRoutesTest, SlugInThePathIsDecodedAndNeedNotBeText) {
  house_.add_link("kettle");
  EXPECT_EQ(get("/api/v1/links/%6Bettle").status, 200);
  EXPECT_EQ(get("/api/v1/links/%FF%00").status, 404);
}

TEST_F(LinkRoutesTest, LinkThatLeadsToTheSitesOwnLinksIsRefused) {
  house_.add_link("kettle");
  house_.settings.hosts.push_back("www.site.example");
  for (const char* own : {"https://site.example/go/kettle", "http://SITE.example/go/other?x=1",
                          "https://www.site.example/go/", "https://site.example/%67o/kettle"}) {
    for (const Asked& asked :
         {add({{"slug", "a"}, {"destination", own}}), edit("kettle", {{"destination", own}})}) {
      EXPECT_EQ(asked.status, 422) << own;
      EXPECT_EQ(asked.body.at("field"), "destination");
      EXPECT_THAT(asked.body.at("detail").get<std::string>(), testing::HasSubstr("in circles"));
    }
  }
  EXPECT_EQ(add({{"slug", "b"}, {"destination", "https://site.example/shop/"}}).status, 201);
  EXPECT_EQ(add({{"slug", "c"}, {"destination", "https://other.example/go/x"}}).status, 201);
}

TEST_F(LinkRoutesTest, LinksAreExportedForWebServers) {
  house_.add_link("kettle");
  const Asked nginx = get("/api/v1/exports/nginx");
  EXPECT_EQ(nginx.status, 200);
  EXPECT_EQ(nginx.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_THAT(nginx.response.body, testing::HasSubstr("\"/go/kettle\" \"https://www.awin1.com/"));
  EXPECT_THAT(get("/api/v1/exports/caddy").response.body, testing::HasSubstr("`/go/kettle` "));
  EXPECT_EQ(get("/api/v1/exports/apache").status, 404);
}

}  // namespace
}  // namespace candor::api
