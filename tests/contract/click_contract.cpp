#include <gmock/gmock.h>

#include <array>
#include <map>
#include <random>
#include <thread>

#include "contract/store_contract.h"

namespace candor::contract {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kNoonMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00

std::vector<ClickId> ids_of(const std::vector<Click>& clicks) {
  std::vector<ClickId> ids;
  for (const Click& click : clicks) ids.push_back(click.id);
  return ids;
}

/// Clicks by verdict, none of the verdicts beyond these.
std::array<std::int64_t, kVerdictCount> counts(std::int64_t human, std::int64_t bot,
                                               std::int64_t prefetch, std::int64_t head,
                                               std::int64_t repeat) {
  return {human, bot, prefetch, head, repeat};
}

TEST_P(StoreContract, AnAbsorbedClickIsFoundAsItWas) {
  Click click = make_click(kNoonMs, LinkId{7}, ArticleId{3}, Verdict::Bot);
  click.placement = 65'535;
  click.visitor = 0xfedcba9876543210;
  click.reason = "pattern 12";
  click.referrer = "site.example/blenders";
  click.country = Country::parse("DE").value();
  click.device = Device::Tablet;
  click.os = Os::Ios;
  click.asn_class = AsnClass::DataCentre;
  click.language = "de";
  click.variant = 255;
  click.kind = ClickKind::Beacon;
  click.skew_ms = -3'600'000;
  Click plain = make_click(kNoonMs + 1, LinkId{8});
  plain.user_agent.clear();

  store().absorb({click, plain}, berlin(), {.segment = 1, .offset = 99});
  reopen();
  EXPECT_EQ(store().find_click(click.id), click);
  EXPECT_EQ(store().find_click(plain.id), plain);
  EXPECT_EQ(store().find_click(ClickId{1}), std::nullopt);
  EXPECT_EQ(store().last_click(), plain.id);
  EXPECT_EQ(store().absorbed(), (journal::Position{.segment = 1, .offset = 99}));
}

TEST_P(StoreContract, AnEmptyStoreHasNoClicks) {
  EXPECT_EQ(store().last_click(), ClickId{});
  EXPECT_EQ(store().absorbed(), journal::Position{});
  EXPECT_TRUE(store().list_clicks({}).empty());
  EXPECT_TRUE(store().clicks_by_day(day("2020-01-01"), day("2030-01-01"), {}).empty());
}

TEST_P(StoreContract, AbsorbingAgainChangesNothing) {
  const Click first = make_click(kNoonMs, LinkId{7}, ArticleId{3});
  const Click second = make_click(kNoonMs, LinkId{7}, ArticleId{3}, Verdict::Human, 1);
  store().absorb({first}, berlin(), {.segment = 1, .offset = 10});
  Click forged = first;
  forged.link = {8};
  store().absorb({first, forged, second, second}, berlin(), {.segment = 1, .offset = 20});
  reopen();
  store().absorb({first, second}, berlin(), {.segment = 1, .offset = 20});

  EXPECT_EQ(store().find_click(first.id), first);
  const auto days = store().clicks_by_day(day("2026-01-01"), day("2026-01-01"), {});
  ASSERT_EQ(days.size(), 1u);
  EXPECT_EQ(days[0].by_verdict, counts(2, 0, 0, 0, 0));
  EXPECT_EQ(store().list_clicks({}).size(), 2u);
}

TEST_P(StoreContract, ClicksAreListedFromEitherEnd) {
  std::vector<Click> clicks;
  for (int i = 0; i < 6; ++i) clicks.push_back(make_click(kNoonMs + i, LinkId{1}));
  store().absorb(clicks, berlin(), {});
  const auto id = [&](std::size_t i) { return clicks[i].id; };

  EXPECT_THAT(ids_of(store().list_clicks({.limit = 2})), ElementsAre(id(5), id(4)));
  EXPECT_THAT(ids_of(store().list_clicks({.before = id(4), .limit = 2})),
              ElementsAre(id(3), id(2)));
  EXPECT_THAT(ids_of(store().list_clicks({.after = id(1), .limit = 2})), ElementsAre(id(2), id(3)));
  EXPECT_THAT(ids_of(store().list_clicks({.after = id(1), .before = id(3)})), ElementsAre(id(2)));
}

TEST_P(StoreContract, ClicksAreFilteredByVerdictLinkAndArticle) {
  const Click human = make_click(kNoonMs, LinkId{1}, ArticleId{10});
  const Click bot = make_click(kNoonMs + 1, LinkId{1}, ArticleId{10}, Verdict::Bot);
  const Click other = make_click(kNoonMs + 2, LinkId{2}, ArticleId{11});
  store().absorb({human, bot, other}, berlin(), {});

  EXPECT_THAT(ids_of(store().list_clicks({})), ElementsAre(other.id, human.id));
  EXPECT_THAT(ids_of(store().list_clicks({.net_only = false})),
              ElementsAre(other.id, bot.id, human.id));
  EXPECT_THAT(ids_of(store().list_clicks({.net_only = false, .link = LinkId{1}})),
              ElementsAre(bot.id, human.id));
  EXPECT_THAT(ids_of(store().list_clicks({.article = ArticleId{11}})), ElementsAre(other.id));
}

TEST_P(StoreContract, ClicksAreFilteredByWhatTheReaderHolds) {
  Click german = make_click(kNoonMs, LinkId{1});
  german.country = Country::parse("DE").value();
  german.device = Device::Mobile;
  Click french = german;
  french.id = first_click_id(kNoonMs + 1);
  french.country = Country::parse("FR").value();
  french.verdict = Verdict::Flood;
  const Click unknown = make_click(kNoonMs + 2, LinkId{1});
  store().absorb({german, french, unknown}, berlin(), {});

  const auto listed = [&](store::ClickFilter filter) {
    return ids_of(store().list_clicks(filter));
  };
  EXPECT_THAT(listed({.country = Country::parse("DE")}), ElementsAre(german.id));
  EXPECT_THAT(listed({.net_only = false, .device = Device::Mobile}),
              ElementsAre(french.id, german.id));
  EXPECT_THAT(listed({.device = Device::Unknown}), ElementsAre(unknown.id));
  EXPECT_THAT(listed({.verdict = Verdict::Flood}), ElementsAre(french.id));
  EXPECT_THAT(listed({.after = ClickId{}, .country = Country::parse("FR")}), ElementsAre());
}

TEST_P(StoreContract, DaysAreTheSitesOwn) {
  const std::int64_t midnight_ms = berlin().start_of(day("2026-01-02"));
  store().absorb({make_click(midnight_ms - 1, LinkId{1}, ArticleId{3}),
                  make_click(midnight_ms, LinkId{1}, ArticleId{3}),
                  make_click(midnight_ms, LinkId{1}, ArticleId{4}, Verdict::Repeat, 1)},
                 berlin(), {});
  const auto days = store().clicks_by_day(day("2026-01-01"), day("2026-01-09"), {});
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[0].day, day("2026-01-01"));
  EXPECT_EQ(days[0].by_verdict, counts(1, 0, 0, 0, 0));
  EXPECT_EQ(days[1].day, day("2026-01-02"));
  EXPECT_EQ(days[1].by_verdict, counts(1, 0, 0, 0, 1));

