// What must hold of random commissions, reversals, models, currencies and rules that come and go:
// nothing is lost, a full reversal leaves nothing, it does not matter in which order or how often
// files come, and what was believed at any moment can be reported for ever.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "attribution/models.h"
#include "jobs/attribute.h"
#include "jobs/dimension_report.h"
#include "support/site_house.h"

namespace candor::jobs {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

/// A file of one network, whose rows are known by their ids.
struct File {
  std::string name;
  std::vector<CommissionRow> rows;
};

/// By commission and article, without what comes to nothing.
using Booked = std::map<std::pair<std::string, std::int64_t>, std::int64_t>;

/// A site with three articles and clicks of the last weeks, a third of them on no article.
class World {
 public:
  explicit World(attribution::Model model = attribution::Model::Linear) {
    model_.model = model;
    for (const char* path : {"/a/", "/b/", "/c/"}) articles_.push_back(house_.add_article(path));
    const Link link = house_.add_link("kettle");
    for (int i = 0; i < 12; ++i) {
      const ArticleId article = i % 4 == 3 ? ArticleId{} : articles_[(7 * i) % 3];
      clicks_.push_back(house_.add_click(link.id, article, 60 * 24 * 28 - 60 * 17 * i));
    }
  }

  void import(const File& file) {
    house_.clock.advance(std::chrono::hours(1));
    store::Import import;
    import.network = "awin";
    import.report = "transactions";
    import.file_name = import.file_hash = file.name;
    import.imported_at_ms = to_ms(house_.clock.now());
    house_.store->publish_import(import, file.rows, {});
  }
  void attribute() {
    house_.clock.advance(std::chrono::minutes(1));
    jobs::attribute(*house_.store,
                    {house_.keys, house_.settings.hosts, model_, to_ms(house_.clock.now())});
  }
  /// One label more, less or for another article.
  void change_rule(int label, int article) {
    house_.clock.advance(std::chrono::minutes(1));
    const std::string text = "label-" + std::to_string(label);
    for (const store::OwnerRule& rule : house_.store->list_owner_rules())
      if (rule.rule.text == text) house_.store->remove_owner_rule(rule.id);
    if (article >= 3) return;
    store::OwnerRule rule;
    rule.rule = {"", "sub-id", text, articles_.at(static_cast<std::size_t>(article))};
    house_.store->add_owner_rule(rule);
  }

