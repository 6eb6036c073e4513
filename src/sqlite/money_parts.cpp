// Commissions in parts. Two statements walk the same commissions side by side: their weights, and
// what was booked by them. `imported` comes from the events alone, so that it can contradict the
// parts.
#include "sqlite/money_parts.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "attribution/credit.h"
#include "sql/sqlite_statements.h"
#include "sqlite/click_blocks.h"
#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"

namespace candor::sqlite {
namespace {

using UsePart = std::function<void(const report::MoneyPart&)>;

/// Which money: events of a time, as they stand or as they stood at a moment.
struct Asked {
  TimeRange range;
  std::optional<std::int64_t> as_of_ms{};

  std::string_view statement(std::string_view now, std::string_view then) const {
    return as_of_ms ? then : now;
  }
  void bind(Query& query) const {
    query.set(":from_ms", range.from_ms).set(":to_ms", range.to_ms);
    if (as_of_ms) query.set(":as_of_ms", *as_of_ms);
  }
};

struct Booked {
  ArticleId article;
  LinkId link;
  std::int64_t commission_micro = 0;
  std::int64_t sale_micro = 0;
};

/// What was booked, commission by commission, asked for in ascending order.
class BookedWalk {
 public:
  BookedWalk(Connection& connection, const Asked& asked)
      : query_(connection,
               asked.statement(sql::reports::list_allocated, sql::reports::list_allocated_as_of)) {
    asked.bind(query_);
    step();
  }

  std::vector<Booked> of(std::int64_t commission) {
    std::vector<Booked> booked;
    for (; more_ && commission_ <= commission; step())
      if (commission_ == commission) booked.push_back(next_);
    return booked;
  }

 private:
  void step() {
    more_ = query_.next();
    if (!more_) return;
    Row row(query_);
    commission_ = row.integer();
    next_.article = row.id<ArticleId>();
    next_.link = row.id<LinkId>();
    next_.commission_micro = row.integer();
    next_.sale_micro = row.integer();
  }