  const auto of_article = store().clicks_by_day(day("1990-01-01"), day("2090-01-01"), ArticleId{4});
  ASSERT_EQ(of_article.size(), 1u);
  EXPECT_EQ(of_article[0].by_verdict, counts(0, 0, 0, 0, 1));
  EXPECT_TRUE(store().clicks_by_day(day("2026-01-02"), day("2026-01-01"), ArticleId{3}).empty());
}

TEST_P(StoreContract, LateClicksCountOnTheirOwnDay) {
  store().absorb({make_click(kNoonMs, LinkId{1})}, berlin(), {});
  store().absorb({make_click(kNoonMs - 86'400'000, LinkId{1})}, berlin(), {});
  EXPECT_EQ(store().clicks_by_day(day("2025-12-31"), day("2025-12-31"), {}).size(), 1u);
  EXPECT_EQ(store().last_click(), first_click_id(kNoonMs));
}

TEST_P(StoreContract, ClicksAddUpPerArticle) {
  store().absorb({make_click(kNoonMs, LinkId{1}, ArticleId{3}),
                  make_click(kNoonMs + 1, LinkId{2}, ArticleId{3}),
                  make_click(kNoonMs + 86'400'000, LinkId{1}, ArticleId{3}, Verdict::Head),
                  make_click(kNoonMs + 2, LinkId{1})},
                 berlin(), {});
  const auto articles = store().clicks_by_article(day("2026-01-01"), day("2026-01-02"));
  ASSERT_EQ(articles.size(), 2u);
  EXPECT_EQ(articles[0].article, ArticleId{});
  EXPECT_EQ(articles[0].by_verdict, counts(1, 0, 0, 0, 0));
  EXPECT_EQ(articles[1].article, ArticleId{3});
  EXPECT_EQ(articles[1].by_verdict, counts(2, 0, 0, 1, 0));
}