  Booked booked() const {
    Booked out;
    for (const auto& state : house_.store->list_commissions(10'000))
      for (const auto& part : state.allocations)
        out[{state.row.identity, part.article.value}] += part.commission_micro;
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
  }
  std::map<std::int64_t, std::int64_t> by_article() const {
    std::map<std::int64_t, std::int64_t> out;
    for (const auto& [key, micro] : booked()) out[key.second] += micro;
    std::erase_if(out, [](const auto& each) { return each.second == 0; });
    return out;
  }
  void expect_conserved() const {
    for (const auto& state : house_.store->list_commissions(10'000)) {
      std::int64_t commission = 0, sale = 0;
      for (const auto& part : state.allocations) {
        commission += part.commission_micro;
        sale += part.sale_micro;
      }
      RC_ASSERT(commission == state.row.commission_micro);
      RC_ASSERT(sale == state.row.sale_micro);
    }
    for (const LedgerLine& line : house_.store->check_ledger(house_.zone))
      RC_ASSERT(line.difference_micro() == 0);
  }
  /// Of a fixed range of days, whenever it is asked for.
  std::string report(std::optional<std::int64_t> as_of_ms = {}) const {
    const auto last = house_.zone.day_of(born_ms_);
    auto report = house_.store->load_articles_report(house_.zone, last - 40, last + 40, as_of_ms);
    report::finish(report);
    RC_ASSERT(report.balanced);
    std::string all = report::to_json(report);
    for (const auto by :
         {report::Dimension::Article, report::Dimension::Link, report::Dimension::Network,
          report::Dimension::Country, report::Dimension::Week}) {
      auto cut = load_dimension_report(*house_.store, house_.zone,
                                       {.by = by,
                                        .from = last - 20,
                                        .to = last + 40,
                                        .compare = report::Comparison::Previous,
                                        .as_of_ms = as_of_ms});
      RC_ASSERT(cut.balanced);
      cut.as_of.clear();
      all += report::to_json(cut);
    }
    return all;
  }
  std::int64_t now_ms() const { return to_ms(house_.clock.now()); }
  std::string token(int click) const {
    return house_.token(clicks_.at(static_cast<std::size_t>(click)));
  }
  std::int64_t born_ms() const { return born_ms_; }

 private:
  SiteHouse house_;
  std::int64_t born_ms_ = to_ms(house_.clock.now());
  std::vector<ArticleId> articles_;
  std::vector<Click> clicks_;
  attribution::ModelChoice model_;
};

attribution::Model any_model() {
  return attribution::kTouchModels[*rc::gen::inRange<std::size_t>(
      0, attribution::kTouchModels.size())];
}

CommissionRow any_row(const World& world, int identity) {
  CommissionRow row;
  row.identity = "c" + std::to_string(identity);
  // What belongs to a sale does not change from file to file.
  row.event_at_ms = world.born_ms() - (identity * 5 % 27) * kDayMs - identity;
  row.currency = find_currency(std::array{"EUR", "JPY", "KWD"}[identity % 3]).value();
  const std::array<std::string, 5> sub_ids{"", "label-0", "label-1", "foreign",
                                           world.token(identity % 12)};
  row.sub_id = sub_ids[static_cast<std::size_t>(identity) % 5];
  row.status = static_cast<CommissionStatus>(*rc::gen::inRange(0, 4));
  row.commission_micro = *rc::gen::inRange<std::int64_t>(-2'000'000, 4'000'000);
  row.sale_micro = 10 * row.commission_micro + *rc::gen::inRange(0, 7);
  return row;
}

File any_file(const World& world, int number) {
  File file{"file " + std::to_string(number), {}};
  for (int identity = 0; identity < 10; ++identity)
    if (*rc::gen::inRange(0, 2) == 0) file.rows.push_back(any_row(world, identity));
  return file;
}

/// Each commission of the world as the network's last word: everything comes to nothing.
File full_reversal(const World& world) {
  File file{"reversal", {}};
  for (int identity = 0; identity < 10; ++identity) {
    CommissionRow row = any_row(world, identity);
    row.status = CommissionStatus::Reversed;
    row.commission_micro = row.sale_micro = 0;
    file.rows.push_back(std::move(row));
  }
  return file;
}

RC_GTEST_PROP(AttributionProperties, NothingIsLostAndAFullReversalLeavesNothing, ()) {
  World world(any_model());
  const int steps = *rc::gen::inRange(1, 6);
  for (int n = 0; n < steps; ++n) {
    world.import(any_file(world, n));
    if (*rc::gen::inRange(0, 2) == 0)
      world.change_rule(*rc::gen::inRange(0, 2), *rc::gen::inRange(0, 5));
    if (*rc::gen::inRange(0, 3) != 0) world.attribute();
  }
  world.attribute();
  world.expect_conserved();
  world.import(full_reversal(world));
  world.attribute();
  world.expect_conserved();
  RC_ASSERT(world.booked().empty());
}

RC_GTEST_PROP(AttributionProperties, ReversalsByRecordsOfTheirOwnLeaveNothing, ()) {
  World world(any_model());
  File sales{"sales", {}};
  for (int identity = 0; identity < 6; ++identity) {
    sales.rows.push_back(any_row(world, identity));
    sales.rows.back().parent = sales.rows.back().identity;
  }
  world.import(sales);
  if (*rc::gen::arbitrary<bool>()) world.attribute();
  std::vector<std::pair<std::int64_t, std::int64_t>> left;
  for (const CommissionRow& row : sales.rows)
    left.push_back({row.commission_micro, row.sale_micro});
  const int pieces = *rc::gen::inRange(1, 4);
  for (int n = 0; n < pieces; ++n) {
    File reversals{"reversals " + std::to_string(n), {}};
    for (std::size_t i = 0; i < sales.rows.size(); ++i) {
      CommissionRow row = sales.rows[i];
      row.identity += "r" + std::to_string(n);
      row.sub_id.clear();  // networks forget it
      row.commission_micro =
          n + 1 == pieces ? -left[i].first : *rc::gen::inRange(-500'000, 500'000);
      row.sale_micro = n + 1 == pieces ? -left[i].second : *rc::gen::inRange(-500'000, 500'000);
      left[i].first += row.commission_micro;
      left[i].second += row.sale_micro;
      reversals.rows.push_back(std::move(row));
    }
    world.import(reversals);
    world.change_rule(*rc::gen::inRange(0, 2), *rc::gen::inRange(0, 5));
    if (*rc::gen::arbitrary<bool>()) world.attribute();
  }
  world.change_rule(*rc::gen::inRange(0, 2), *rc::gen::inRange(0, 5));
  world.attribute();
  world.expect_conserved();
  RC_ASSERT((world.by_article() == std::map<std::int64_t, std::int64_t>{}));
}

/// Networks tell when they changed a row last, so that files can come in any order.
RC_GTEST_PROP(AttributionProperties, TheOrderOfFilesAndTheirRepetitionNeverMatter, ()) {
  const attribution::Model model = any_model();
  World in_order(model), mixed(model);
  std::vector<File> files;
  const int number = *rc::gen::inRange(1, 5);
  for (int n = 0; n < number; ++n) {
    files.push_back(any_file(in_order, n));
    for (CommissionRow& row : files.back().rows)
      row.posted_at_ms = in_order.born_ms() + n * kHourMs;
  }
  for (const File& file : files) {
    in_order.import(file);
    in_order.attribute();
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (int times = *rc::gen::inRange(1, 3); times > 0; --times) order.push_back(i);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
  for (const std::size_t i : order) {
    mixed.import(files[i]);
    if (*rc::gen::arbitrary<bool>()) mixed.attribute();
  }
  mixed.attribute();
  RC_ASSERT(in_order.booked() == mixed.booked());
  RC_ASSERT(in_order.report() == mixed.report());
}

RC_GTEST_PROP(AttributionProperties, AsOfEqualsHistory, ()) {
  World world(any_model());
  std::map<std::int64_t, std::string> believed;
  const int steps = *rc::gen::inRange(1, 6);
  for (int n = 0; n < steps; ++n) {
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        world.import(any_file(world, n));
        break;
      case 1:
        world.change_rule(*rc::gen::inRange(0, 2), *rc::gen::inRange(0, 5));
        break;
      default:
        world.attribute();
    }
    believed[world.now_ms()] = world.report();
  }
  for (const auto& [at_ms, report] : believed) RC_ASSERT(world.report(at_ms) == report);
}

}  // namespace
}  // namespace candor::jobs
