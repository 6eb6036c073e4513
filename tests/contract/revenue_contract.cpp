#include <gmock/gmock.h>

#include "attribution/credit.h"
#include "contract/store_contract.h"

namespace candor::contract {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kEventMs = 1'767'265'200'000;  // 2026-01-01T12:00+01:00
constexpr std::int64_t kUnit = 1'000'000;

Currency currency(std::string_view code) { return find_currency(code).value(); }

CommissionRow commission(const std::string& identity, std::int64_t micro,
                         CommissionStatus status = CommissionStatus::Pending) {
  CommissionRow row;
  row.identity = identity;
  row.account = "publisher-1";
  row.event_at_ms = kEventMs;
  row.status = status;
  row.currency = currency("EUR");
  row.sale_micro = 10 * micro;
  row.commission_micro = micro;
  row.merchant = "Merchant";
  return row;
}

store::Import awin(const std::string& hash) {
  store::Import import;
  import.network = "awin";
  import.report = "transactions";
  import.account = "publisher-1";
  import.file_name = hash + ".csv";
  import.file_hash = hash;
  import.imported_at_ms = 9'000;
  return import;
}

attribution::Match match_to(std::vector<attribution::Weight> weights,
                            attribution::Tier tier = attribution::Tier::ClickToken) {
  attribution::Match match;
  match.tier = tier;
  match.model = tier == attribution::Tier::Unattributed ? "none" : "exact";
  match.weights = std::move(weights);
  match.reason = "because";
  return match;
}

attribution::Match unattributed() {
  return match_to({{.article = {}, .link = {}, .click = {}, .weight = 1}},
                  attribution::Tier::Unattributed);
}

/// What the nightly job does with one event.
store::Booking booking_of(const store::UnbookedEvent& event, const attribution::Match& decided) {
  const attribution::Match& match = event.frozen ? *event.frozen : decided;
  const auto micro =
      attribution::book(event.before_commission_micro, event.row.commission_micro, match.weights);
  const auto sale = attribution::book(event.before_sale_micro, event.row.sale_micro, match.weights);
  store::Booking booking;
  booking.event_id = event.event_id;
  booking.commission = event.commission;
  if (!event.frozen) booking.decided = decided;
  for (std::size_t i = 0; i < match.weights.size(); ++i)
    booking.allocations.push_back(
        {match.weights[i].article, match.weights[i].link, micro[i], sale[i]});
  return booking;
}

void book_all(store::Store& store, const attribution::Match& decided) {
  for (auto events = store.list_unbooked(100); !events.empty(); events = store.list_unbooked(100)) {
    std::vector<store::Booking> bookings;
    for (const auto& event : events) bookings.push_back(booking_of(event, decided));
    store.book(bookings);
  }
}

report::ArticlesReport january(store::Store& store) {
  report::ArticlesReport report =
      store.load_articles_report(berlin(), day("2026-01-01"), day("2026-01-31"));
  report::finish(report);
  return report;
}

const report::ArticleRow& row_of(const report::ArticlesReport& report, std::string_view path) {
  for (const report::ArticleRow& row : report.rows)
    if (row.path == path) return row;
  throw std::runtime_error("no row " + std::string(path));
}

TEST_P(StoreContract, AnImportIsCountedAndKept) {
  const std::vector<RowError> errors{{4, "Commission", "not a number", "=1+1"},
                                     {2, "", "short", ""}};
  const store::Import first = store().publish_import(
      awin("hash"), {commission("1", kUnit), commission("2", kUnit)}, errors);
  EXPECT_NE(first.id, ImportId{});
  EXPECT_EQ(first.row_count, 4);
  EXPECT_EQ(first.new_count, 2);
  EXPECT_EQ(first.bad_count, 2);
  reopen();
  const store::Import found = store().find_import("hash", "publisher-1").value();
  EXPECT_EQ(found.id, first.id);
  EXPECT_EQ(found.file_name, "hash.csv");
  EXPECT_EQ(found.imported_at_ms, 9'000);
  EXPECT_EQ(found.new_count, 2);
  EXPECT_EQ(store().list_import_errors(first.id), errors);
  EXPECT_FALSE(store().find_import("other", "publisher-1").has_value());
  EXPECT_FALSE(store().find_import("hash", "publisher-2").has_value());
}

TEST_P(StoreContract, RowsThatAreKnownChangeNothing) {
  store().publish_import(awin("a"), {commission("1", kUnit), commission("2", kUnit)}, {});
  book_all(store(), unattributed());
  const store::Import again = store().publish_import(
      awin("b"),
      {commission("1", kUnit), commission("2", kUnit, CommissionStatus::Approved),
       commission("3", kUnit)},
      {});
  EXPECT_EQ(again.unchanged_count, 1);
  EXPECT_EQ(again.changed_count, 1);
  EXPECT_EQ(again.new_count, 1);
  EXPECT_EQ(store().list_unbooked(100).size(), 2u);
  EXPECT_EQ(store().list_commissions(100).size(), 3u);
  EXPECT_EQ(store().list_imports(1).at(0).id, again.id);
}

TEST_P(StoreContract, IdentityIsNetworkAccountAndRow) {
  CommissionRow other_account = commission("1", kUnit);
  other_account.account = "publisher-2";
  store().publish_import(awin("a"), {commission("1", kUnit), other_account}, {});
  store::Import cj = awin("b");
  cj.network = "cj";
  EXPECT_EQ(store().publish_import(cj, {commission("1", kUnit)}, {}).new_count, 1);
  EXPECT_EQ(store().list_commissions(100).size(), 3u);
}

TEST_P(StoreContract, EveryMemberOfARowIsKept) {
  CommissionRow row = commission("1", -4'050'000, CommissionStatus::Reversed);
  row.click_at_ms = kEventMs - 5;
  row.precision = TimePrecision::Day;
  row.currency = currency("KWD");
  row.quantity = -2;
  row.sub_id = "k0123456789abcdef";
  row.tag = "site-20";
  row.product = "B000000001";
  row.referring_url = "https://site.example/?a=1";
  store().publish_import(awin("a"), {row}, {});
  reopen();
  const auto states = store().list_commissions(10);
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].row, row);
  EXPECT_EQ(states[0].network, "awin");
  EXPECT_FALSE(states[0].match.has_value());
  EXPECT_EQ(store().find_commission(states[0].id).value().row, row);
  EXPECT_FALSE(store().find_commission(CommissionId{99}).has_value());
}