TEST_P(StoreContract, AChangedVerdictKeepsTheFirstAndMovesTheDayCounts) {
  const Click click = make_click(kNoonMs, LinkId{1}, ArticleId{3});
  const Click other = make_click(kNoonMs + 1, LinkId{1}, ArticleId{3});
  store().absorb({click, other}, berlin(), {});
  EXPECT_EQ(store().find_first_verdict(click.id), std::nullopt);

  const std::vector<store::NewVerdict> bot{{click.id, Verdict::Bot, "pattern 12"}};
  EXPECT_EQ(store().change_verdicts(bot, berlin(), 5'000), 1u);
  EXPECT_EQ(store().change_verdicts(bot, berlin(), 6'000), 0u) << "again";
  EXPECT_EQ(store().find_click(click.id)->verdict, Verdict::Bot);
  EXPECT_EQ(store().find_click(click.id)->reason, "pattern 12");
  EXPECT_EQ(store().find_first_verdict(click.id), (store::FirstVerdict{Verdict::Human, "", 5'000}));
  auto days = store().clicks_by_day(day("2026-01-01"), day("2026-01-01"), {});
  ASSERT_EQ(days.size(), 1u);
  EXPECT_EQ(days[0].by_verdict, counts(1, 1, 0, 0, 0));

  // A third verdict keeps the first one, and its time.
  store().change_verdicts({{click.id, Verdict::Preview, "preview:x"}}, berlin(), 7'000);
  EXPECT_EQ(store().find_first_verdict(click.id), (store::FirstVerdict{Verdict::Human, "", 5'000}));
  // Back where it was, it has no history.
  store().change_verdicts({{click.id, Verdict::Human, ""}}, berlin(), 8'000);
  EXPECT_EQ(store().find_first_verdict(click.id), std::nullopt);
  EXPECT_EQ(store().find_click(click.id), click);
  EXPECT_EQ(store().change_verdicts({{ClickId{1}, Verdict::Bot, "x"}}, berlin(), 9'000), 0u);
}

/// What the day counts must be: the clicks, counted.
std::map<std::pair<rollup::DayNumber, Verdict>, std::int64_t> recount(const store::Store& store) {
  std::map<std::pair<rollup::DayNumber, Verdict>, std::int64_t> counted;
  for (const Click& click : store.list_clicks({.net_only = false, .limit = 100'000}))
    ++counted[{berlin().day_of(at_ms(click.id)), click.verdict}];
  return counted;
}
std::map<std::pair<rollup::DayNumber, Verdict>, std::int64_t> kept_counts(
    const store::Store& store) {
  std::map<std::pair<rollup::DayNumber, Verdict>, std::int64_t> kept;
  for (const auto& each : store.clicks_by_day(day("2000-01-01"), day("2100-01-01"), {}))
    for (int verdict = 0; verdict < kVerdictCount; ++verdict)
      if (const auto clicks = each.by_verdict[static_cast<std::size_t>(verdict)]; clicks != 0)
        kept[{each.day, static_cast<Verdict>(verdict)}] = clicks;
  return kept;
}

TEST_P(StoreContract, DayCountsAlwaysEqualARecount) {
  std::minstd_rand random(7);
  const auto below = [&random](std::size_t end) {
    return static_cast<std::int64_t>(random() % end);
  };
  std::vector<Click> all;
  for (int round = 0; round < 40; ++round) {
    std::vector<Click> batch;
    for (auto n = below(30); n > 0; --n)
      batch.push_back(make_click(kNoonMs + below(5) * 43'200'000, LinkId{1 + below(3)},
                                 ArticleId{below(3)}, static_cast<Verdict>(below(kVerdictCount)),
                                 static_cast<std::int64_t>(all.size() + batch.size())));
    all.insert(all.end(), batch.begin(), batch.end());
    if (!batch.empty()) batch.push_back(batch.front());
    store().absorb(batch, berlin(), {});
    std::vector<store::NewVerdict> changes;
    for (auto n = all.empty() ? 0 : below(20); n > 0; --n)
      changes.push_back({all[static_cast<std::size_t>(below(all.size()))].id,
                         static_cast<Verdict>(below(kVerdictCount)), "rule"});
    store().change_verdicts(changes, berlin(), round);
    ASSERT_EQ(kept_counts(store()), recount(store())) << round;
  }
}

TEST_P(StoreContract, HumanClicksAreScannedInOrder) {
  const Link awin = add_link("awin");
  const Link cj = add_link("cj", "cj");
  std::vector<Click> clicks;
  for (std::int64_t ms = -1; ms <= 4; ++ms)
    clicks.push_back(make_click(kNoonMs + ms, ms == 1 ? cj.id : awin.id, ArticleId{ms + 7},
                                ms == 2 ? Verdict::Bot : Verdict::Human));
  store().absorb(clicks, berlin(), {});
  store().remove_link(awin.id);
  std::vector<attribution::CandidateClick> seen;
  store().scan_human_clicks(kNoonMs, kNoonMs + 4, [&](auto piece) {
    seen.insert(seen.end(), piece.begin(), piece.end());
  });
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].id, clicks[1].id);
  EXPECT_EQ(seen[1].link, cj.id);
  EXPECT_EQ(seen[2].article, ArticleId{10});
  const auto targets = store().list_link_targets();
  ASSERT_EQ(targets.size(), 2u);
  EXPECT_EQ(targets[0].id, awin.id) << "past clicks name removed links";
  EXPECT_EQ(targets[1].network, "cj");
  EXPECT_EQ(targets[1].destination, cj.destination);
}

TEST_P(StoreContract, ACheckpointCompletesWhenNobodyReads) {
  store().absorb({make_click(kNoonMs, LinkId{1})}, berlin(), {});
  EXPECT_TRUE(store().checkpoint());
  EXPECT_TRUE(store().checkpoint());
}

TEST_P(StoreContract, ReadersAndWritersGoOnTogether) {
  constexpr int kBatches = 50;
  std::jthread reader([&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      const std::size_t listed = store().list_clicks({.limit = 10'000}).size();
      std::int64_t counted = 0;
      for (const auto& each : store().clicks_by_day(day("2026-01-01"), day("2026-01-01"), {}))
        counted += each.by_verdict[0];
      EXPECT_GE(counted, static_cast<std::int64_t>(listed));
    }
  });
  for (int i = 0; i < kBatches; ++i) {
    store().absorb({make_click(kNoonMs + i, LinkId{1}),
                    make_click(kNoonMs + i, LinkId{1}, {}, Verdict::Human, 1)},
                   berlin(), {.segment = 1, .offset = static_cast<std::uint64_t>(i)});
    if (i % 10 == 0) store().checkpoint();
  }
  reader.request_stop();
  reader.join();
  EXPECT_EQ(store().list_clicks({.limit = 10'000}).size(), 2u * kBatches);
}

TEST_P(StoreContract, ARunIsKeptAsSaved) {
  store::Run run;
  run.id = store().start_run(1'000);
  EXPECT_EQ(store().list_runs(10).at(0).started_at_ms, 1'000);
  EXPECT_EQ(store().list_runs(10).at(0).stopped_at_ms, std::nullopt);
  run.started_at_ms = 1'000;
  run.seen_at_ms = 2'000;
  run.stopped_at_ms = 2'001;
  run.accepted = 6;
  run.recorded = 3;
  run.unrecorded = 2;
  run.shed = 1;
  run.not_found = 9;
  store().save_run(run);
  const std::int64_t second = store().start_run(3'000);
  reopen();
  const auto runs = store().list_runs(10);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].id, second);
  EXPECT_EQ(runs[1].stopped_at_ms, 2'001);
  EXPECT_EQ(runs[1].accepted, runs[1].recorded + runs[1].unrecorded + runs[1].shed);
  EXPECT_EQ(runs[1].not_found, 9u);
  EXPECT_EQ(store().list_runs(1).size(), 1u);
}

TEST_P(StoreContract, OutagesAreTheGapsBetweenRuns) {
  const auto add_run = [&](std::int64_t from, std::int64_t seen,
                           std::optional<std::int64_t> stopped) {
    store::Run run;
    run.id = store().start_run(from);
    run.started_at_ms = from;
    run.seen_at_ms = seen;
    run.stopped_at_ms = stopped;
    store().save_run(run);
  };
  EXPECT_TRUE(store().list_outages(0, 10'000).empty());
  add_run(1'000, 1'900, 2'000);         // stopped
  add_run(3'000, 4'000, std::nullopt);  // crashed
  add_run(5'000, 7'000, 7'000);
  add_run(6'000, 8'000, 8'000);  // takes over before its predecessor ends
  const auto outages = store().list_outages(0, 10'000);
  ASSERT_EQ(outages.size(), 2u);
  EXPECT_EQ(outages[0].from_ms, 2'000);
  EXPECT_EQ(outages[0].to_ms, 3'000);
  EXPECT_TRUE(outages[0].orderly);
  EXPECT_EQ(outages[1].from_ms, 4'000);
  EXPECT_EQ(outages[1].to_ms, 5'000);
  EXPECT_FALSE(outages[1].orderly);
  EXPECT_EQ(store().list_outages(2'999, 4'000).size(), 1u);
  EXPECT_EQ(store().list_outages(3'000, 4'000).size(), 0u);
}

}  // namespace
}  // namespace candor::contract