  Query query_;
  bool more_ = false;
  std::int64_t commission_ = 0;
  Booked next_;
};

/// One commission with its weights; `part` has what all of its parts share, and its orders.
struct Weighed {
  std::int64_t commission = 0;
  report::MoneyPart part{};
  std::vector<attribution::Weight> weights{};
};

/// Money that was booked for an article and link goes to the clicks that brought it there, in the
/// proportion of their weights.
void use_booked(const Weighed& weighed, const Booked& booked, const UsePart& use) {
  std::vector<attribution::Weight> of_these;
  for (const attribution::Weight& weight : weighed.weights)
    if (weight.article == booked.article && weight.link == booked.link) of_these.push_back(weight);
  if (of_these.empty())
    of_these.push_back({.article = booked.article, .link = booked.link, .click = {}, .weight = 1});
  const auto micro = attribution::split(booked.commission_micro, of_these);
  const auto sale = attribution::split(booked.sale_micro, of_these);
  report::MoneyPart part = weighed.part;
  part.orders = 0;
  for (std::size_t i = 0; i < of_these.size(); ++i) {
    if (micro[i] == 0 && sale[i] == 0) continue;
    part.article = of_these[i].article;
    part.link = of_these[i].link;
    part.click = of_these[i].click;
    part.commission_micro = micro[i];
    part.sale_micro = sale[i];
    use(part);
  }
}

void use_commission(const Weighed& weighed, const std::vector<Booked>& booked, const UsePart& use) {
  for (const Booked& each : booked) use_booked(weighed, each, use);
  report::MoneyPart part = weighed.part;
  if (weighed.weights.empty()) {
    if (part.orders != 0) use(part);
    return;
  }
  const auto orders = attribution::split(weighed.part.orders, weighed.weights);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (orders[i] == 0) continue;
    part.article = weighed.weights[i].article;
    part.link = weighed.weights[i].link;
    part.click = weighed.weights[i].click;
    part.orders = orders[i];
    use(part);
  }
}

/// Calls `use` for the parts of every commission that was matched, and the orders of the others.
void walk_commissions(Connection& connection, const Asked& asked, const rollup::SiteZone& zone,
                      const UsePart& use) {
  rollup::DayFinder days(zone);
  BookedWalk booked(connection, asked);
  Query query(connection,
              asked.statement(sql::reports::list_money, sql::reports::list_money_as_of));
  asked.bind(query);
  Weighed weighed;
  const auto hand_over = [&] {
    if (weighed.commission != 0) use_commission(weighed, booked.of(weighed.commission), use);
  };
  while (query.next()) {
    Row row(query);
    const std::int64_t commission = row.integer();
    const std::optional<std::int64_t> article = row.optional_integer();
    const attribution::Weight weight{.article = ArticleId{article.value_or(0)},
                                     .link = row.id<LinkId>(),
                                     .click = row.id<ClickId>(),
                                     .weight = row.integer()};
    if (commission != weighed.commission) {
      hand_over();
      weighed = {.commission = commission};
      weighed.part.day = days.day_of(row.integer());
      weighed.part.network = row.text();
      weighed.part.merchant = row.text();
      weighed.part.currency = read_currency(row);
      weighed.part.status = read_status(row);
      weighed.part.orders = row.integer();
      weighed.part.tier = static_cast<int>(std::clamp<std::int64_t>(
          row.optional_integer().value_or(report::kUnattributedTier), 1, report::kTierCount));
    }
    if (article) weighed.weights.push_back(weight);
  }
  hand_over();
}

/// Observations that wait for the nightly booking: nobody's yet, but money all the same.
void walk_waiting(Connection& connection, const Asked& asked, const rollup::SiteZone& zone,
                  const UsePart& use) {
  rollup::DayFinder days(zone);
  Query query(connection,
              asked.statement(sql::reports::list_waiting, sql::reports::list_waiting_as_of));
  asked.bind(query);
  while (query.next()) {
    Row row(query);
    report::MoneyPart part;
    part.day = days.day_of(row.integer());
    part.network = row.text();
    part.merchant = row.text();
    part.currency = read_currency(row);
    part.status = read_status(row);
    part.commission_micro = row.integer();
    part.sale_micro = row.integer();
    if (part.commission_micro != 0 || part.sale_micro != 0) use(part);
  }
}

std::vector<report::ImportedLine> sum_imported(Connection& connection, const Asked& asked) {
  std::map<Currency, report::ImportedLine> lines;
  Query query(connection,
              asked.statement(sql::reports::sum_imported, sql::reports::sum_imported_as_of));
  asked.bind(query);
  while (query.next()) {
    Row row(query);
    const Currency currency = read_currency(row);
    const CommissionStatus status = read_status(row);
    lines[currency].micro_by_status[static_cast<std::size_t>(status)] += row.integer();
    lines[currency].orders += row.integer();
  }
  std::vector<report::ImportedLine> all;
  for (auto& [currency, line] : lines) {
    line.currency = currency;
    all.push_back(line);
  }
  return all;
}

report::ClickTraits read_traits(std::int64_t placement, std::int64_t country, std::int64_t device) {
  return {.placement = static_cast<std::uint16_t>(placement),
          .country = Country::from_code(static_cast<std::uint16_t>(country)),
          .device = static_cast<Device>(device)};
}

/// Clicks ascending over all calls: neighbours share a block, whose columns are unpacked once.
report::ClickTraits find_traits(Connection& connection, ClickId click,
                                std::optional<BlockColumns>& block) {
  Query query(connection, sql::clicks::find_traits);
  query.set(":id", click);
  const auto found = read_first(query, [](Row& row) {
    const std::int64_t placement = row.integer();
    const std::int64_t country = row.integer();
    return read_traits(placement, country, row.integer());
  });
  if (found) return *found;
  if (!block || block->head().last_click < click.value) {
    const auto head = find_block(connection, click);
    if (!head) return {};
    block.emplace(connection, *head);
  }
  const auto at = block->find(click);
  if (!at) return {};
  return read_traits(block->of(rollup::ClickColumn::Placement)[*at],
                     block->of(rollup::ClickColumn::Country)[*at],
                     block->of(rollup::ClickColumn::Device)[*at]);
}

/// What the clicks of the parts know of their readers and places.
void add_traits(Connection& connection, std::vector<report::MoneyPart>& parts) {
  std::vector<report::MoneyPart*> by_click;
  for (report::MoneyPart& part : parts)
    if (part.click) by_click.push_back(&part);
  std::ranges::sort(by_click, {}, [](const report::MoneyPart* part) { return part->click; });
  std::optional<BlockColumns> block;
  for (std::size_t i = 0; i < by_click.size(); ++i) {
    report::MoneyPart& part = *by_click[i];
    if (i > 0 && by_click[i - 1]->click == part.click) {
      part.traits = by_click[i - 1]->traits;
      continue;
    }
    part.traits = find_traits(connection, part.click, block);
  }
}

}  // namespace

MoneyDay load_money(Connection& connection, TimeRange range, const rollup::SiteZone& zone,
                    std::optional<std::int64_t> as_of_ms) {
  const Asked asked{.range = range, .as_of_ms = as_of_ms};
  MoneyDay money;
  const auto keep = [&](const report::MoneyPart& part) { money.parts.push_back(part); };
  walk_commissions(connection, asked, zone, keep);
  walk_waiting(connection, asked, zone, keep);
  add_traits(connection, money.parts);
  money.imported = sum_imported(connection, asked);
  return money;
}

}  // namespace candor::sqlite
