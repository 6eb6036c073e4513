#include "attribution/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace candor::attribution {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kEvent = 1'772'446'272'000;     // 2026-03-02 10:11:12 UTC
constexpr std::int64_t kEventDay = 1'772'409'600'000;  // 2026-03-02 00:00:00 UTC

constexpr ArticleId kBlenders{1};
constexpr ArticleId kLamps{2};
constexpr LinkId kLink{10};
constexpr LinkId kOtherLink{11};

ClickId click_at(std::int64_t ms) { return {first_click_id(ms).value + 1}; }

class FakeEvidence final : public Evidence {
 public:
  std::map<std::string, CandidateClick, std::less<>> by_token;
  std::map<std::string, ArticleId, std::less<>> by_label;
  std::map<std::string, ArticleId, std::less<>> by_url;
  std::map<std::string, ArticleId, std::less<>> by_tag;

  std::optional<CandidateClick> find_click_by_token(std::string_view sub_id) const override {
    return find(by_token, sub_id);
  }
  std::optional<ArticleId> find_article_by_label(std::string_view,
                                                 std::string_view sub_id) const override {
    return find(by_label, sub_id);
  }
  std::optional<ArticleId> find_article_by_url(std::string_view url) const override {
    return find(by_url, url);
  }
  std::optional<ArticleId> find_article_by_tag(std::string_view,
                                               std::string_view tag) const override {
    return find(by_tag, tag);
  }

 private:
  template <class Map>
  static std::optional<typename Map::mapped_type> find(const Map& map, std::string_view key) {
    const auto at = map.find(key);
    if (at == map.end()) return std::nullopt;
    return at->second;
  }
};

CommissionRow awin_row(std::string sub_id) {
  CommissionRow row;
  row.event_at_ms = kEvent;
  row.sub_id = std::move(sub_id);
  return row;
}

CommissionRow amazon_row(std::string tag, std::string product) {
  CommissionRow row;
  row.event_at_ms = kEventDay;
  row.precision = TimePrecision::Day;
  row.tag = std::move(tag);
  row.product = std::move(product);
  return row;
}

TEST(Match, AReturnedTokenCreditsItsClicksArticleAndLink) {
  FakeEvidence evidence;
  const ClickId click = click_at(kEvent - kHour);
  evidence.by_token["ktoken"] = {click, kLink, kBlenders};
  evidence.by_label["ktoken"] = kLamps;
  const Match found = *match(awin_row("ktoken"), "awin", evidence);
  EXPECT_EQ(found.tier, Tier::ClickToken);
  EXPECT_EQ(found.model, "exact");
  EXPECT_THAT(found.weights, ElementsAre(Weight{kBlenders, kLink, click, 1}));
}

TEST(Match, ATokenOfALaterClickProvesNothing) {
  FakeEvidence evidence;
  evidence.by_token["ktoken"] = {click_at(kEvent + 2 * kDay), kLink, kBlenders};
  const Match found = *match(awin_row("ktoken"), "awin", evidence);
  EXPECT_EQ(found.tier, Tier::Unattributed);
  EXPECT_THAT(found.reason, HasSubstr("after the purchase"));
  EXPECT_THAT(found.weights, ElementsAre(Weight{}));
}

TEST(Match, AReportInAnotherZoneDoesNotLoseTheToken) {
  FakeEvidence evidence;
  evidence.by_token["ktoken"] = {click_at(kEvent + 5 * kHour), kLink, kBlenders};
  EXPECT_EQ(match(awin_row("ktoken"), "awin", evidence)->tier, Tier::ClickToken);
}

TEST(Match, AClickOfAnUnknownArticleTakesTheArticleTheNetworkNames) {
  FakeEvidence evidence;
  const ClickId click = click_at(kEvent - kHour);
  evidence.by_token["ktoken"] = {click, kLink, {}};
  CommissionRow row = awin_row("ktoken");
  EXPECT_THAT(match(row, "awin", evidence)->weights, ElementsAre(Weight{{}, kLink, click, 1}));
  row.referring_url = "https://example.test/best-lamps";
  evidence.by_url[row.referring_url] = kLamps;
  const Match found = *match(row, "awin", evidence);
  EXPECT_EQ(found.tier, Tier::LabelOrReferrer);
  EXPECT_THAT(found.weights, ElementsAre(Weight{kLamps, kLink, click, 1}));
}

TEST(Match, ALabelIsStrongerThanTheReferringPage) {
  FakeEvidence evidence;
  evidence.by_label["newsletter"] = kBlenders;
  evidence.by_url["https://example.test/best-lamps"] = kLamps;
  CommissionRow row = awin_row("newsletter");
  row.referring_url = "https://example.test/best-lamps";
  EXPECT_EQ(match(row, "awin", evidence)->weights.front().article, kBlenders);
  row.sub_id = "other";
  const Match found = *match(row, "awin", evidence);
  EXPECT_EQ(found.tier, Tier::LabelOrReferrer);
  EXPECT_EQ(found.weights.front().article, kLamps);
}

TEST(Match, ATagOfOneArticleCreditsIt) {
  FakeEvidence evidence;
  evidence.by_tag["candor-blend-20"] = kBlenders;
  const Match found = *match(amazon_row("candor-blend-20", "B0"), "amazon", evidence);
  EXPECT_EQ(found.tier, Tier::ArticleTag);
  EXPECT_THAT(found.weights, ElementsAre(Weight{kBlenders, {}, {}, 1}));
}

TEST(Match, AForeignSubIdIsNeverSpreadOverOurClicks) {
  const Match found = *match(awin_row("partner-page"), "awin", FakeEvidence());
  EXPECT_EQ(found.tier, Tier::Unattributed);
  EXPECT_THAT(found.reason, HasSubstr("partner-page"));
}

TEST(Match, WithoutEvidenceTheClicksOfTheWindowDecide) {
  EXPECT_FALSE(match(awin_row(""), "awin", FakeEvidence()));
  EXPECT_FALSE(match(amazon_row("candor-20", "B0"), "amazon", FakeEvidence()));
  const Match nothing = match_nothing(amazon_row("candor-20", "B0"));
  EXPECT_EQ(nothing.tier, Tier::Unattributed);
  EXPECT_THAT(nothing.weights, ElementsAre(Weight{}));
  EXPECT_THAT(nothing.reason, HasSubstr("\"candor-20\""));
}

TEST(Match, TiersHaveNames) {
  EXPECT_EQ(name_of(Tier::ClickToken), "click-token");
  EXPECT_EQ(name_of(Tier::LabelOrReferrer), "label");
  EXPECT_EQ(name_of(Tier::ArticleTag), "article-tag");
  EXPECT_EQ(name_of(Tier::Modelled), "modelled");
  EXPECT_EQ(name_of(Tier::Unattributed), "unattributed");
}

}  // namespace
}  // namespace candor::attribution
