// What the ledger promises whatever comes in, in whatever order, and is taken back.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "attribution/credit.h"
#include "contract/store_contract.h"
#include "sqlite/store.h"

namespace candor::contract {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr rollup::DayNumber kFirstDay = 20'454;  // 2026-01-01

CommissionRow row_of(const std::string& identity, rollup::DayNumber day, std::int64_t micro) {
  CommissionRow row;
  row.identity = identity;
  row.event_at_ms = day * kDayMs;
  row.precision = TimePrecision::Day;
  row.status = CommissionStatus::Approved;
  row.currency = find_currency("EUR").value();
  row.sale_micro = 7 * micro;
  row.commission_micro = micro;
  return row;
}

struct File {
  std::string name;
  std::vector<CommissionRow> rows;
  bool by_range = false;
  rollup::DayNumber from_day = 0;
  rollup::DayNumber to_day = 0;
};

std::array<std::int64_t, 5> counts_of(const store::Import& import) {
  return {import.row_count, import.new_count, import.changed_count, import.unchanged_count,
          import.withdrawn_count};
}

/// A site's ledger in a folder of its own, with two articles that share all money one to two.
class House {
 public:
  House() {
    for (const char* path : {"/a", "/b"}) {
      store::ArticleScan scan;
      scan.article.path = path;
      scan.article.origin = "inject";
      store_->record_scans({scan});
    }
    weights_ = {{store_->find_article("/a").value().id, {}, {}, 1},
                {store_->find_article("/b").value().id, {}, {}, 2}};
  }

