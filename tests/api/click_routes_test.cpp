#include "api/api_house.h"
#include "support/awin_report.h"

namespace candor::api {
namespace {

class ClickRoutesTest : public ApiTest {
 protected:
  Link link_ = house_.add_link("kettle");
  ArticleId article_ = house_.add_article("/kettles/");
};

TEST_F(ClickRoutesTest, PagingVisitsEveryClickOnceInBothDirections) {
  for (int n = 0; n < 23; ++n)
    house_.add_click(link_.id, article_, 100 - n, n % 3 == 0 ? Verdict::Bot : Verdict::Human);
  for (const int limit : {1, 5, 22, 23, 24}) {
    const std::string first = "/api/v1/clicks?all=1&limit=" + std::to_string(limit);
    std::vector<std::int64_t> up;
    for (std::string after = "0"; !after.empty();) {
      const json page = get(first + "&after=" + after).body;
      for (const json& click : page.at("data"))
        up.push_back(std::stoll(click.at("id").get<std::string>()));
      after = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
    }
    std::vector<std::int64_t> down;
    for (std::string before = "-"; !before.empty();) {
      const json page = get(before == "-" ? first : first + "&before=" + before).body;
      for (const json& click : page.at("data"))
        down.push_back(std::stoll(click.at("id").get<std::string>()));
      before = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
    }
    EXPECT_EQ(up.size(), 23u) << limit;
    EXPECT_TRUE(std::ranges::is_sorted(up));
    EXPECT_EQ(std::ranges::adjacent_find(up), up.end());
    std::ranges::reverse(down);
    EXPECT_EQ(up, down) << limit;
  }
}

TEST_F(ClickRoutesTest, JudgingAgainGoesOnAfterAnyClicksId) {
  const auto status = [this](const std::string& after) {
    return owner("POST", "/api/v1/clicks/reclassify",
                 json({{"dry_run", true}, {"after", after}}).dump())
        .status;
  };
  for (const char* id : {"0", "17", "1000000000000000000", "9223372036854775807"})
    EXPECT_EQ(status(id), 200) << id;
  for (const char* id : {"-1", "+1", " 1", "1 ", "1x", "x", "9223372036854775808"})
    EXPECT_EQ(status(id), 422) << id;
}

TEST_F(ClickRoutesTest, OnlyCountedClicksUnlessAllAreAskedFor) {
  house_.add_click(link_.id, article_);
  house_.add_click(link_.id, article_, 50, Verdict::Repeat);
  house_.add_click(house_.add_link("pan").id, {}, 40);
  EXPECT_EQ(get("/api/v1/clicks").body.at("data").size(), 2u);
  EXPECT_EQ(get("/api/v1/clicks?all=1").body.at("data").size(), 3u);
  const json newest = get("/api/v1/clicks").body.at("data").at(0);
  EXPECT_EQ(newest.at("link"), "pan");
  EXPECT_EQ(newest.at("article"), "");
  EXPECT_EQ(get("/api/v1/clicks?link=kettle").body.at("data").size(), 1u);
  EXPECT_EQ(get("/api/v1/clicks?article=/kettles/&all=1").body.at("data").size(), 2u);
}

TEST_F(ClickRoutesTest, ClicksTellOfTheirReaderAndAreFilteredByIt) {
  Click click = house_.add_click(link_.id, article_, 50, Verdict::Flood);
  click.id = {click.id.value + 1};
  click.country = Country::parse("DE").value();
  click.device = Device::Mobile;
  click.os = Os::Android;
  click.asn_class = AsnClass::Reader;
  click.language = "de";
  click.variant = 2;
  click.kind = ClickKind::Beacon;
  click.skew_ms = -1500;
  click.verdict = Verdict::Human;
  house_.store->absorb({click}, house_.zone, {.segment = 1, .offset = 99});
  const json listed = get("/api/v1/clicks?country=de&device=mobile").body.at("data");
  ASSERT_EQ(listed.size(), 1u);
  for (const auto& [key, value] : {std::pair<const char*, json>{"country", "DE"},
                                   {"device", "mobile"},
                                   {"os", "android"},
                                   {"network", "reader"},
                                   {"language", "de"},
                                   {"variant", 2},
                                   {"kind", "beacon"},
                                   {"skew_ms", -1500}})
    EXPECT_EQ(listed.at(0).at(key), value) << key;
  EXPECT_EQ(get("/api/v1/clicks?verdict=flood").body.at("data").size(), 1u);
  EXPECT_EQ(get("/api/v1/clicks?verdict=bot").body.at("data").size(), 0u);
  const json explained = get("/api/v1/clicks/" + std::to_string(click.id.value)).body;
  EXPECT_NE(explained.at("clock").get<std::string>().find("1500 ms"), std::string::npos);
}

TEST_F(ClickRoutesTest, BadFiltersAreRefusedWithTheirName) {
  for (const auto& [query, status, field] :
       {std::tuple{"limit=0", 422, "limit"}, std::tuple{"limit=10001", 422, "limit"},
        std::tuple{"limit=five", 422, "limit"}, std::tuple{"before=", 422, "before"},
        std::tuple{"after=nonsense", 422, "after"}, std::tuple{"link=none", 404, "link"},
        std::tuple{"article=/none/", 404, "article"}, std::tuple{"verdict=good", 422, "verdict"},
        std::tuple{"country=Germany", 422, "country"},
        std::tuple{"device=toaster", 422, "device"}}) {
    const Asked asked = get("/api/v1/clicks?" + std::string(query));
    EXPECT_EQ(asked.status, status) << query;
    EXPECT_EQ(asked.body.at("field"), field) << query;
  }
}

TEST_F(ClickRoutesTest, ClickIsExplainedByIdAndByTokenWithItsMoney) {
  const Click click = house_.add_click(link_.id, article_, 60 * 48);
  const std::string token = house_.token(click);
  owner("POST", "/api/v1/revenue/imports?currency=GBP",
        awin_report({{"1", "approved", "3.14", token}}));
  const json explained = get("/api/v1/clicks/" + token).body;
  EXPECT_EQ(explained.at("counts"), true);
  EXPECT_EQ(explained.at("click").at("token"), token);
  ASSERT_EQ(explained.at("commissions").size(), 1u);
  EXPECT_EQ(explained.at("commissions").at(0).at("commission_micro"), 3'140'000);
  EXPECT_EQ(explained.at("commissions").at(0).at("tier"), "click-token");
  EXPECT_EQ(get("/api/v1/clicks/" + std::to_string(click.id.value)).body, explained);
  EXPECT_EQ(get("/api/v1/clicks/" + std::to_string(click.id.value + 1)).status, 404);

  const Click bot = house_.add_click(link_.id, article_, 30, Verdict::Bot);
  EXPECT_EQ(get("/api/v1/clicks/" + house_.token(bot)).body.at("counts"), false);
}

}  // namespace
}  // namespace candor::api
