// What stands now comes from the parts of commissions that every report is made of
// (sqlite/money_days.h); what stood at a moment from the ledger's history.
#include "sqlite/articles_money.h"

#include "attribution/credit.h"
#include "sql/sqlite_statements.h"
#include "sqlite/commission_rows.h"
#include "sqlite/money_days.h"
#include "sqlite/rows.h"

namespace candor::sqlite {
namespace {

using Lines = RevenueLines;
using Account = RevenueAccount;

struct AsOf {
  std::int64_t from_ms;
  std::int64_t to_ms;
  std::int64_t as_of_ms;
};

void add_micro(Lines& lines, Currency currency, CommissionStatus status, std::int64_t micro) {
  lines[currency].micro_by_status[static_cast<std::size_t>(status)] += micro;
}

class AsOfQuery {
 public:
  AsOfQuery(Connection& connection, AsOf range, std::string_view statement)
      : query_(connection, statement) {
    query_.set(":from_ms", range.from_ms)
        .set(":to_ms", range.to_ms)
        .set(":as_of_ms", range.as_of_ms);
  }
  bool next() { return query_.next(); }
  Query& query() { return query_; }

 private:
  Query query_;
};

Lines sum_imported(Connection& connection, AsOf range) {
  Lines imported;
  AsOfQuery query(connection, range, sql::reports::sum_imported_as_of);
  while (query.next()) {
    Row row(query.query());
    const Currency currency = read_currency(row);
    const CommissionStatus status = read_status(row);
    add_micro(imported, currency, status, row.integer());
    imported[currency].orders += row.integer();
  }
  return imported;
}

void sum_allocated(Connection& connection, AsOf range, Account& account) {
  AsOfQuery query(connection, range, sql::reports::sum_allocated_as_of);
  while (query.next()) {
    Row row(query.query());
    const auto article = row.id<ArticleId>();
    const bool unattributed = row.integer() != 0;
    const Currency currency = read_currency(row);
    const CommissionStatus status = read_status(row);
    add_micro(account.of(article, unattributed), currency, status, row.integer());
  }
}

/// Observations that wait for the nightly booking: nobody's yet, but money all the same.
void sum_unbooked(Connection& connection, AsOf range, Account& account) {
  AsOfQuery query(connection, range, sql::reports::sum_unbooked_as_of);
  while (query.next()) {
    Row row(query.query());
    const Currency currency = read_currency(row);
    const CommissionStatus status = read_status(row);
    add_micro(account.unattributed, currency, status, row.integer());
  }
}

/// One commission's orders and who shares them.
struct Orders {
  std::int64_t commission = 0;
  Currency currency{};
  std::int64_t quantity = 0;
  bool unattributed = false;
  std::vector<attribution::Weight> weights{};
};

/// Orders are divided like money, so that they add up too.
void add_orders(const Orders& orders, Account& account) {
  if (orders.weights.empty()) {
    account.unattributed[orders.currency].orders += orders.quantity;
    return;
  }
  const std::vector<std::int64_t> parts = attribution::split(orders.quantity, orders.weights);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i] != 0)
      account.of(orders.weights[i].article, orders.unattributed)[orders.currency].orders +=
          parts[i];
}

void sum_orders(Connection& connection, AsOf range, Account& account) {
  AsOfQuery query(connection, range, sql::reports::list_order_weights_as_of);
  Orders orders;
  while (query.next()) {
    Row row(query.query());
    const std::int64_t commission = row.integer();
    if (commission != orders.commission) {
      if (orders.commission != 0) add_orders(orders, account);
      orders = {.commission = commission};
    }
    orders.currency = read_currency(row);
    orders.quantity = row.integer();
    orders.unattributed = row.optional_integer().value_or(1) != 0;
    const std::optional<std::int64_t> article = row.optional_integer();
    if (article)
      orders.weights.push_back(
          {.article = ArticleId{*article}, .link = {}, .click = {}, .weight = row.integer()});
  }
  if (orders.commission != 0) add_orders(orders, account);
}

void add_part(const report::MoneyPart& part, Account& account) {
  report::RevenueLine& line =
      account.of(part.article, part.tier == report::kUnattributedTier)[part.currency];
  line.micro_by_status[static_cast<std::size_t>(part.status)] += part.commission_micro;
  line.orders += part.orders;
}

ArticlesMoney load_now(Connection& connection, const rollup::SiteZone& zone, DayRange days) {
  ArticlesMoney money;
  const auto imported =
      walk_money(connection, days.from, days.to, zone, [&](const report::MoneyPart& part) {
        add_part(part, money.account);
        if (days.viewed_from && part.day >= *days.viewed_from) add_part(part, money.viewed);
      });
  for (const report::ImportedLine& line : imported) {
    report::RevenueLine& sum = money.imported[line.currency];
    sum.micro_by_status = line.micro_by_status;
    sum.orders = line.orders;
  }
  return money;
}

ArticlesMoney load_as_of(Connection& connection, const rollup::SiteZone& zone, DayRange days,
                         std::int64_t as_of_ms) {
  const AsOf range{.from_ms = zone.start_of(days.from),
                   .to_ms = zone.start_of(days.to + 1),
                   .as_of_ms = as_of_ms};
  ArticlesMoney money;
  sum_allocated(connection, range, money.account);
  sum_unbooked(connection, range, money.account);
  sum_orders(connection, range, money.account);
  money.imported = sum_imported(connection, range);
  if (!days.viewed_from || *days.viewed_from > days.to) return money;
  AsOf viewed = range;
  viewed.from_ms = zone.start_of(std::max(days.from, *days.viewed_from));
  sum_allocated(connection, viewed, money.viewed);
  return money;
}

}  // namespace

ArticlesMoney load_articles_money(Connection& connection, const rollup::SiteZone& zone,
                                  DayRange days, std::optional<std::int64_t> as_of_ms) {
  return as_of_ms ? load_as_of(connection, zone, days, *as_of_ms)
                  : load_now(connection, zone, days);
}

}  // namespace candor::sqlite