TEST_P(StoreContract, AnEventIsBookedOnceWhoeverElseReadItAsUnbooked) {
  const ArticleId article = add_article("/a");
  const attribution::Match match = match_to({{article, LinkId{1}, ClickId{11}, 1}});
  store().publish_import(awin("a"), {commission("1", 100)}, {});
  const auto events = store().list_unbooked(100);
  ASSERT_EQ(events.size(), 1u);
  store().book({booking_of(events[0], match)});
  store().book({booking_of(events[0], match)});
  const auto state = store().find_commission(events[0].commission).value();
  ASSERT_EQ(state.allocations.size(), 1u);
  EXPECT_EQ(state.allocations[0].commission_micro, 100);
}

TEST_P(StoreContract, EventsWaitOneByOneWithWhatWasBookedBefore) {
  const ArticleId article = add_article("/a");
  const attribution::Match match =
      match_to({{article, LinkId{1}, ClickId{11}, 1}, {ArticleId{}, LinkId{2}, ClickId{12}, 2}});
  store().publish_import(awin("a"), {commission("1", 100)}, {});
  store().publish_import(awin("b"), {commission("1", 40, CommissionStatus::Approved)}, {});

  auto events = store().list_unbooked(100);
  ASSERT_EQ(events.size(), 1u) << "the second event waits for the first";
  EXPECT_EQ(events[0].row.commission_micro, 100);
  EXPECT_EQ(events[0].before_commission_micro, 0);
  EXPECT_FALSE(events[0].frozen.has_value());
  store().book({booking_of(events[0], match)});

  events = store().list_unbooked(100);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].row.commission_micro, 40);
  EXPECT_EQ(events[0].before_commission_micro, 100);
  EXPECT_EQ(events[0].before_sale_micro, 1'000);
  ASSERT_TRUE(events[0].frozen.has_value());
  EXPECT_EQ(events[0].frozen->weights, match.weights);
  EXPECT_EQ(events[0].frozen->tier, match.tier);
  EXPECT_EQ(events[0].frozen->model, "exact");
  EXPECT_EQ(events[0].frozen->reason, "because");
  store().book({booking_of(events[0], unattributed())});
  EXPECT_TRUE(store().list_unbooked(100).empty());

  const store::CommissionState state = store().find_commission(events[0].commission).value();
  EXPECT_EQ(state.row.status, CommissionStatus::Approved);
  EXPECT_EQ(state.match->tier, attribution::Tier::ClickToken);
  ASSERT_EQ(state.allocations.size(), 2u);
  EXPECT_EQ(state.allocations[0].article, ArticleId{});
  EXPECT_EQ(state.allocations[0].commission_micro, 27);
  EXPECT_EQ(state.allocations[1].article, article);
  EXPECT_EQ(state.allocations[1].commission_micro, 13);
  EXPECT_EQ(state.allocations[0].sale_micro + state.allocations[1].sale_micro, 400);
}

