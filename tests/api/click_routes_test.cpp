#include "api/api_house.h"
#include "link/url.h"
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

TEST_F(ClickRoutesTest, TheLogKeepsToItsDays) {
  constexpr int kDay = 24 * 60;
  const Click now = house_.add_click(link_.id, article_, 1);
  const Click before = house_.add_click(link_.id, article_, 3 * kDay);
  house_.add_click(link_.id, article_, 9 * kDay);
  const auto ids = [this](const std::string& query) {
    std::vector<std::string> out;
    const json page = get("/api/v1/clicks?" + query).body;
    for (const json& click : page.at("data")) out.push_back(click.at("id"));
    return out;
  };
  const auto day = [this](int days_ago) {
    return rollup::format_day(house_.zone.day_of(to_ms(house_.clock.now())) - days_ago);
  };
  const auto text = [](const Click& click) { return std::to_string(click.id.value); };
  EXPECT_EQ(ids("").size(), 3u);
  EXPECT_EQ(ids("from=" + day(5) + "&to=" + day(2)), std::vector{text(before)});
  EXPECT_EQ(ids("from=" + day(5) + "&to=" + day(0)), (std::vector{text(now), text(before)}));
  EXPECT_EQ(ids("from=" + day(5) + "&to=" + day(0) + "&before=" + text(now)),
            std::vector{text(before)});
  EXPECT_EQ(get("/api/v1/clicks?from=x").status, 422);
}

TEST_F(ClickRoutesTest, TheLogShowsWhatOneRuleLeftOut) {
  const Click bot = house_.add_click(link_.id, article_, 2, Verdict::Bot);
  house_.add_click(link_.id, article_, 1);
  const json found =
      get("/api/v1/clicks?all=1&reason=" + percent_encode(bot.reason)).body.at("data");
  for (const json& click : found) EXPECT_EQ(click.at("reason"), bot.reason);
  EXPECT_TRUE(get("/api/v1/clicks?all=1&reason=none+of+ours").body.at("data").empty());
}

TEST_F(ClickRoutesTest, YearsComeByWeekWithTheSameSums) {
  constexpr int kDay = 24 * 60;
  for (const int days_ago : {0, 1, 400, 800}) house_.add_click(link_.id, article_, days_ago * kDay);
  const std::int32_t today = house_.zone.day_of(to_ms(house_.clock.now()));
  const auto asked = [&](const std::string& route, int days) {
    return get(route + "from=" + rollup::format_day(today - days + 1)).body;
  };
  for (const std::string route : {"/api/v1/overview?", "/api/v1/articles/detail?path=/kettles/&"}) {
    const json short_one = asked(route, 740);
    EXPECT_EQ(short_one.at("step"), "day");
    EXPECT_EQ(short_one.at("days").size(), 740u);
    const json years = asked(route, 1'100);
    EXPECT_EQ(years.at("step"), "week");
    const json& weeks = years.at("days");
    EXPECT_TRUE(weeks.size() == 158 || weeks.size() == 159) << weeks.size();
    EXPECT_EQ(weeks[0].at("day"), rollup::format_day(today - 1'099));
    std::int64_t net = 0;
    for (const json& week : weeks) net += week.at("net").get<std::int64_t>();
    EXPECT_EQ(net, 4);
    for (std::size_t n = 1; n < weeks.size(); ++n)  // 1970-01-01 was a Thursday
      EXPECT_EQ((*rollup::parse_day(weeks[n].at("day").get<std::string>()) + 3) % 7, 0);
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
