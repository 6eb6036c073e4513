#include "api/api_house.h"

namespace candor::api {
namespace {

class LinkRoutesTest : public ApiTest {
 protected:
  Asked add(const json& link) { return owner("POST", "/api/v1/links", link.dump()); }
  Asked edit(const std::string& slug, const json& change) {
    return owner("PATCH", "/api/v1/links/" + slug, change.dump());
  }
  /// As the answer to an edit has it: without the last look at where it leads.
  json shown(const std::string& slug) {
    json link = get("/api/v1/links/" + slug).body;
    link.erase("health");
    return link;
  }
  int added_ = 0;
};

TEST_F(LinkRoutesTest, LinkIsAddedShownEditedAndRemoved) {
  const Asked added = add({{"slug", "kettle"},
                           {"destination", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"},
                           {"title", "Kettle"}});
  ASSERT_EQ(added.status, 201);
  EXPECT_EQ(added.body.at("network"), "awin") << "found from the destination";
  EXPECT_EQ(added.body.at("url"), "https://site.example/go/kettle");
  EXPECT_EQ(added.body.at("created_at"), "2026-11-18T11:06:40.000Z");
  EXPECT_EQ(shown("kettle"), added.body);

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

TEST_F(LinkRoutesTest, PlacesStandInNoHostAndNetworksDoNotContradictTheirLinks) {
  const Asked host = add({{"slug", "a"}, {"destination", "https://{article}.example/"}});
  EXPECT_EQ(host.status, 422);
  EXPECT_EQ(host.body.at("field"), "destination");
  const std::string awin = "https://www.awin1.com/cread.php?awinmid=7052&awinaffid=189999";
  EXPECT_EQ(add({{"slug", "b"}, {"destination", awin}}).status, 201);
  for (const char* network : {"amazon", "nope"}) {
    const Asked asked = owner("PATCH", "/api/v1/links/b", json{{"network", network}}.dump());
    EXPECT_EQ(asked.status, 422) << network;
    EXPECT_EQ(asked.body.at("field"), "network");
  }
  EXPECT_EQ(owner("PATCH", "/api/v1/links/b", json{{"network", "awin"}}.dump()).status, 200);
}

TEST_F(LinkRoutesTest, BodyNestedWithoutEndIsRefused) {
  const std::string deep = R"({"slug":"deep","destination":"https://a.example/","rules":)" +
                           std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_EQ(owner("POST", "/api/v1/links", deep).status, 400);
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
  EXPECT_EQ(edit("kettle", {{"network", "impact"}}).body.at("field"), "network")
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

TEST_F(LinkRoutesTest, UnknownMembersAreRefusedByName) {
  house_.add_link("kettle");
  const Asked added =
      add({{"slug", "pan"}, {"destination", "https://shop.example/"}, {"colour", "red"}});
  EXPECT_EQ(added.status, 422);
  EXPECT_EQ(added.body.at("field"), "colour");
  EXPECT_EQ(edit("kettle", {{"id", 7}}).body.at("field"), "id");
  EXPECT_EQ(get("/api/v1/links/pan").status, 404);
}

TEST_F(LinkRoutesTest, AnOlderLinkWithANetworkNobodyKnowsCanBeEdited) {
  Link link;
  link.slug = "old";
  link.destination = "https://shop.example/";
  link.network = "closed-down";
  ASSERT_TRUE(house_.store->add_link(link));
  const Asked edited = edit("old", {{"title", "Old"}});
  EXPECT_EQ(edited.status, 200);
  EXPECT_EQ(edited.body.at("network"), "closed-down");
}

const char* const kRules =
    R"([{"name":"Germany","country":["de","AT"],"device":["mobile"],
         "destination":"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=de"},
        {"query":[{"name":"src","equals":"mail"}],
         "split":[{"destination":"https://a.example/{article}","weight":70},
                  {"destination":"https://b.example/"}]}])";

TEST_F(LinkRoutesTest, RulesAndLimitsAreKeptAndShown) {
  const Asked plain = add({{"slug", "plain"}, {"destination", "https://shop.example/"}});
  EXPECT_EQ(plain.body.at("code"), 302);
  EXPECT_EQ(plain.body.at("rules"), json::array());
  EXPECT_TRUE(plain.body.at("starts_at").is_null());
  EXPECT_TRUE(plain.body.at("click_cap").is_null());
  EXPECT_EQ(plain.body.at("warnings"), json::array());

  const Asked added = add({{"slug", "kettle"},
                           {"destination", "https://shop.example/"},
                           {"rules", json::parse(kRules)},
                           {"code", 307},
                           {"starts_at", "2026-12-01"},
                           {"expires_at", "2026-12-24T18:00:00+01:00"},
                           {"click_cap", 500},
                           {"fallback", "plain"},
                           {"pass_query", {"coupon"}},
                           {"utm", {{"source", "blog"}}}});
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(added.body.at("code"), 307);
  EXPECT_EQ(added.body.at("starts_at"), "2026-12-01T00:00:00.000Z");
  EXPECT_EQ(added.body.at("expires_at"), "2026-12-24T17:00:00.000Z");
  EXPECT_EQ(added.body.at("click_cap"), 500);
  EXPECT_EQ(added.body.at("rules")[0].at("country"), json({"DE", "AT"}));
  EXPECT_EQ(added.body.at("rules")[1].at("split")[1].at("weight"), 1);
  EXPECT_EQ(added.body.at("pass_query"), json({"coupon"}));
  EXPECT_EQ(shown("kettle"), added.body);

  const Asked edited =
      edit("kettle", {{"rules", json::array()}, {"expires_at", nullptr}, {"click_cap", nullptr}});
  EXPECT_EQ(edited.body.at("rules"), json::array());
  EXPECT_TRUE(edited.body.at("expires_at").is_null());
  EXPECT_TRUE(edited.body.at("click_cap").is_null());
  EXPECT_EQ(edited.body.at("utm"), json({{"source", "blog"}})) << "what was not given stays";
  EXPECT_EQ(edited.body.at("fallback"), "plain");
}

TEST_F(LinkRoutesTest, ProblemNamesTheRulesMemberAtFault) {
  const json base{{"slug", "kettle"}, {"destination", "https://shop.example/"}};
  const auto rules = [](const char* text) { return json{{"rules", json::parse(text)}}; };
  const std::vector<std::pair<json, std::string>> bad{
      {rules(R"([{"destination":"https://a.example/"},{"country":["Germany"]}])"),
       "rules[1].country[0]"},
      {rules(R"([{"destination":"https://a.example/","colour":1}])"), "rules[0].colour"},
      {rules(R"([{"destination":"https://site.example/go/kettle"}])"), "rules[0].destination"},
      {rules(R"([{"split":[{"destination":"https://a.example/"},
                           {"destination":"http://SITE.example/%67o/x"}]}])"),
       "rules[0].split[1].destination"},
      {rules(R"([{"destination":"https://www.amazon.de/dp/1?x={click}"}])"),
       "rules[0].destination"},
      {{{"destination", "https://amzn.to/1?x={click}"}}, "destination"},
      {{{"destination", "https://site.example/go/kettle"}}, "destination"},
      {{{"fallback", "https://site.example/go/kettle"}}, "fallback"},
      {{{"fallback", "kettle"}}, "fallback"},
      {{{"fallback", "No Slug"}}, "fallback"},
      {{{"code", 303}}, "code"},
      {{{"code", "301"}}, "code"},
      {{{"starts_at", "soon"}}, "starts_at"},
      {{{"starts_at", "2026-12-02"}, {"expires_at", "2026-12-01"}}, "expires_at"},
      {{{"click_cap", 0}}, "click_cap"},
      {{{"click_cap", 1.5}}, "click_cap"},
      {{{"pass_query", {"p"}}}, "pass_query[0]"},
      {{{"utm", {{"colour", "red"}}}}, "utm.colour"},
  };
  for (const auto& [members, field] : bad) {
    json link = base;
    link.update(members);
    const Asked asked = add(link);
    EXPECT_EQ(asked.status, 422) << link;
    EXPECT_EQ(asked.body.value("field", ""), field) << asked.body;
  }
  EXPECT_TRUE(get("/api/v1/links?all=1").body.at("data").empty());
}

TEST_F(LinkRoutesTest, NoTokenGoesToAmazonByWayOfUtm) {
  const std::string amazon = "https://www.amazon.de/dp/1";
  const std::string shop = "https://shop.example/";
  const json rules = json::array({{{"country", {"DE"}}, {"destination", amazon}}});
  const json utm{{"content", "{click}"}};
  const auto field = [](const Asked& asked) {
    EXPECT_EQ(asked.status, 422) << asked.body;
    return asked.body.value("field", "");
  };
  EXPECT_EQ(field(add({{"slug", "x"}, {"destination", amazon}, {"utm", utm}})), "utm");
  ASSERT_EQ(add({{"slug", "own"}, {"destination", amazon}}).status, 201);
  ASSERT_EQ(add({{"slug", "ruled"}, {"destination", shop}, {"rules", rules}}).status, 201);
  ASSERT_EQ(add({{"slug", "ends"}, {"destination", shop}, {"fallback", amazon}}).status, 201);
  for (const char* slug : {"own", "ruled", "ends"}) {
    EXPECT_EQ(field(edit(slug, {{"utm", utm}})), "utm") << slug;
    EXPECT_EQ(edit(slug, {{"utm", {{"content", "{article}"}}}}).status, 200) << slug;
  }
  ASSERT_EQ(add({{"slug", "pan"}, {"destination", shop}, {"utm", utm}}).status, 201);
  EXPECT_EQ(field(edit("pan", {{"destination", amazon}})), "utm") << "the stored UTM counts";
  EXPECT_EQ(field(edit("pan", {{"rules", rules}})), "utm");
  EXPECT_EQ(field(edit("pan", {{"fallback", amazon}})), "utm");
  EXPECT_EQ(get("/api/v1/links/pan").body.at("destination"), shop);
}

TEST_F(LinkRoutesTest, AnEditCannotSendReadersInCirclesByRuleOrFallback) {
  const std::string back = "https://site.example/go/pan";
  const json rule{{"destination", back}};
  const json split{{"split", json::array({{{"destination", "https://a.example/"}}, rule})}};
  house_.add_link("kettle");
  for (const auto& [change, field] : std::vector<std::pair<json, std::string>>{
           {{{"rules", json::array({rule})}}, "rules[0].destination"},
           {{{"rules", json::array({split})}}, "rules[0].split[1].destination"},
           {{{"fallback", back}}, "fallback"}}) {
    const Asked asked = edit("kettle", change);
    EXPECT_EQ(asked.status, 422) << change;
    EXPECT_EQ(asked.body.value("field", ""), field);
    EXPECT_THAT(asked.body.value("detail", ""), testing::HasSubstr("in circles"));
  }
}

TEST_F(LinkRoutesTest, TheSameHostWithOrWithoutWwwIsTheSites) {
  for (const char* host : {"site.example", "www.site.example", "WWW.Site.Example"}) {
    const std::string there = "https://" + std::string(host) + "/go/kettle";
    const Asked asked = add({{"slug", "kettle"}, {"destination", there}});
    EXPECT_EQ(asked.status, 422) << there;
    EXPECT_EQ(asked.body.value("field", ""), "destination");
  }
  EXPECT_EQ(add({{"slug", "other"}, {"destination", "https://shop.site.example/go/x"}}).status,
            201);
  EXPECT_EQ(add({{"slug", "page"}, {"destination", "https://www.site.example/shop/"}}).status, 201);
}

TEST_F(LinkRoutesTest, FallbacksThatLeadNowhereAreToldWhereverTheLinkIsShown) {
  const std::string ends = "2026-12-24T18:00:00Z";
  const std::string shop = "https://shop.example/";
  const auto faults = [&] {
    std::string all;
    const Asked listed = get("/api/v1/links?faults=1");
    for (const json& link : listed.body.at("data"))
      all += link.at("slug").get<std::string>() + ": " + link.at("faults").dump() + "\n";
    return all;
  };
  add({{"slug", "summer"}, {"destination", shop}, {"expires_at", ends}});
  add({{"slug", "winter"}, {"destination", shop}, {"expires_at", ends}, {"fallback", "summer"}});
  EXPECT_EQ(faults(), "");
  const Asked edited = edit("summer", {{"fallback", "winter"}});
  EXPECT_EQ(edited.status, 200) << "two seasons may take turns";
  EXPECT_THAT(edited.body.at("warnings").dump(), testing::HasSubstr("summer -> winter -> summer"));
  EXPECT_THAT(faults(), testing::HasSubstr("winter -> summer -> winter"));
  EXPECT_THAT(owner("POST", "/api/v1/links/summer/test", "{}").body.at("warnings").dump(),
              testing::HasSubstr("round in a circle"));
  edit("winter", {{"expires_at", nullptr}});
  EXPECT_EQ(faults(), "") << "winter always serves";
  edit("winter", {{"expires_at", ends}, {"fallback", "gone"}});
  EXPECT_THAT(faults(), testing::HasSubstr("no such link"));

  std::string last = "winter";
  for (const char* slug : {"a", "b", "c", "d"}) {
    add({{"slug", slug}, {"destination", shop}, {"expires_at", ends}, {"fallback", last}});
    last = slug;
  }
  edit("winter", {{"fallback", ""}});
  EXPECT_EQ(faults(), "");
  add({{"slug", "e"}, {"destination", shop}, {"expires_at", ends}, {"fallback", last}});
  EXPECT_THAT(faults(), testing::HasSubstr("More than 4 fallbacks"));
}

TEST_F(LinkRoutesTest, DestinationThatCameToLeadBackIsAFault) {
  Link link;
  link.slug = "old";
  link.destination = "https://www.site.example/go/old";
  ASSERT_TRUE(house_.store->add_link(link));
  EXPECT_THAT(get("/api/v1/links/old").body.at("warnings").dump(),
              testing::HasSubstr("leads back to this site's own links"));
}

TEST_F(LinkRoutesTest, ATestSaysWhenTheCapIsReached) {
  add({{"slug", "kettle"}, {"destination", "https://shop.example/"}, {"click_cap", 5}});
  const auto why = [&](int clicks) {
    return owner("POST", "/api/v1/links/kettle/test", json{{"clicks", clicks}}.dump())
        .body.at("data")
        .dump();
  };
  EXPECT_THAT(why(4), testing::HasSubstr("4 human clicks so far, below the cap of 5"));
  EXPECT_THAT(why(5), testing::HasSubstr("5 human clicks so far, so the cap of 5 is reached"));
}

TEST_F(LinkRoutesTest, ALinkWhoseStoredRulesCannotBeReadIsShownWithAWarning) {
  add({{"slug", "sound"}, {"destination", "https://shop.example/"}});
  const std::vector<std::string> cells{"{\"rules\": [", "[1]", "7", "{\"id\":9}",
                                       R"({"rules":[{"destination":"nonsense"}]})"};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Link link;
    link.slug = "bad" + std::to_string(i);
    link.destination = "https://shop.example/";
    link.targeting = cells[i];
    ASSERT_TRUE(house_.store->add_link(link));
  }
  const Asked listed = get("/api/v1/links");
  ASSERT_EQ(listed.status, 200) << listed.body;
  EXPECT_EQ(listed.body.at("data").size(), cells.size() + 1);
  for (const json& link : listed.body.at("data")) {
    EXPECT_EQ(link.at("rules"), json::array());
    if (link.at("slug") == "sound") {
      EXPECT_FALSE(link.contains("warnings"));
    } else {
      EXPECT_THAT(link.at("warnings").dump(), testing::HasSubstr("cannot be read")) << link;
    }
  }
  EXPECT_THAT(get("/api/v1/links/bad0").body.at("warnings").dump(),
              testing::HasSubstr("cannot be read"));
  EXPECT_EQ(edit("bad0", {{"title", "Kettle"}}).status, 200);
  EXPECT_EQ(edit("bad0", {{"utm", {{"source", "blog"}}}}).body.at("field"), "rules");
  const Asked mended = edit("bad0", {{"rules", json::array()}});
  EXPECT_EQ(mended.status, 200) << mended.body;
  EXPECT_EQ(mended.body.at("warnings"), json::array());
  EXPECT_EQ(owner("DELETE", "/api/v1/links/bad1").status, 200);
}

TEST_F(LinkRoutesTest, WarningsSayWhatTheOwnerMayNotExpect) {
  const auto warnings = [&](json members) {
    members["slug"] = "w" + std::to_string(++added_);
    if (!members.contains("destination")) members["destination"] = "https://shop.example/";
    const Asked asked = add(members);
    EXPECT_EQ(asked.status, 201) << asked.body;
    return asked.body.value("warnings", json::array()).dump();
  };
  EXPECT_EQ(warnings({}), "[]");
  EXPECT_NE(warnings({{"code", 301}}).find("may keep a 301"), std::string::npos);
  EXPECT_NE(warnings({{"code", 308}, {"click_cap", 5}}).find("its cap"), std::string::npos);
  EXPECT_NE(warnings({{"fallback", "nowhere"}}).find("no link"), std::string::npos);
  EXPECT_NE(warnings({{"destination", "https://www.amazon.de/dp/1?tag=a-21"}}).find("Amazon"),
            std::string::npos);
  EXPECT_NE(warnings({{"destination", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"},
                      {"pass_query", {"clickref2"}}})
                .find("never taken"),
            std::string::npos);
}

TEST_F(LinkRoutesTest, ATestExplainsTheDecision) {
  add({{"slug", "kettle"},
       {"destination", "https://shop.example/"},
       {"rules", json::parse(kRules)},
       {"pass_query", {"coupon"}}});
  const auto test = [&](const json& reader) {
    return owner("POST", "/api/v1/links/kettle/test", reader.dump());
  };
  const Asked german = test({{"country", "DE"}, {"device", "mobile"}});
  ASSERT_EQ(german.status, 200) << german.body;
  EXPECT_EQ(german.body.at("status"), 302);
  EXPECT_EQ(german.body.at("variant"), 1);
  EXPECT_EQ(
      german.body.at("location"),
      "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=de&clickref=a0000000000000000");
  EXPECT_EQ(german.body.at("data")[0], json({{"slug", "kettle"},
                                             {"step", "rule 1 (Germany)"},
                                             {"check", "country"},
                                             {"held", true},
                                             {"why", "DE is DE or AT"}}));
  const Asked mail = test({{"query", "src=mail&coupon=A+B"}, {"article", "/a/"}, {"visitor", 3}});
  const int variant = mail.body.at("variant");
  EXPECT_TRUE(variant == 2 || variant == 3) << variant;
  EXPECT_EQ(mail.body.at("location"), variant == 2 ? "https://a.example/%2Fa%2F?coupon=A%20B"
                                                   : "https://b.example/?coupon=A%20B");
  EXPECT_EQ(test({{"query", "src=mail&coupon=A+B"}, {"article", "/a/"}, {"visitor", 3}}).body,
            mail.body);
  EXPECT_EQ(test({{"country", "FR"}}).body.at("variant"), 0);
  EXPECT_EQ(test({{"country", "Germany"}}).body.at("field"), "country");
  EXPECT_EQ(test({{"os", "beos"}}).body.at("field"), "os");
  EXPECT_EQ(test({{"at", "noon"}}).body.at("field"), "at");
  EXPECT_EQ(test({{"shoe", 1}}).body.at("field"), "shoe");
  EXPECT_EQ(owner("POST", "/api/v1/links/pan/test", "{}").status, 404);
}

TEST_F(LinkRoutesTest, ATestFollowsEndsAndFallbacks) {
  add({{"slug", "pan"}, {"destination", "https://pan.example/"}});
  add({{"slug", "kettle"},
       {"destination", "https://shop.example/"},
       {"expires_at", "2026-12-24T18:00:00Z"},
       {"click_cap", 2}});
  const auto test = [&](const json& reader) {
    return owner("POST", "/api/v1/links/kettle/test", reader.dump()).body;
  };
  EXPECT_EQ(test({{"at", "2026-12-24T17:59:59Z"}}).at("status"), 302);
  EXPECT_EQ(test({{"at", "2026-12-24T18:00:00Z"}}).at("status"), 410);
  EXPECT_EQ(test({{"clicks", 2}}).at("status"), 410);
  EXPECT_TRUE(test({{"clicks", 2}}).at("location").is_null());
  const LinkId id = house_.store->find_link("kettle")->id;
  house_.add_click(id, {});
  EXPECT_EQ(test(json::object()).at("status"), 302);
  house_.add_click(id, {});
  EXPECT_EQ(test(json::object()).at("status"), 410) << "counted from the store";
  edit("kettle", {{"fallback", "pan"}});
  EXPECT_EQ(test({{"clicks", 2}}).at("location"), "https://pan.example/");
  EXPECT_EQ(test({{"clicks", 2}}).at("variant"), 255);
  edit("pan", {{"state", "disabled"}});
  EXPECT_EQ(test({{"clicks", 2}}).at("status"), 410);
}

}  // namespace
}  // namespace candor::api