TEST_P(StoreContract, UnattributedCommissionsCanBeRebooked) {
  const ArticleId article = add_article("/a");
  store().publish_import(awin("a"), {commission("1", kUnit), commission("2", 2 * kUnit)}, {});
  EXPECT_TRUE(store().list_unattributed(10).empty());
  book_all(store(), unattributed());
  EXPECT_EQ(row_of(january(store()), "/a").revenue.size(), 0u);
  ASSERT_EQ(january(store()).unattributed.revenue.size(), 1u);

  const auto waiting = store().list_unattributed(10);
  ASSERT_EQ(waiting.size(), 2u);
  EXPECT_EQ(waiting[1].before_commission_micro, 2 * kUnit);
  EXPECT_EQ(waiting[1].frozen->tier, attribution::Tier::Unattributed);
  EXPECT_EQ(store().list_unattributed(10, waiting[0].commission).size(), 1u);

  store::Booking move;
  move.event_id = waiting[1].event_id;
  move.commission = waiting[1].commission;
  move.decided = match_to({{article, LinkId{1}, ClickId{}, 1}}, attribution::Tier::LabelOrReferrer);
  move.allocations = {{ArticleId{}, LinkId{}, -2 * kUnit, -20 * kUnit},
                      {article, LinkId{1}, 2 * kUnit, 20 * kUnit}};
  store().book({move});
  EXPECT_EQ(store().list_unattributed(10).size(), 1u);

  const report::ArticlesReport report = january(store());
  EXPECT_TRUE(report.balanced);
  ASSERT_EQ(row_of(report, "/a").revenue.size(), 1u);
  EXPECT_EQ(row_of(report, "/a").revenue.at(0).earned_micro(), 2 * kUnit);
  EXPECT_EQ(row_of(report, "/a").revenue.at(0).orders, 1);
  EXPECT_EQ(report.unattributed.revenue.at(0).earned_micro(), kUnit);
  EXPECT_EQ(report.rows.size(), 1u) << "no row for an unknown article";
}

TEST_P(StoreContract, LabelRulesReplaceOneAnother) {
  store().set_label_rules({{"", "sub-id", "newsletter", ArticleId{1}},
                           {"awin", "sub-id", "newsletter", ArticleId{2}},
                           {"amazon", "tag", "site-20", ArticleId{3}}});
  EXPECT_EQ(store().list_label_rules().size(), 3u);
  store().set_label_rules({{"amazon", "tag", "site-20", ArticleId{4}}});
  const auto rules = store().list_label_rules();
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules[0].network, "amazon");
  EXPECT_EQ(rules[0].kind, "tag");
  EXPECT_EQ(rules[0].text, "site-20");
  EXPECT_EQ(rules[0].article, ArticleId{4});
}

