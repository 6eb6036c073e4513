#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>
#include <tuple>

#include "contract/store_contract.h"
#include "store/errors.h"
#include "support/fake_random.h"

namespace candor::contract {
namespace {

constexpr std::int64_t kNoonMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00
constexpr std::int64_t kDayMs = 86'400'000;

const std::function<void()> kNothing = [] {};

/// A day's clicks of every kind, by some twenty readers.
std::vector<Click> make_day(std::int64_t noon_ms, std::size_t count, std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  const auto below = [&random](std::uint64_t limit) { return random() % limit; };
  std::vector<Click> clicks;
  for (std::size_t n = 0; n < count; ++n) {
    const auto at = noon_ms - 30'000'000 + static_cast<std::int64_t>(n * 60'000'000 / count);
    Click click = make_click(at, LinkId{1 + static_cast<std::int64_t>(below(5))},
                             ArticleId{static_cast<std::int64_t>(below(4))},
                             static_cast<Verdict>(below(3)), static_cast<std::int64_t>(n % 4096));
    click.visitor = below(20) == 0 ? 0 : 0x9000'0000'0000'0000 + below(20) * 77'777;
    click.placement = static_cast<std::uint16_t>(below(9));
    click.reason = click.verdict == Verdict::Bot ? "pattern 12" : "";
    click.referrer = "site.example/" + std::to_string(below(6));
    click.user_agent = "Browser " + std::to_string(below(7));
    click.country = Country::parse(below(2) == 0 ? "DE" : "FR").value();
    click.device = static_cast<Device>(below(kDeviceCount));
    click.os = static_cast<Os>(below(kOsCount));
    click.asn_class = static_cast<AsnClass>(below(kAsnClassCount));
    click.language = below(3) == 0 ? "" : "de";
    click.variant = static_cast<std::uint8_t>(below(3));
    click.kind = static_cast<ClickKind>(below(kClickKindCount));
    click.skew_ms = below(50) == 0 ? -5'000 : 0;
    clicks.push_back(click);
  }
  return clicks;
}

/// What must stay: all but the visitors, who are told apart by their first click of the day.
std::vector<Click> without_keys(std::vector<Click> clicks) {
  std::map<std::pair<std::int64_t, std::uint64_t>, std::uint64_t> names;
  for (Click& click : clicks)
    if (click.visitor != 0)
      click.visitor = names.try_emplace({at_ms(click.id) / kDayMs, click.visitor}, names.size() + 1)
                          .first->second;
  return clicks;
}

std::vector<Click> all_clicks(const store::Store& store) {
  return store.list_clicks({.after = ClickId{}, .net_only = false, .limit = 1'000'000});
}

using Totals = std::map<std::pair<int, int>, std::int64_t>;

Totals totals_of(const store::Store& store) {
  Totals totals;
  for (const auto& day : store.clicks_by_day(day("2025-01-01"), day("2027-01-01"), {}))
    for (int verdict = 0; verdict < kVerdictCount; ++verdict)
      totals[{day.day, verdict}] = day.by_verdict[static_cast<std::size_t>(verdict)];
  return totals;
}

class Stop : public std::exception {};

TEST_P(StoreContract, APackedDayIsReadAsItsRowsWere) {
  const auto clicks = make_day(kNoonMs, 500);
  store().absorb(clicks, berlin(), {});
  const Totals before = totals_of(store());
  FakeRandom random;
  const auto packed = store().pack_day(day("2026-01-01"), berlin(), random, kNothing);
  EXPECT_EQ(packed.refused, "");
  EXPECT_EQ(packed.clicks, 500);
  EXPECT_EQ(packed.blocks, 1);
  reopen();
  EXPECT_TRUE(without_keys(all_clicks(store())) == without_keys(clicks));
  EXPECT_EQ(totals_of(store()), before);
  EXPECT_TRUE(store().list_row_days(day("2027-01-01")).empty());
  EXPECT_EQ(store().last_click(), clicks.back().id);
  Click found = store().find_click(clicks[77].id).value();
  found.visitor = clicks[77].visitor;
  EXPECT_EQ(found, clicks[77]);
  EXPECT_EQ(store().find_click({clicks[77].id.value + 1}), std::nullopt);
}

TEST_P(StoreContract, PackedClicksAreScannedWithTheRowsBesideThem) {
  const auto scanned = [&](std::int64_t from_ms, std::int64_t to_ms) {
    std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>> out;
    store().scan_human_clicks(from_ms, to_ms, [&](auto piece) {
      for (const auto& click : piece)
        out.emplace_back(click.id.value, click.link.value, click.article.value);
    });
    return out;
  };
  const auto clicks = make_day(kNoonMs, 500);
  store().absorb(clicks, berlin(), {});
  const std::int64_t last_ms = at_ms(clicks.back().id);
  const auto all = scanned(0, last_ms + 1);
  const auto part = scanned(at_ms(clicks[100].id), at_ms(clicks[400].id));
  ASSERT_FALSE(part.empty());
  ASSERT_LT(part.size(), all.size());
  FakeRandom random;
  store().pack_day(day("2026-01-01"), berlin(), random, kNothing);
  EXPECT_EQ(scanned(0, last_ms + 1), all);
  EXPECT_EQ(scanned(at_ms(clicks[100].id), at_ms(clicks[400].id)), part);
  // One that comes late, before the block's last one, and one after it.
  const Click late = make_click(at_ms(clicks[250].id), LinkId{1}, {}, Verdict::Human, 999);
  const Click next = make_click(last_ms + 5, LinkId{1}, {}, Verdict::Human, 1);
  store().absorb({late, next}, berlin(), {});
  auto with_late = all;
  with_late.emplace_back(late.id.value, 1, 0);
  with_late.emplace_back(next.id.value, 1, 0);
  std::ranges::sort(with_late);
  EXPECT_EQ(scanned(0, last_ms + 6), with_late);
}

TEST_P(StoreContract, CandidatesAreFoundAmongRowsAndInBlocks) {
  const auto clicks = make_day(kNoonMs, 300);
  const auto next_day = make_day(kNoonMs + kDayMs, 50, 3);
  store().absorb(clicks, berlin(), {});
  store().absorb(next_day, berlin(), {});
  std::vector<ClickId> ids{ClickId{1}};
  std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>> stored;
  for (const auto& day : {clicks, next_day})
    for (std::size_t n = 0; n < day.size(); n += 7) {
      ids.push_back(day[n].id);
      if (n % 2 == 0) ids.push_back({day[n].id.value + 1});
      stored.emplace_back(day[n].id.value, day[n].link.value, day[n].article.value);
    }
  ids.push_back({next_day.back().id.value + 9});
  const auto found = [&] {
    std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>> out;
    for (const auto& click : store().find_candidates(ids))
      out.emplace_back(click.id.value, click.link.value, click.article.value);
    return out;
  };
  EXPECT_EQ(found(), stored);
  FakeRandom random;
  store().pack_day(day("2026-01-01"), berlin(), random, kNothing);
  EXPECT_EQ(found(), stored);
  // One that comes late stands among the rows, between the block's clicks.
  const Click late = make_click(at_ms(clicks[250].id), LinkId{1}, {}, Verdict::Human, 999);
  store().absorb({late}, berlin(), {});
  ids.push_back(late.id);
  stored.emplace_back(late.id.value, 1, 0);
  std::ranges::sort(ids);
  std::ranges::sort(stored);
  EXPECT_EQ(found(), stored);
}

TEST_P(StoreContract, VisitorsOfAPackedDayAreOrdinals) {
  const auto clicks = make_day(kNoonMs, 500);
  store().absorb(clicks, berlin(), {});
  FakeRandom random;
  store().pack_day(day("2026-01-01"), berlin(), random, kNothing);
  std::set<std::uint64_t> ordinals;
  for (const Click& click : all_clicks(store())) ordinals.insert(click.visitor);
  EXPECT_EQ(*ordinals.rbegin(), ordinals.size() - 1);
  EXPECT_EQ(ordinals.size(), 21u);  // 0: not kept
}

TEST_P(StoreContract, EveryFilterFindsTheSameClicksInRowsAndBlocks) {
  const Link awin = add_link("kettle");
  const Link amazon = add_link("pan", "amazon");
  auto clicks = make_day(kNoonMs, 300);
  const auto more = make_day(kNoonMs + kDayMs, 300, 2);
  clicks.insert(clicks.end(), more.begin(), more.end());
  store().absorb(clicks, berlin(), {});
  using store::ClickFilter;
  const std::vector<ClickFilter> filters{
      {},
      {.limit = 7},
      {.after = ClickId{}, .limit = 7},
      {.after = clicks[250].id, .before = clicks[333].id, .net_only = false},
      {.before = clicks[310].id, .net_only = false, .limit = 50},
      {.net_only = false, .verdict = Verdict::Bot, .limit = 500},
      {.net_only = false, .link = amazon.id, .limit = 500},
      {.after = ClickId{}, .article = ArticleId{2}, .limit = 500},
      {.net_only = false, .country = Country::parse("DE"), .device = Device::Tv, .limit = 500}};
  std::vector<std::vector<Click>> before;
  for (const auto& filter : filters) before.push_back(store().list_clicks(filter));
  FakeRandom random;
  store().pack_day(day("2026-01-01"), berlin(), random, kNothing);
  for (std::size_t n = 0; n < filters.size(); ++n)
    EXPECT_TRUE(without_keys(store().list_clicks(filters[n])) == without_keys(before[n])) << n;
}

TEST_P(StoreContract, StoppedAfterAnySliceADayIsWholeAndTheNextRunGoesOn) {
  const auto clicks = make_day(kNoonMs, 200);
  const auto next_day = make_day(kNoonMs + kDayMs, 50, 3);
  store().absorb(clicks, berlin(), {});
  store().absorb(next_day, berlin(), {});
  const Totals totals = totals_of(store());
  auto all = clicks;
  all.insert(all.end(), next_day.begin(), next_day.end());
  const auto names = without_keys(all);
  int stops = 0;
  for (bool done = false; !done;) {
    int slices = 0;
    FakeRandom random;
    try {
      for (const auto& rows : store().list_row_days(day("2026-01-03")))
        store().pack_day(rows.day, berlin(), random, [&] {
          if (++slices > stops) throw Stop();
        });
      done = true;
    } catch (const Stop&) {
      ++stops;
    }
    reopen();
    EXPECT_TRUE(without_keys(all_clicks(store())) == names) << stops;
    EXPECT_EQ(totals_of(store()), totals) << stops;
  }
  EXPECT_GE(stops, 3);
  EXPECT_TRUE(store().list_row_days(day("2026-01-03")).empty());
}

TEST_P(StoreContract, ALateClickOfAPackedDayStaysARowBesideIt) {
  const auto clicks = make_day(kNoonMs, 100);
  store().absorb(clicks, berlin(), {});
  FakeRandom random;
  // Stopped while rows wait to go: what comes between them must not go with them.
  int slices = 0;
  EXPECT_THROW(store().pack_day(day("2026-01-01"), berlin(), random,
                                [&] {
                                  if (++slices == 2) throw Stop();
                                }),
               Stop);
  const Click late = make_click(at_ms(clicks[50].id) + 1, LinkId{9}, ArticleId{3});
  const Click last = make_click(at_ms(clicks.back().id) + 1, LinkId{9}, ArticleId{3});
  store().absorb({clicks[7], late, last}, berlin(), {});
  store().absorb({clicks[8]}, berlin(), {});
  store().pack_day(day("2026-01-02"), berlin(), random, kNothing);
  EXPECT_EQ(all_clicks(store()).size(), 102u);
  EXPECT_EQ(store().find_click(late.id), late);
  EXPECT_EQ(store().find_click(last.id), last);
  std::int64_t counted = 0;
  for (const auto& [key, clicks_of_day] : totals_of(store())) counted += clicks_of_day;
  EXPECT_EQ(counted, 102);
}

TEST_P(StoreContract, AClickThatComesWhileItsDayIsPackedKeepsItsRows) {
  store().absorb(make_day(kNoonMs, 100), berlin(), {});
  const Click late = make_click(kNoonMs + 1, LinkId{9}, ArticleId{3});
  FakeRandom random;
  bool came = false;
  const auto packed = store().pack_day(day("2026-01-01"), berlin(), random, [&] {
    if (!came) store().absorb({late}, berlin(), {});
    came = true;
  });
  EXPECT_NE(packed.refused, "");
  EXPECT_EQ(all_clicks(store()).size(), 101u);
  EXPECT_EQ(store().list_row_days(day("2026-01-02")).size(), 1u);
  EXPECT_EQ(store().pack_day(day("2026-01-01"), berlin(), random, kNothing).refused, "");
  EXPECT_EQ(all_clicks(store()).size(), 101u);
}

TEST_P(StoreContract, AVerdictThatChangesWhileItsDayIsPackedIsNotLost) {
  const auto clicks = make_day(kNoonMs, 100);
  store().absorb(clicks, berlin(), {});
  FakeRandom random;
  const auto packed = store().pack_day(day("2026-01-01"), berlin(), random, [&] {
    store().change_verdicts({{.click = clicks[5].id, .verdict = Verdict::Flood, .reason = "many"}},
                            berlin(), 5);
  });
  EXPECT_NE(packed.refused, "");
  EXPECT_EQ(store().find_click(clicks[5].id).value().verdict, Verdict::Flood);
}

TEST_P(StoreContract, VerdictsOfPackedClicksChangeAndChangeBack) {
  const auto clicks = make_day(kNoonMs, 100);
  store().absorb(clicks, berlin(), {});
  const Totals totals = totals_of(store());
  FakeRandom random;
  store().pack_day(day("2026-01-01"), berlin(), random, kNothing);
  const auto names = all_clicks(store());
  EXPECT_EQ(store().change_verdicts(
                {{.click = clicks[5].id, .verdict = Verdict::Flood, .reason = "many"},
                 {.click = clicks[6].id, .verdict = Verdict::Flood, .reason = "many"},
                 {.click = {clicks[7].id.value + 1}, .verdict = Verdict::Flood, .reason = "none"}},
                berlin(), 5),
            2u);
  const Click changed = store().find_click(clicks[5].id).value();
  EXPECT_EQ(changed.verdict, Verdict::Flood);
  EXPECT_EQ(changed.reason, "many");
  EXPECT_EQ(store().find_first_verdict(clicks[5].id).value().verdict, clicks[5].verdict);
  EXPECT_EQ(store().find_first_verdict(clicks[5].id).value().reason, clicks[5].reason);
  EXPECT_NE(totals_of(store()), totals);
  for (const std::size_t n : {5u, 6u})
    store().change_verdicts({{.click = clicks[n].id, .verdict = clicks[n].verdict, .reason = "x"}},
                            berlin(), 6);
  EXPECT_TRUE(all_clicks(store()) == names);
  EXPECT_EQ(totals_of(store()), totals);
}

TEST_P(StoreContract, ADayIsOpenUntilClosedAndAgainWhenItChanges) {
  store().absorb(make_day(kNoonMs, 50), berlin(), {});
  store().absorb(make_day(kNoonMs + kDayMs, 50), berlin(), {});
  using testing::ElementsAre;
  const auto first = day("2026-01-01");
  EXPECT_THAT(store().list_open_days(first + 1), ElementsAre(first));
  EXPECT_THAT(store().list_open_days(first + 2), ElementsAre(first, first + 1));
  EXPECT_TRUE(store().close_day(first, berlin()));
  EXPECT_THAT(store().list_open_days(first + 2), ElementsAre(first + 1));
  store().absorb({make_click(kNoonMs + 3, LinkId{1})}, berlin(), {});
  EXPECT_THAT(store().list_open_days(first + 2), ElementsAre(first, first + 1));
}

}  // namespace
}  // namespace candor::contract
