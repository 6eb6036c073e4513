#include "jobs/reclassify.h"

#include <gtest/gtest.h>

#include "support/site_house.h"

namespace candor::jobs {
namespace {

constexpr std::string_view kFirefox =
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

class Reclassify : public testing::Test {
 protected:
  /// A click as an older version with other rules judged it.
  Click add(std::string_view user_agent, Verdict verdict, std::string reason = {},
            AsnClass asn_class = AsnClass::Unknown) {
    Click click = contract::make_click(to_ms(house_.clock.now()) + ++clicks_, LinkId{1},
                                       ArticleId{2}, verdict);
    click.user_agent = user_agent;
    click.asn_class = asn_class;
    click.reason = std::move(reason);
    house_.store->absorb({click}, house_.zone, {.segment = 1, .offset = 1});
    return click;
  }
  ReclassifyReport run(ReclassifyRange range = {.after = {}, .before = last(), .limit = 1000}) {
    return reclassify(*house_.store, bots(), house_.zone, house_.clock, range);
  }
  static ClickId last() { return ClickId{std::numeric_limits<std::int64_t>::max()}; }
  Verdict verdict_of(const Click& click) { return house_.store->find_click(click.id)->verdict; }
  static const BotFilter& bots() {
    static const BotFilter kBots;
    return kBots;
  }

  SiteHouse house_;
  std::int64_t clicks_ = 0;
};

TEST_F(Reclassify, ClicksGetWhatTodaysRulesSayOfTheirUserAgent) {
  const Click missed = add("GardenBot/1.0 (+https://garden.example)", Verdict::Human);
  const Click wronged = add(kFirefox, Verdict::Bot, "an old pattern");
  const Click preview = add("WhatsApp/2.23.20.0 A", Verdict::Bot, "crawler-user-agents:WhatsApp");
  const Click right = add(kFirefox, Verdict::Human);
  const ReclassifyReport report = run();
  EXPECT_EQ(report.looked_at, 4u);
  EXPECT_EQ(report.changed, 3u);
  EXPECT_EQ(report.changes.at({Verdict::Human, Verdict::Bot}), 1u);
  EXPECT_EQ(verdict_of(missed), Verdict::Bot);
  EXPECT_EQ(verdict_of(wronged), Verdict::Human);
  EXPECT_EQ(verdict_of(preview), Verdict::Preview);
  EXPECT_EQ(verdict_of(right), Verdict::Human);
  EXPECT_EQ(house_.store->find_click(wronged.id)->reason, "");
  EXPECT_EQ(house_.store->find_first_verdict(wronged.id)->reason, "an old pattern");
  EXPECT_EQ(run().changed, 0u) << "again";
}

TEST_F(Reclassify, VerdictsThatNeededMoreThanTheUserAgentStay) {
  std::vector<Click> kept;
  for (const Verdict verdict : {Verdict::Prefetch, Verdict::Head, Verdict::Repeat, Verdict::Flood,
                                Verdict::DataCentre, Verdict::Test})
    kept.push_back(add("Googlebot/2.1", verdict, "header"));
  kept.push_back(add("", Verdict::Human));  // its user agent is past retention
  EXPECT_EQ(run().changed, 0u);
  for (const Click& click : kept) EXPECT_EQ(verdict_of(click), click.verdict);
}

TEST_F(Reclassify, NoReaderIsMadeOfABotFromANetworkOfServers) {
  const Click server = add(kFirefox, Verdict::Bot, "an old pattern", AsnClass::DataCentre);
  const Click reader = add(kFirefox, Verdict::Bot, "an old pattern", AsnClass::Reader);
  const Click counted = add("Googlebot/2.1", Verdict::Human, {}, AsnClass::DataCentre);
  EXPECT_EQ(run().changed, 2u);
  EXPECT_EQ(verdict_of(server), Verdict::Bot);
  EXPECT_EQ(verdict_of(reader), Verdict::Human);
  EXPECT_EQ(verdict_of(counted), Verdict::Bot) << "the owner counted it until a rule knew it";
}

TEST_F(Reclassify, ADryRunOnlySaysWhatWouldChange) {
  const Click missed = add("Googlebot/2.1", Verdict::Human);
  const auto report = run({.after = {}, .before = last(), .limit = 1000, .dry_run = true});
  EXPECT_EQ(report.changed, 1u);
  EXPECT_EQ(verdict_of(missed), Verdict::Human);
  EXPECT_EQ(house_.store->find_first_verdict(missed.id), std::nullopt);
}

TEST_F(Reclassify, PartsAddUpToTheWholeAndTheRangeIsKept) {
  std::vector<Click> clicks;
  for (int i = 0; i < 25; ++i) clicks.push_back(add("Googlebot/2.1", Verdict::Human));
  ReclassifyRange range{.after = clicks[1].id, .before = clicks[23].id, .limit = 4};
  std::uint64_t changed = 0;
  for (bool more = true; more;) {
    const auto part = run(range);
    EXPECT_LE(part.looked_at, 4u);
    changed += part.changed;
    more = part.next.has_value();
    if (more) range.after = *part.next;
  }
  EXPECT_EQ(changed, 21u);
  for (const std::size_t outside : {0u, 1u, 23u, 24u})
    EXPECT_EQ(verdict_of(clicks[outside]), Verdict::Human);
}

}  // namespace
}  // namespace candor::jobs