TEST_P(StoreContract, TheReportAddsUpToWhatWasImported) {
  const ArticleId a = add_article("/a");
  const ArticleId b = add_article("/b");
  CommissionRow dollars = commission("4", 3 * kUnit, CommissionStatus::Paid);
  dollars.currency = currency("USD");
  store().publish_import(awin("a"),
                         {commission("1", 100), commission("2", 200, CommissionStatus::Approved),
                          commission("3", 50, CommissionStatus::Reversed), dollars},
                         {});
  store().absorb(
      {make_click(kEventMs, LinkId{1}, a), make_click(kEventMs + 1, LinkId{1}, a, Verdict::Bot),
       make_click(kEventMs + 2, LinkId{1})},
      berlin(), {});
  book_all(store(), match_to({{a, LinkId{1}, ClickId{1}, 1},
                              {b, LinkId{1}, ClickId{2}, 1},
                              {ArticleId{}, LinkId{1}, ClickId{3}, 1}}));

  const report::ArticlesReport report = january(store());
  EXPECT_TRUE(report.balanced);
  EXPECT_EQ(report.total.revenue, report.imported);
  EXPECT_EQ(report.from_day, "2026-01-01");
  EXPECT_EQ(report.to_day, "2026-01-31");
  EXPECT_EQ(report.zone, "Europe/Berlin");
  ASSERT_EQ(report.imported.size(), 2u);
  EXPECT_THAT(report.imported.at(0).micro_by_status, ElementsAre(100, 200, 50, 0));
  EXPECT_EQ(report.imported.at(0).orders, 2);
  EXPECT_THAT(report.imported.at(1).micro_by_status, ElementsAre(0, 0, 0, 3 * kUnit));
  EXPECT_EQ(row_of(report, "/a").clicks, 1);
  EXPECT_EQ(row_of(report, "/a").gross_clicks, 2);
  EXPECT_EQ(row_of(report, "/a").title, "Title of /a");
  EXPECT_THAT(row_of(report, "/a").revenue.at(0).micro_by_status, ElementsAre(34, 67, 17, 0));
  EXPECT_EQ(row_of(report, "(unknown article)").clicks, 1);
  EXPECT_THAT(row_of(report, "(unknown article)").revenue.at(0).micro_by_status,
              ElementsAre(33, 66, 16, 0));
  EXPECT_TRUE(report.unattributed.revenue.empty())
      << "its article is unknown, but its click is not";
}

TEST_P(StoreContract, MoneyThatIsNotBookedYetIsUnattributed) {
  const ArticleId a = add_article("/a");
  store().publish_import(awin("a"), {commission("1", 100)}, {});
  book_all(store(), match_to({{a, LinkId{1}, ClickId{1}, 1}}));
  store().publish_import(awin("b"), {commission("1", 160), commission("2", 7)}, {});
  store().publish_import(awin("c"), {commission("1", 150)}, {});

  const report::ArticlesReport report = january(store());
  EXPECT_TRUE(report.balanced);
  EXPECT_EQ(row_of(report, "/a").revenue.at(0).earned_micro(), 100);
  EXPECT_EQ(report.unattributed.revenue.at(0).earned_micro(), 57);
  EXPECT_EQ(report.imported.at(0).earned_micro(), 157);
}

TEST_P(StoreContract, AWrongAllocationUnbalancesTheReport) {
  store().publish_import(awin("a"), {commission("1", 100)}, {});
  store::Booking booking = booking_of(store().list_unbooked(1).at(0), unattributed());
  booking.allocations[0].commission_micro -= 1;
  store().book({booking});
  EXPECT_FALSE(january(store()).balanced);
}

TEST_P(StoreContract, MoneyCountsOnTheDayOfItsLatestEvent) {
  CommissionRow row = commission("1", 100);
  row.event_at_ms = berlin().start_of(day("2026-02-01")) - 1;
  store().publish_import(awin("a"), {row}, {});
  book_all(store(), unattributed());
  EXPECT_EQ(january(store()).imported.size(), 1u);
  row.event_at_ms += 1;
  store().publish_import(awin("b"), {row}, {});
  book_all(store(), unattributed());
  const report::ArticlesReport report = january(store());
  EXPECT_TRUE(report.imported.empty());
  EXPECT_TRUE(report.unattributed.revenue.empty());
  EXPECT_TRUE(report.balanced);
}

TEST_P(StoreContract, AFullReversalLeavesNothing) {
  const ArticleId a = add_article("/a");
  const ArticleId b = add_article("/b");
  const auto match = match_to({{a, LinkId{1}, ClickId{1}, 1}, {b, LinkId{1}, ClickId{2}, 2}});
  for (const std::int64_t micro : {100, 61, 7, 0}) {
    store().publish_import(awin("f" + std::to_string(micro)), {commission("1", micro)}, {});
    book_all(store(), match);
    EXPECT_TRUE(january(store()).balanced);
  }
  const store::CommissionState state = store().list_commissions(1).at(0);
  ASSERT_EQ(state.allocations.size(), 2u);
  for (const store::Allocation& allocation : state.allocations) {
    EXPECT_EQ(allocation.commission_micro, 0);
    EXPECT_EQ(allocation.sale_micro, 0);
  }
}

}  // namespace
}  // namespace candor::contract
