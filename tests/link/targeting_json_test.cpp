#include "link/targeting_json.h"

#include <gtest/gtest.h>

#include "base/rfc3339.h"

namespace candor {
namespace {

constexpr std::string_view kFull =
    R"({"pass_query":["coupon"],"rules":[{"country":["DE","AT"],"country_not":["CH"],)"
    R"("destination":"https://shop.example/de?x={y}","device":["mobile"],"language":["de"],)"
    R"("name":"Germany","os":["ios"],"query":[{"name":"src"},{"equals":"mail","name":"m"}],)"
    R"("schedule":{"from":"2026-12-01T00:00:00.000Z","hours":"22:00-06:00",)"
    R"("until":"2026-12-24T12:00:00.000Z","weekdays":["mon","sun"]}},)"
    R"({"split":[{"destination":"https://a.example/","weight":70},)"
    R"({"destination":"https://b.example/","weight":30}]}],)"
    R"("utm":{"content":"{article}","source":"blog"}})";

TEST(TargetingJson, ComesBackAsItWas) {
  const auto targeting = parse_targeting(kFull);
  ASSERT_TRUE(targeting) << targeting.error().field << targeting.error().message;
  EXPECT_EQ(format_targeting(*targeting), kFull);
  EXPECT_EQ(parse_targeting(format_targeting(*targeting))->rules, targeting->rules);
  EXPECT_EQ(targeting->rules[0].schedule->weekdays, 0b1000001);
  EXPECT_EQ(targeting->utm[0].name, "utm_source");
}

TEST(TargetingJson, NothingIsEmpty) {
  EXPECT_TRUE(parse_targeting("")->empty());
  EXPECT_TRUE(parse_targeting(R"({"rules":[],"utm":{},"pass_query":null})")->empty());
  EXPECT_EQ(format_targeting({}), "");
}

TEST(TargetingJson, TheErrorNamesTheMemberByItsPath) {
  const std::pair<std::string_view, std::string_view> bad[] = {
      {"[", "rules"},
      {R"({"rule":[]})", "rule"},
      {R"({"rules":{}})", "rules"},
      {R"({"rules":[5]})", "rules[0]"},
      {R"({"rules":[{"destination":"https://a.example/"},{"country":["Germany"]}]})",
       "rules[1].country[0]"},
      {R"({"rules":[{"country":"DE"}]})", "rules[0].country"},
      {R"({"rules":[{"device":["phone"]}]})", "rules[0].device[0]"},
      {R"({"rules":[{"os":["ios",7]}]})", "rules[0].os[1]"},
      {R"({"rules":[{"language":["de-DE"]}]})", "rules[0].language[0]"},
      {R"({"rules":[{"colour":["red"]}]})", "rules[0].colour"},
      {R"({"rules":[{}]})", "rules[0].destination"},
      {R"({"rules":[{"destination":"ftp://a.example/"}]})", "rules[0].destination"},
      {R"({"rules":[{"destination":"https://u:p@a.example/"}]})", "rules[0].destination"},
      {R"({"rules":[{"split":[{"destination":"https://a.example/","weight":0}]}]})",
       "rules[0].split[0].weight"},
      {R"({"rules":[{"split":[{"destination":"https://a.example/","weight":1001}]}]})",
       "rules[0].split[0].weight"},
      {R"({"rules":[{"split":[{"destination":"https://a.example/","weight":1.5}]}]})",
       "rules[0].split[0].weight"},
      {R"({"rules":[{"split":[{"weight":1}]}]})", "rules[0].split[0].destination"},
      {R"({"rules":[{"destination":"https://a.example/",)"
       R"("split":[{"destination":"https://a.example/"}]}]})",
       "rules[0].split"},
      {R"({"rules":[{"schedule":{"from":"tomorrow"}}]})", "rules[0].schedule.from"},
      {R"({"rules":[{"schedule":{"from":"2026-12-01T00:00"}}]})", "rules[0].schedule.from"},
      {R"({"rules":[{"schedule":{"from":"2026-12-02T00:00Z","until":"2026-12-01T00:00Z"}}]})",
       "rules[0].schedule.until"},
      {R"({"rules":[{"schedule":{"weekdays":["Montag"]}}]})", "rules[0].schedule.weekdays[0]"},
      {R"({"rules":[{"schedule":{"hours":"8-9"}}]})", "rules[0].schedule.hours"},
      {R"({"rules":[{"schedule":{"hours":"08:00-08:00"}}]})", "rules[0].schedule.hours"},
      {R"({"rules":[{"schedule":{"hours":"08:00-24:01"}}]})", "rules[0].schedule.hours"},
      {R"({"rules":[{"query":[{"equals":"a"}]}]})", "rules[0].query[0].name"},
      {R"({"pass_query":["a"]})", "pass_query[0]"},
      {R"({"pass_query":[""]})", "pass_query[0]"},
      {R"({"utm":{"medium":1}})", "utm.medium"},
      {R"({"utm":{"id":"x"}})", "utm.id"},
  };
  for (const auto& [text, field] : bad) {
    const auto targeting = parse_targeting(text);
    ASSERT_FALSE(targeting) << text;
    EXPECT_EQ(targeting.error().field, field) << text;
  }
}

TEST(TargetingJson, RulesAndTargetsAreLimited) {
  const auto rules = [](int count, int targets) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      std::string split;
      for (int j = 0; j < targets; ++j)
        split += std::string(j == 0 ? "" : ",") + R"({"destination":"https://a.example/"})";
      text += std::string(i == 0 ? "" : ",") + R"({"split":[)" + split + "]}";
    }
    return parse_targeting(R"({"rules":[)" + text + "]}").has_value();
  };
  EXPECT_TRUE(rules(50, 4));
  EXPECT_FALSE(rules(51, 1));
  EXPECT_FALSE(rules(41, 5));
}

TEST(Rfc3339, ReadsTimesWithAndWithoutAnOffset) {
  const auto ms = [](std::string_view text) { return parse_rfc3339(text).value().ms; };
  EXPECT_EQ(ms("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ms("2026-11-23T02:30:44.1239Z"), ms("2026-11-23T03:30:44.123+01:00"));
  EXPECT_EQ(ms("2026-11-23t02:30z"), ms("2026-11-22T21:30:00-05:00"));
  EXPECT_FALSE(parse_rfc3339("2026-11-23T02:30Z")->is_local);
  EXPECT_TRUE(parse_rfc3339("2026-11-23T02:30")->is_local);
  EXPECT_EQ(ms("2026-11-23"), ms("2026-11-23T00:00Z"));
  EXPECT_EQ(format_rfc3339(ms("2024-02-29T23:59:59.999Z")), "2024-02-29T23:59:59.999Z");
  for (const char* bad :
       {"", "2026", "2026-13-01", "2026-02-30", "2026-1-1", "2026-01-01T24:00Z", "2026-01-01T1:00Z",
        "2026-01-01T01:60Z", "2026-01-01T01:00:60Z", "2026-01-01T01:00+24:00",
        "2026-01-01T01:00+0100", "2026-01-01T01:00:00.Z", "2026-01-01T01:00Zx", "2026-01-01Z",
        "+026-01-01", "2026-01-01T01:00 Z"})
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

}  // namespace
}  // namespace candor