  store::Import import(const File& file, const store::ImportProgress& progress = {}) {
    store::Import import;
    import.network = "amazon";
    import.report = import.truth_of = "fee-earnings";
    import.file_name = file.name;
    import.file_hash = file.name;
    import.imported_at_ms = clock_ms_ += 1'000;
    import.by_range = file.by_range;
    import.from_day = file.from_day;
    import.to_day = file.to_day;
    for (const CommissionRow& row : file.rows)
      import.row_days.push_back(static_cast<rollup::DayNumber>(row.event_at_ms / kDayMs));
    // A preview says what the import does, whatever it meets.
    const store::Import preview = store_->preview_import(import, file.rows, {});
    const store::Import done = store_->publish_import(import, file.rows, {}, progress);
    EXPECT_FALSE(preview.id);
    EXPECT_EQ(counts_of(preview), counts_of(done));
    return done;
  }
  std::optional<store::Import> undo(ImportId id) {
    return store_->undo_import(id, clock_ms_ += 1'000);
  }

  void attribute() {
    for (auto events = store_->list_unbooked(100); !events.empty();
         events = store_->list_unbooked(100)) {
      std::vector<store::Booking> bookings;
      for (const auto& event : events) bookings.push_back(booking_of(event));
      store_->book(bookings);
    }
  }

  store::Booking booking_of(const store::UnbookedEvent& event) const {
    attribution::Match match{attribution::Tier::ClickToken, "exact", weights_, "because"};
    if (event.frozen) match = *event.frozen;
    const auto parts = attribution::book(
        event.family_commission_micro + event.before_commission_micro,
        event.family_commission_micro + event.row.commission_micro, match.weights);
    const auto sales =
        attribution::book(event.family_sale_micro + event.before_sale_micro,
                          event.family_sale_micro + event.row.sale_micro, match.weights);
    store::Booking booking;
    booking.event_id = event.event_id;
    booking.commission = event.commission;
    booking.at_ms = clock_ms_;
    if (!event.frozen) booking.decided = match;
    for (std::size_t i = 0; i < match.weights.size(); ++i)
      booking.allocations.push_back({match.weights[i].article, {}, parts[i], sales[i]});
    return booking;
  }

  std::string report(std::optional<std::int64_t> as_of_ms = {}) const {
    auto report = store_->load_articles_report(berlin(), kFirstDay - 1, kFirstDay + 40, as_of_ms);
    report::finish(report);
    EXPECT_TRUE(report.balanced);
    return report::to_json(report);
  }
  std::int64_t now_ms() const { return clock_ms_; }
  void pass_time() { clock_ms_ += 1'000; }
  /// Moves some of the commissions to the first article alone.
  void rebook() {
    std::vector<store::Booking> bookings;
    for (const auto& event : store_->list_booked(100, {}, attribution::Tier::ClickToken)) {
      if (event.commission.value % 2 != 0) continue;
      store::Booking booking;
      booking.event_id = event.event_id;
      booking.commission = event.commission;
      booking.at_ms = clock_ms_;
      booking.replaces = true;
      booking.decided = attribution::Match{
          attribution::Tier::LabelOrReferrer, "exact", {{ArticleId{1}, {}, {}, 1}}, "a rule"};
      const auto old = attribution::split(event.before_commission_micro, event.frozen->weights);
      const auto sales = attribution::split(event.before_sale_micro, event.frozen->weights);
      for (std::size_t i = 0; i < old.size(); ++i)
        booking.allocations.push_back({event.frozen->weights[i].article, {}, -old[i], -sales[i]});
      booking.allocations.push_back(
          {ArticleId{1}, {}, event.before_commission_micro, event.before_sale_micro});
      bookings.push_back(std::move(booking));
    }
    store_->book(bookings);
  }
  std::vector<CommissionRow> rows() const {
    std::vector<CommissionRow> rows;
    for (const auto& state : store_->list_commissions(1'000'000)) rows.push_back(state.row);
    std::ranges::sort(rows, {}, &CommissionRow::identity);
    return rows;
  }
  /// All that can be seen of it, with everything booked.
  std::pair<std::vector<CommissionRow>, std::string> seen() {
    attribute();
    return {rows(), report()};
  }

  store::Store& store() { return *store_; }
  const std::filesystem::path& folder() const { return folder_.path; }
  void set_weights(std::vector<attribution::Weight> weights) { weights_ = std::move(weights); }

 private:
  TemporaryDirectory folder_;
  std::unique_ptr<store::Store> store_ = sqlite::open_store({.path = folder_.path / "candor.db"});
  std::vector<attribution::Weight> weights_;
  std::int64_t clock_ms_ = 1'000'000;
};

/// The rows of a day as the network has them on every download.
std::vector<CommissionRow> rows_of_day(rollup::DayNumber day, int count) {
  std::vector<CommissionRow> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(row_of("d" + std::to_string(day) + "#" + std::to_string(i), day, 100 + 7 * i));
  return rows;
}

/// Files over parts of twelve days, of which each day shows all its rows but the last one, which
/// may have been cut off by the download.
std::vector<File> any_range_files() {
  const auto counts = *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(0, 4));
  const auto number = *rc::gen::inRange(2, 5);
  std::vector<File> files;
  for (int i = 0; i < number; ++i) {
    const int from = *rc::gen::inRange(0, 12);
    // Distinct last days: files that end on the same day tell the same, or the later import wins.
    const int to = std::min(11, from + *rc::gen::inRange(0, 8));
    if (std::ranges::any_of(files, [&](const File& file) { return file.to_day == kFirstDay + to; }))
      continue;
    File file{"f" + std::to_string(i), {}, true, kFirstDay + from, kFirstDay + to};
    for (int day = from; day <= to; ++day) {
      const int all = counts[static_cast<std::size_t>(day)];
      const int shown = day == to ? *rc::gen::inRange(0, all + 1) : all;
      for (auto& row : rows_of_day(kFirstDay + day, shown)) file.rows.push_back(row);
    }
    files.push_back(std::move(file));
  }
  return files;
}

std::vector<std::size_t> any_order(std::size_t count) {
  // Every file at least once, some again.
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
  return order;
}

RC_GTEST_PROP(Ledger, FilesThatOverlapConvergeWhateverTheirOrder, ()) {
  const auto files = any_range_files();
  House one;
  House other;
  for (const std::size_t i : any_order(files.size())) {
    one.import(files[i]);
    if (*rc::gen::arbitrary<bool>()) one.attribute();
  }
  const auto order = any_order(files.size());
  for (const std::size_t i : order) other.import(files[i]);
  RC_ASSERT(one.seen() == other.seen());
  for (const std::size_t i : order) RC_ASSERT(other.import(files[i]).new_count == 0);
}

RC_GTEST_PROP(Ledger, ARecordsNewestPostingStandsWhateverTheOrder, ()) {
  // The network's history of a few records, and files that each show it at some time.
  std::vector<File> files;
  const int number = *rc::gen::inRange(2, 6);
  for (int i = 0; i < number; ++i) {
    File file{"f" + std::to_string(i), {}};
    for (int record = 0; record < 4; ++record) {
      const int version = *rc::gen::inRange(0, 4);
      if (version == 3) continue;  // not in this file
      CommissionRow row = row_of("r" + std::to_string(record), kFirstDay + record,
                                 1000 * (version + 1) + 10 * record);
      if (version > 0) row.posted_at_ms = 5'000 + version;
      if (version == 2) row.status = CommissionStatus::Reversed;
      file.rows.push_back(row);
    }
    files.push_back(std::move(file));
  }
  House one;
  House other;
  for (const std::size_t i : any_order(files.size())) {
    one.import(files[i]);
    if (*rc::gen::arbitrary<bool>()) one.attribute();
  }
  for (const std::size_t i : any_order(files.size())) other.import(files[i]);
  RC_ASSERT(one.seen() == other.seen());
}

RC_GTEST_PROP(Ledger, WhatIsTakenBackWasNeverThere, ()) {
  const bool by_range = *rc::gen::arbitrary<bool>();
  std::vector<File> files = any_range_files();
  if (!by_range)
    for (std::size_t i = 0; i < files.size(); ++i) {
      files[i].by_range = false;
      for (CommissionRow& row : files[i].rows) {
        row.commission_micro += *rc::gen::inRange(0, 3);
        row.posted_at_ms = *rc::gen::inRange(0, 3);
      }
    }
  const auto undone = *rc::gen::inRange<std::size_t>(0, files.size());
  House with;
  House without;
  ImportId id;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const store::Import import = with.import(files[i]);
    if (i == undone) id = import.id;
    if (*rc::gen::arbitrary<bool>()) with.attribute();
    if (i != undone) without.import(files[i]);
  }
  RC_ASSERT(with.undo(id).value().undone_at_ms.has_value());
  RC_ASSERT(with.seen() == without.seen());
  // And it can come in again.
  House all;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (i != undone) all.import(files[i]);
  all.import(files[undone]);
  with.import(files[undone]);
  RC_ASSERT(with.seen() == all.seen());
}

RC_GTEST_PROP(Ledger, AsOfIsWhatTheReportSaidThen, ()) {
  House house;
  std::vector<std::pair<std::int64_t, std::string>> history;
  const auto files = any_range_files();
  std::vector<ImportId> imports;
  const int steps = *rc::gen::inRange(2, 9);
  for (int i = 0; i < steps; ++i) {
    house.pass_time();
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        if (!imports.empty())
          house.undo(imports[*rc::gen::inRange<std::size_t>(0, imports.size())]);
        break;
      case 1:
        house.attribute();
        house.rebook();
        break;
      default:
        imports.push_back(house.import(files[*rc::gen::inRange<std::size_t>(0, files.size())]).id);
    }
    if (*rc::gen::arbitrary<bool>()) house.attribute();
    for (const LedgerLine& line : house.store().check_ledger(berlin()))
      RC_ASSERT(line.difference_micro() == 0);
    history.emplace_back(house.now_ms(), house.report());
    RC_ASSERT(house.report(house.now_ms()) == history.back().second);
  }
  house.pass_time();
  house.attribute();
  for (const auto& [at_ms, report] : history) RC_ASSERT(house.report(at_ms) == report);
}

