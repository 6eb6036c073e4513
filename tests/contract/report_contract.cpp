#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <random>

#include "attribution/credit.h"
#include "contract/store_contract.h"
#include "support/fake_random.h"

namespace candor::contract {
namespace {

constexpr std::int64_t kNoonMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00
constexpr std::int64_t kDayMs = 86'400'000;

CommissionRow commission(const std::string& identity, std::int64_t micro, int day = 0) {
  CommissionRow row;
  row.identity = identity;
  row.account = "publisher-1";
  row.event_at_ms = kNoonMs + day * kDayMs;
  row.status = CommissionStatus::Approved;
  row.currency = find_currency("EUR").value();
  row.sale_micro = 10 * micro;
  row.commission_micro = micro;
  row.merchant = "Kettles & Co";
  return row;
}

store::Import import_of(const std::string& hash, const std::string& network = "awin") {
  store::Import import;
  import.network = network;
  import.report = "transactions";
  import.account = "publisher-1";
  import.file_name = hash + ".csv";
  import.file_hash = hash;
  import.imported_at_ms = kNoonMs + 40 * kDayMs;
  return import;
}

/// Books all that waits by these weights.
void book_all(store::Store& store, attribution::Tier tier,
              const std::vector<attribution::Weight>& weights) {
  for (auto events = store.list_unbooked(100); !events.empty(); events = store.list_unbooked(100))
    for (const auto& event : events) {
      attribution::Match match{.tier = tier, .model = "exact", .weights = weights, .reason = "so"};
      if (event.frozen) match = *event.frozen;
      const auto micro = attribution::book(event.before_commission_micro,
                                           event.row.commission_micro, match.weights);
      const auto sale =
          attribution::book(event.before_sale_micro, event.row.sale_micro, match.weights);
      store::Booking booking{.event_id = event.event_id,
                             .commission = event.commission,
                             .decided = {},
                             .allocations = {}};
      if (!event.frozen) booking.decided = match;
      for (std::size_t i = 0; i < match.weights.size(); ++i)
        booking.allocations.push_back(
            {match.weights[i].article, match.weights[i].link, micro[i], sale[i]});
      store.book({booking});
    }
}

struct Parts {
  std::vector<report::MoneyPart> all;
  std::vector<report::ImportedLine> imported;
};

Parts parts_of(store::Store& store, std::string_view from = "2026-01-01",
               std::string_view to = "2026-01-31") {
  Parts parts;
  parts.imported =
      store.each_money_part(day(from), day(to), berlin(),
                            [&](const report::MoneyPart& part) { parts.all.push_back(part); });
  return parts;
}

TEST_P(StoreContract, PartsOfACommissionGoToTheClicksThatBroughtIt) {
  const Link link = add_link("kettle");
  const ArticleId article = add_article("/kettles");
  const ClickId first = first_click_id(kNoonMs - 2'000);
  const ClickId second = first_click_id(kNoonMs - 1'000);
  CommissionRow row = commission("1", 1'000'001);
  row.quantity = 3;
  store().publish_import(import_of("a"), {row}, {});
  book_all(store(), attribution::Tier::Modelled,
           {{article, link.id, first, 1}, {article, link.id, second, 1}, {{}, link.id, second, 1}});
  const Parts parts = parts_of(store());
  std::map<std::pair<std::int64_t, std::int64_t>, std::pair<std::int64_t, std::int64_t>> sums;
  for (const report::MoneyPart& part : parts.all) {
    EXPECT_EQ(part.day, day("2026-01-01"));
    EXPECT_EQ(part.network, "awin");
    EXPECT_EQ(part.merchant, "Kettles & Co");
    EXPECT_EQ(part.tier, 4);
    EXPECT_EQ(part.link, link.id);
    auto& [micro, orders] = sums[{part.article.value, part.click.value}];
    micro += part.commission_micro;
    orders += part.orders;
  }
  EXPECT_EQ((sums[{article.value, first.value}]),
            (std::pair<std::int64_t, std::int64_t>(333'334, 1)));
  EXPECT_EQ((sums[{article.value, second.value}]),
            (std::pair<std::int64_t, std::int64_t>(333'334, 1)));
  EXPECT_EQ((sums[{0, second.value}]), (std::pair<std::int64_t, std::int64_t>(333'333, 1)));
  ASSERT_EQ(parts.imported.size(), 1u);
  EXPECT_EQ(parts.imported[0].micro_by_status[1], 1'000'001);
}

TEST_P(StoreContract, MoneyThatWaitsForItsBookingIsUnattributed) {
  const Link link = add_link("kettle");
  const ArticleId article = add_article("/kettles");
  store().publish_import(import_of("a"), {commission("1", 3'000'000)}, {});
  book_all(store(), attribution::Tier::ClickToken,
           {{article, link.id, first_click_id(kNoonMs), 1}});
  store().publish_import(import_of("b"), {commission("1", 5'000'000), commission("2", 7'000'000)},
                         {});
  std::map<int, std::int64_t> by_tier;
  std::int64_t orders = 0;
  for (const report::MoneyPart& part : parts_of(store()).all) {
    by_tier[part.tier] += part.commission_micro;
    orders += part.orders;
  }
  EXPECT_EQ(by_tier, (std::map<int, std::int64_t>{{1, 3'000'000}, {5, 9'000'000}}));
  EXPECT_EQ(orders, 2);
}

TEST_P(StoreContract, PartsAddUpToWhatWasImportedWhateverHappens) {
  std::mt19937 random(5);  // NOLINT(bugprone-random-generator-seed): the same world each time
  const auto below = [&](std::int64_t limit) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
  };
  std::vector<Link> links{add_link("a"), add_link("b")};
  const ArticleId article = add_article("/a");
  for (int round = 0; round < 12; ++round) {
    std::vector<CommissionRow> rows;
    for (int n = 0; n < 15; ++n) {
      CommissionRow row = commission(std::to_string(below(40)), below(20'000'000) - 5'000'000,
                                     static_cast<int>(below(40)) - 5);
      row.status = static_cast<CommissionStatus>(below(kCommissionStatusCount));
      row.quantity = below(5) - 1;
      if (below(3) == 0) row.currency = find_currency("USD").value();
      if (std::ranges::none_of(
              rows, [&](const CommissionRow& each) { return each.identity == row.identity; }))
        rows.push_back(row);
    }
    store().publish_import(import_of("file" + std::to_string(round)), rows, {});
    if (round % 3 == 2) continue;  // stays unbooked for a while
    std::vector<attribution::Weight> weights;
    for (std::int64_t n = 0; n <= below(4); ++n)
      weights.push_back({below(2) == 0 ? article : ArticleId{}, links[below(2) == 0 ? 0 : 1].id,
                         first_click_id(kNoonMs + n), 1 + below(9)});
    book_all(store(),
             round % 4 == 0 ? attribution::Tier::Unattributed : attribution::Tier::Modelled,
             weights);
  }
  const Parts parts = parts_of(store());
  std::map<Currency, std::array<std::int64_t, kCommissionStatusCount>> sums;
  std::map<Currency, std::array<std::int64_t, kCommissionStatusCount>> imported;
  std::int64_t orders = 0;
  for (const report::MoneyPart& part : parts.all) {
    sums[part.currency][static_cast<std::size_t>(part.status)] += part.commission_micro;
    orders += part.orders;
  }
  for (const report::ImportedLine& line : parts.imported)
    imported[line.currency] = line.micro_by_status;
  EXPECT_GT(parts.all.size(), 40u);
  EXPECT_EQ(sums, imported);
  // The articles report divides the same money by another way.
  report::ArticlesReport report =
      store().load_articles_report(berlin(), day("2026-01-01"), day("2026-01-31"));
  report::finish(report);
  EXPECT_TRUE(report.balanced);
  std::int64_t known = 0;
  for (const auto& line : report.total.revenue) known += line.orders;
  EXPECT_EQ(orders, known);
}

TEST_P(StoreContract, PartsKnowTheirClicksFromRowsAndFromBlocks) {
  const Link link = add_link("kettle");
  std::vector<Click> clicks;
  std::vector<attribution::Weight> weights{{{}, link.id, {1}, 1}};
  for (int n = 0; n < 60; ++n) {
    Click click = make_click(kNoonMs + n * kDayMs / 10, link.id);
    click.placement = static_cast<std::uint16_t>(n);
    click.country = Country::parse(n % 2 == 0 ? "DE" : "AT").value();
    click.device = n % 3 == 0 ? Device::Mobile : Device::Desktop;
    clicks.push_back(click);
    weights.push_back({{}, link.id, click.id, 1});
  }
  weights.push_back({{}, link.id, first_click_id(kNoonMs + 900 * kDayMs), 1});
  store().absorb(clicks, berlin(), {1, 1});
  FakeRandom random;
  for (const char* closed : {"2026-01-01", "2026-01-02"}) {
    store().close_day(day(closed), berlin());
    store().pack_day(day(closed), berlin(), random, [] {});
  }
  store().publish_import(import_of("a"), {commission("1", 62'000'000)}, {});
  book_all(store(), attribution::Tier::Modelled, weights);
  for (int packed : {0, 1}) {
    if (packed == 1) {
      EXPECT_GT(store().pack_money(berlin()), 0u);
    }
    std::map<ClickId, report::ClickTraits> traits;
    for (const report::MoneyPart& part : parts_of(store()).all) traits[part.click] = part.traits;
    ASSERT_EQ(traits.size(), clicks.size() + 2) << packed;
    for (const Click& click : clicks)
      EXPECT_EQ(traits[click.id],
                (report::ClickTraits{click.placement, click.country, click.device}));
    EXPECT_EQ(traits[{1}], report::ClickTraits{});
    EXPECT_EQ(traits[weights.back().click], report::ClickTraits{});
  }
}

/// Everything a part says, to sort and compare by.
std::vector<std::string> texts_of(const Parts& parts) {
  std::vector<std::string> texts;
  for (const report::MoneyPart& part : parts.all)
    texts.push_back(fmt::format("{} {} {} {} {} {} {} {} {} {} {} {}", part.day, part.network,
                                part.merchant, part.currency.text(), static_cast<int>(part.status),
                                part.tier, part.article.value, part.link.value, part.click.value,
                                part.commission_micro, part.sale_micro, part.orders));
  std::ranges::sort(texts);
  return texts;
}

/// Does the same to two stores, one of which packs its money now and then.
class PackedAndPlain {
 public:
  PackedAndPlain(store::Store& packed, store::Store& plain) : packed_(packed), plain_(plain) {
    std::vector<store::ArticleScan> scans(2);
    for (std::size_t n = 0; n < scans.size(); ++n)
      scans[n].article.path = fmt::format("/article-{}", n + 1);
    for (store::Store* store : {&packed_, &plain_}) store->record_scans(scans);
  }

  void import(const std::string& name, const std::vector<CommissionRow>& rows) {
    for (store::Store* store : {&packed_, &plain_})
      store->publish_import(import_of(name), rows, {});
  }
  void book(attribution::Tier tier, const std::vector<attribution::Weight>& weights) {
    for (store::Store* store : {&packed_, &plain_}) book_all(*store, tier, weights);
  }
  void undo(ImportId id) {
    for (store::Store* store : {&packed_, &plain_}) store->undo_import(id, kNoonMs + 41 * kDayMs);
  }
  void pack() { packed_.pack_money(berlin()); }

  void compare() {
    const Parts packed = parts_of(packed_, "2025-12-20", "2026-02-20");
    const Parts plain = parts_of(plain_, "2025-12-20", "2026-02-20");
    EXPECT_EQ(texts_of(packed), texts_of(plain));
    EXPECT_EQ(packed.imported, plain.imported);
    // The history comes from tables of its own.
    const auto report = [&](std::optional<std::int64_t> as_of_ms) {
      report::ArticlesReport loaded =
          packed_.load_articles_report(berlin(), day("2026-01-03"), day("2026-01-20"), as_of_ms);
      report::finish(loaded);
      EXPECT_TRUE(loaded.balanced);
      return report::to_json(loaded);
    };
    EXPECT_EQ(report({}), report(kNoonMs + 999 * kDayMs));
  }

 private:
  store::Store& packed_;
  store::Store& plain_;
};

TEST_P(StoreContract, PackedMoneyIsWhatTheCommissionsSayWhateverHappens) {
  const TemporaryDirectory folder;
  const auto plain = GetParam().open(folder.path);
  std::mt19937 random(11);  // NOLINT(bugprone-random-generator-seed): the same world each time
  const auto below = [&](std::int64_t limit) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
  };
  PackedAndPlain both(store(), *plain);
  std::int64_t imports = 0;
  for (int round = 0; round < 40; ++round) {
    switch (below(5)) {
      case 0:
        if (imports > 0) both.undo({1 + below(imports)});
        break;
      case 1:
      case 2: {
        std::vector<attribution::Weight> weights;
        for (std::int64_t n = 0; n <= below(4); ++n)
          weights.push_back({{below(3)}, {below(3)}, first_click_id(kNoonMs + n), 1 + below(9)});
        both.book(below(3) == 0 ? attribution::Tier::Unattributed : attribution::Tier::Modelled,
                  weights);
        break;
      }
      default: {
        std::map<std::int64_t, CommissionRow> rows;
        for (int n = 0; n < 12; ++n) {
          const std::int64_t identity = below(30);
          CommissionRow row = commission(std::to_string(identity), below(20'000'000) - 5'000'000,
                                         static_cast<int>(below(40)) - 5);
          row.status = static_cast<CommissionStatus>(below(kCommissionStatusCount));
          row.quantity = below(5) - 1;
          rows.emplace(identity, row);
        }
        std::vector<CommissionRow> listed;
        for (const auto& [identity, row] : rows) listed.push_back(row);
        both.import("file" + std::to_string(++imports), listed);
      }
    }
    if (below(2) == 0) both.pack();
    both.compare();
    if (testing::Test::HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GT(imports, 5);
}

TEST_P(StoreContract, MoneyIsPackedOnceAndAgainWhereItChanged) {
  EXPECT_EQ(store().pack_money(berlin()), 0u);
  store().publish_import(import_of("a"), {commission("1", 1, 0), commission("2", 2, 9)}, {});
  EXPECT_EQ(store().pack_money(berlin()), 10u) << "days without money between them too";
  EXPECT_EQ(store().pack_money(berlin()), 0u);
  store().publish_import(import_of("b"), {commission("2", 3, 5)}, {});
  const std::size_t again = store().pack_money(berlin());
  EXPECT_GE(again, 2u) << "where it was, and where it is now";
  EXPECT_LE(again, 4u) << "a day in UTC is part of two";
  // Days that were cut in another zone are not read.
  const auto utc = rollup::SiteZone::find("UTC").value();
  std::int64_t micro = 0;
  store().each_money_part(day("2026-01-06"), day("2026-01-06"), utc,
                          [&](const report::MoneyPart& part) { micro += part.commission_micro; });
  EXPECT_EQ(micro, 3);
  EXPECT_EQ(store().pack_money(utc), 10u);
}

TEST_P(StoreContract, NetworksSayHowFarTheirDataGo) {
  store().publish_import(import_of("a"), {commission("1", 1, 3), commission("2", 1, 12)}, {});
  store().publish_import(import_of("b"), {commission("2", 1, 9)}, {});
  store().publish_import(import_of("c", "cj"), {}, {});
  const auto data = store().list_network_data();
  ASSERT_EQ(data.size(), 2u);
  EXPECT_EQ(data[0].network, "awin");
  EXPECT_EQ(data[0].event_at_ms, kNoonMs + 9 * kDayMs) << "as the commission stands now";
  EXPECT_EQ(data[0].imported_at_ms, kNoonMs + 40 * kDayMs);
  EXPECT_EQ(data[1].network, "cj");
  EXPECT_EQ(data[1].event_at_ms, std::nullopt);
}

TEST_P(StoreContract, ViewsAreCountedByDay) {
  EXPECT_EQ(store().first_view_day(), std::nullopt);
  const ArticleId article = add_article("/a");
  rollup::ViewDayDeltas deltas;
  deltas.views[{day("2026-01-02"), article, Verdict::Human}] = 5;
  deltas.views[{day("2026-01-02"), {}, Verdict::Human}] = 2;
  deltas.views[{day("2026-01-04"), article, Verdict::Bot}] = 9;
  deltas.views[{day("2026-01-05"), article, Verdict::Human}] = 1;
  store().add_views(deltas);
  EXPECT_EQ(store().first_view_day(), day("2026-01-02"));
  const auto views = store().views_by_day(day("2026-01-01"), day("2026-01-04"));
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].day, day("2026-01-02"));
  EXPECT_EQ(views[0].views, 7);
}

}  // namespace
}  // namespace candor::contract