TEST(Ledger, APreviewCountsARecordThatTheFileTellsTwice) {
  House house;
  CommissionRow late = row_of("a", kFirstDay, 700);
  late.posted_at_ms = 5'000;
  CommissionRow early = row_of("a", kFirstDay, 300);
  early.posted_at_ms = 1'000;
  const File file{"twice", {early, late, early, late, row_of("b", kFirstDay, 1)}};
  EXPECT_THAT(counts_of(house.import(file)), testing::ElementsAre(5, 2, 1, 2, 0));
  EXPECT_THAT(counts_of(house.import(file)), testing::ElementsAre(5, 0, 0, 5, 0));
}

TEST(Ledger, EachSumOfTheCheckIsItsOwnTables) {
  House house;
  EXPECT_TRUE(house.store().check_ledger(berlin()).empty());
  CommissionRow late = row_of("2", kFirstDay + 31, 50);
  late.event_at_ms -= 3'600'000;  // the last second of January at UTC, February in Berlin
  house.import({"a", {row_of("1", kFirstDay, 100), late}});
  house.attribute();
  CommissionRow more = row_of("1", kFirstDay, 130);
  house.import({"b", {more}});
  const auto lines = house.store().check_ledger(berlin());
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].network, "amazon");
  EXPECT_EQ(lines[0].period, "2026-01");
  EXPECT_EQ(lines[0].status, CommissionStatus::Approved);
  EXPECT_EQ(lines[0].imported_micro, 130);
  EXPECT_EQ(lines[0].attributed_micro, 100);
  EXPECT_EQ(lines[0].unattributed_micro, 30) << "it waits to be booked";
  EXPECT_EQ(lines[1].period, "2026-02");
  EXPECT_EQ(house.store().check_ledger(berlin(), kFirstDay, kFirstDay + 30).size(), 1u);
  // An allocation too many is found.
  house.attribute();
  store::Booking wrong =
      house.booking_of(house.store().list_booked(1, {}, attribution::Tier::ClickToken).at(0));
  wrong.decided = attribution::Match{attribution::Tier::ClickToken, "exact", {{}}, ""};
  wrong.replaces = true;
  wrong.allocations = {{ArticleId{1}, {}, 1, 0}};
  house.store().book({wrong});
  EXPECT_EQ(house.store().check_ledger(berlin()).at(0).difference_micro(), -1);
}

TEST(Ledger, RatesAreKeptOnceADay) {
  House house;
  const auto usd = find_currency("USD").value();
  const auto jpy = find_currency("JPY").value();
  EXPECT_EQ(house.store().add_rates({{0, 10, usd, 1'100'000}, {0, 10, jpy, 160'000'000}}), 2);
  EXPECT_EQ(house.store().add_rates({{0, 10, usd, 1'100'000}, {0, 11, usd, 1'100'000}}), 1);
  EXPECT_EQ(house.store().add_rates({{0, 10, usd, 1'200'000}}), 1) << "corrected";
  const auto rates = house.store().list_rates(10, 10);
  ASSERT_EQ(rates.size(), 3u);
  EXPECT_EQ(rates[2].per_euro_micro, 1'200'000);
  EXPECT_GT(rates[2].id, rates[1].id);
}

TEST(Ledger, UndoRestoresExactlyWhatWas) {
  House house;
  house.import({"a", {row_of("1", kFirstDay, 100), row_of("2", kFirstDay, 55)}});
  const auto before = house.seen();
  CommissionRow changed = row_of("1", kFirstDay, 40);
  changed.status = CommissionStatus::Reversed;
  const auto second = house.import({"b", {changed, row_of("3", kFirstDay + 1, 9)}});
  EXPECT_NE(house.seen(), before);
  const auto undone = house.undo(second.id).value();
  EXPECT_EQ(house.seen(), before);
  EXPECT_EQ(house.undo(second.id).value().undone_at_ms, undone.undone_at_ms);
  EXPECT_FALSE(house.undo(ImportId{99}).has_value());
  const auto imports = house.store().list_imports(10);
  ASSERT_EQ(imports.size(), 2u) << "it stays listed";
  EXPECT_TRUE(imports[0].undone_at_ms.has_value());
  EXPECT_FALSE(house.store().find_import("b", "").has_value());
  const auto history = house.store().list_history(CommissionId{1});
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[1].row, changed);
  EXPECT_TRUE(history[1].undone);
  EXPECT_EQ(history[2].kind, store::EventKind::Restored);
  EXPECT_EQ(history[2].row.commission_micro, 100);
}

TEST(Ledger, WhatAFileOfItsDaysDoesNotTellAnyMoreIsWithdrawn) {
  House house;
  house.import({"a", rows_of_day(kFirstDay, 3), true, kFirstDay, kFirstDay});
  house.attribute();
  const auto again = house.import({"b", rows_of_day(kFirstDay, 2), true, kFirstDay, kFirstDay});
  EXPECT_EQ(again.withdrawn_count, 1);
  EXPECT_EQ(again.unchanged_count, 2);
  EXPECT_EQ(again.new_count, 0);
  EXPECT_EQ(house.seen().first, rows_of_day(kFirstDay, 2));
  EXPECT_EQ(house.store().list_history(CommissionId{3}).back().kind, store::EventKind::Withdrawn);
}

TEST(Ledger, AnOldFileDoesNotMakePendingWhatIsApproved) {
  House house;
  CommissionRow pending = row_of("1", kFirstDay, 100);
  pending.status = CommissionStatus::Pending;
  house.import({"new", {row_of("1", kFirstDay, 90)}});
  const auto late = house.import({"old", {pending}});
  EXPECT_EQ(late.unchanged_count, 1);
  EXPECT_EQ(house.seen().first.at(0).commission_micro, 90);
  const auto history = house.store().list_history(CommissionId{1});
  ASSERT_EQ(history.size(), 2u) << "it is kept all the same";
  EXPECT_FALSE(history[1].effective);
}

File many_rows(const std::string& name, std::int64_t micro) {
  File file{name, {}, true, kFirstDay, kFirstDay + 9};
  for (int i = 0; i < 4'500; ++i)
    file.rows.push_back(row_of(std::to_string(i), kFirstDay + i % 10, micro + i));
  return file;
}

TEST(Ledger, AnImportThatIsKilledAnywhereWasNever) {
  House house;
  File first = many_rows("first", 100);
  first.rows.resize(3'000);
  house.import(first);
  const auto before = house.seen();
  House clean;
  clean.import(first);
  clean.import(many_rows("second", 200));
  const auto after = clean.seen();
  File second = many_rows("second", 200);
  for (int stop_at = 1; stop_at <= 3; ++stop_at) {
    int slices = 0;
    const TemporaryDirectory copy;
    EXPECT_THROW(house.import(second,
                              [&](std::int64_t) {
                                if (++slices < stop_at) return;
                                for (const char* name : {"candor.db", "candor.db-wal"})
                                  if (std::filesystem::exists(house.folder() / name))
                                    std::filesystem::copy_file(house.folder() / name,
                                                               copy.path / name);
                                throw std::runtime_error("killed");
                              }),
                 std::runtime_error);
    EXPECT_EQ(slices, stop_at);
    EXPECT_EQ(house.seen(), before);
    EXPECT_EQ(house.store().list_imports(10).size(), 1u);
    const auto killed = sqlite::open_store({.path = copy.path / "candor.db"});
    EXPECT_EQ(killed->list_commissions(10'000).size(), 3'000u);
    EXPECT_EQ(killed->list_imports(10).size(), 1u);
  }
  const auto import = house.import(second);
  EXPECT_EQ(import.new_count, 1'500);
  EXPECT_EQ(import.changed_count, 3'000);
  EXPECT_EQ(house.seen(), after);
}

TEST(Ledger, ReversalsOfARecordTakeItsWeightsAndNetToNothing) {
  House house;
  CommissionRow sale = row_of("1", kFirstDay, 100);
  sale.parent = "1";
  CommissionRow part = row_of("2", kFirstDay + 3, -31);
  CommissionRow rest = row_of("3", kFirstDay + 5, -69);
  part.parent = rest.parent = "1";
  part.status = rest.status = CommissionStatus::Reversed;
  house.import({"a", {sale}});
  house.attribute();
  // What is decided for others later is not theirs.
  house.set_weights({{ArticleId{1}, {}, {}, 1}});
  house.import({"b", {part, rest}});
  house.attribute();
  std::map<ArticleId, std::int64_t> nets;
  for (const auto& state : house.store().list_commissions(10)) {
    std::int64_t own = 0;
    for (const auto& allocation : state.allocations) {
      nets[allocation.article] += allocation.commission_micro;
      own += allocation.commission_micro;
    }
    EXPECT_EQ(own, state.row.commission_micro) << "each row's parts are its own amount";
    EXPECT_EQ(state.match.value().weights.size(), 2u);
  }
  EXPECT_EQ(nets.size(), 2u);
  for (const auto& [article, micro] : nets) EXPECT_EQ(micro, 0) << article.value;
}

TEST(Ledger, AReversalThatComesBeforeItsOriginalInAFileSharesItsWeightsToo) {
  House house;
  CommissionRow sale = row_of("1", kFirstDay, 100);
  CommissionRow back = row_of("2", kFirstDay + 3, -100);
  back.parent = "1";
  house.import({"a", {back, sale}});
  const auto first = house.store().list_unbooked(10);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].row.identity, "1");
  house.store().book({house.booking_of(first[0])});
  const auto second = house.store().list_unbooked(10);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].family_commission_micro, 100);
  ASSERT_TRUE(second[0].frozen.has_value());
  EXPECT_EQ(second[0].frozen->weights.size(), 2u);
}

}  // namespace
}  // namespace candor::contract
