// The articles report's numbers, all from one snapshot. Money is grouped by the day of a
// commission's latest event, under its current status; `imported` comes from the events alone, so
// that it can contradict the allocations.
#include "report/articles_report.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <map>

#include "attribution/credit.h"
#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

/// Ends a statement that takes long soon after the flag is set.
class StopsWith {
 public:
  StopsWith(Connection& connection, const std::atomic<bool>& flag)
      : handle_(connection.database().getHandle()) {
    constexpr int kSteps = 10'000;  // of SQLite's virtual machine: well below a millisecond
    sqlite3_progress_handler(
        handle_, kSteps,
        [](void* is_set) { return static_cast<const std::atomic<bool>*>(is_set)->load() ? 1 : 0; },
        const_cast<std::atomic<bool>*>(&flag));
  }
  ~StopsWith() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }
  StopsWith(const StopsWith&) = delete;
  StopsWith& operator=(const StopsWith&) = delete;

 private:
  sqlite3* handle_;
};

struct Range {
  std::int64_t from_ms;
  std::int64_t to_ms;
  std::optional<std::int64_t> as_of_ms{};  ///< nothing: now
};

/// A statement about what stands now, and the same about what stood at a moment.
struct Statements {
  std::string_view now;
  std::string_view as_of;
};

using Lines = std::map<Currency, report::RevenueLine>;

void add_micro(Lines& lines, Currency currency, CommissionStatus status, std::int64_t micro) {
  lines[currency].micro_by_status[static_cast<std::size_t>(status)] += micro;
}

/// Lines that came to nothing (rebooked, wholly reversed) are left out, here as in `imported`.
std::vector<report::RevenueLine> to_vector(const Lines& lines) {
  std::vector<report::RevenueLine> all;
  for (const auto& [currency, line] : lines) {
    if (line == report::RevenueLine{}) continue;
    all.push_back(line);
    all.back().currency = currency;
  }
  return all;
}

/// Who a sum of money is shown under.
struct Account {
  std::map<ArticleId, Lines> articles;  ///< the none-id: a click whose article is unknown
  Lines unattributed;

  Lines& of(ArticleId article, bool is_unattributed) {
    return is_unattributed && !article ? unattributed : articles[article];
  }
};

class RangeQuery {
 public:
  RangeQuery(Connection& connection, Range range, Statements statements)
      : query_(connection, range.as_of_ms ? statements.as_of : statements.now) {
    query_.set(":from_ms", range.from_ms).set(":to_ms", range.to_ms);
    if (range.as_of_ms) query_.set(":as_of_ms", *range.as_of_ms);
  }
  bool next() { return query_.next(); }
  Query& query() { return query_; }

 private:
  Query query_;
};

Lines sum_imported(Connection& connection, Range range) {
  Lines imported;
  RangeQuery query(connection, range,
                   {sql::reports::sum_imported, sql::reports::sum_imported_as_of});
  while (query.next()) {
    Row row(query.query());
    const Currency currency = read_currency(row);
    const CommissionStatus status = read_status(row);
    add_micro(imported, currency, status, row.integer());
    imported[currency].orders += row.integer();
  }
  return imported;
}

void sum_allocated(Connection& connection, Range range, Account& account) {
  RangeQuery query(connection, range,
                   {sql::reports::sum_allocated, sql::reports::sum_allocated_as_of});
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
void sum_unbooked(Connection& connection, Range range, Account& account) {
  RangeQuery query(connection, range,
                   {sql::reports::sum_unbooked, sql::reports::sum_unbooked_as_of});
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

void sum_orders(Connection& connection, Range range, Account& account) {
  RangeQuery query(connection, range,
                   {sql::reports::list_order_weights, sql::reports::list_order_weights_as_of});
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

struct Counts {
  std::int64_t net = 0;
  std::int64_t gross = 0;
};

std::map<ArticleId, Counts> sum_clicks(Connection& connection, rollup::DayNumber from,
                                       rollup::DayNumber to) {
  std::map<ArticleId, Counts> counts;
  Query query(connection, sql::clicks::sum_by_article);
  query.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
  while (query.next()) {
    Row row(query);
    Counts& count = counts[row.id<ArticleId>()];
    const auto verdict = row.number<Verdict>();
    const std::int64_t clicks = row.integer();
    count.gross += clicks;
    if (verdict == Verdict::Human) count.net += clicks;
  }
  return counts;
}

/// The part of the range in which views were counted at all, and what belongs to it.
struct Viewed {
  std::map<ArticleId, std::int64_t> views;
  std::map<ArticleId, Counts> clicks;
  Account account;
};

Viewed load_viewed(Connection& connection, const rollup::SiteZone& zone, rollup::DayNumber from,
                   rollup::DayNumber to, std::optional<std::int64_t> as_of_ms) {
  Viewed viewed;
  Query first(connection, sql::views::find_first_day);
  first.next();
  const auto first_day = Row(first).optional_integer();
  if (!first_day || *first_day > to) return viewed;
  from = std::max(from, static_cast<rollup::DayNumber>(*first_day));
  Query views(connection, sql::views::sum_by_article);
  views.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
  while (views.next()) {
    Row row(views);
    const auto article = row.id<ArticleId>();
    viewed.views[article] = row.integer();
  }
  viewed.clicks = sum_clicks(connection, from, to);
  sum_allocated(
      connection,
      {.from_ms = zone.start_of(from), .to_ms = zone.start_of(to + 1), .as_of_ms = as_of_ms},
      viewed.account);
  return viewed;
}

void add_viewed(const Viewed& viewed, std::vector<report::ArticleRow>& rows) {
  for (report::ArticleRow& row : rows) {
    const auto views = viewed.views.find(row.article);
    if (!row.article || views == viewed.views.end()) continue;
    row.views = views->second;
    if (const auto clicks = viewed.clicks.find(row.article); clicks != viewed.clicks.end())
      row.viewed_clicks = clicks->second.net;
    if (const auto lines = viewed.account.articles.find(row.article);
        lines != viewed.account.articles.end())
      row.viewed_revenue = to_vector(lines->second);
  }
}

/// Every known article has a row; clicks and money of an article that is not known have one
/// together.
std::vector<report::ArticleRow> make_rows(Connection& connection, const Account& account,
                                          const std::map<ArticleId, Counts>& counts) {
  std::map<ArticleId, report::ArticleRow> rows;
  Query query(connection, sql::articles::list_articles);
  while (query.next()) {
    Row row(query);
    report::ArticleRow article;
    article.article = row.id<ArticleId>();
    article.path = row.text();
    article.title = row.text();
    article.disclosure = row.text();
    rows.emplace(article.article, std::move(article));
  }
  const auto row_of = [&](ArticleId id) -> report::ArticleRow& {
    if (const auto known = rows.find(id); known != rows.end()) return known->second;
    report::ArticleRow& unknown = rows[ArticleId{}];
    unknown.path = "(unknown article)";
    return unknown;
  };
  for (const auto& [id, count] : counts) {
    row_of(id).clicks += count.net;
    row_of(id).gross_clicks += count.gross;
  }
  for (const auto& [id, lines] : account.articles)
    if (auto revenue = to_vector(lines); !revenue.empty()) row_of(id).revenue = std::move(revenue);

  std::vector<report::ArticleRow> all;
  all.reserve(rows.size());
  for (auto& [id, row] : rows) all.push_back(std::move(row));
  return all;
}

}  // namespace

report::ArticlesReport SiteStore::load_articles_report(const rollup::SiteZone& zone,
                                                       rollup::DayNumber from, rollup::DayNumber to,
                                                       std::optional<std::int64_t> as_of_ms) const {
  report::ArticlesReport report;
  report.from_day = rollup::format_day(from);
  report.to_day = rollup::format_day(to);
  report.zone = zone.name();
  const Range range{
      .from_ms = zone.start_of(from), .to_ms = zone.start_of(to + 1), .as_of_ms = as_of_ms};
  throw_when_stopped();
  const auto load = [&](Connection& connection) {
    const StopsWith stops(connection, stopped_);
    Account account;
    sum_allocated(connection, range, account);
    sum_unbooked(connection, range, account);
    sum_orders(connection, range, account);
    report.rows = make_rows(connection, account, sum_clicks(connection, from, to));
    add_viewed(load_viewed(connection, zone, from, to, as_of_ms), report.rows);
    report.unattributed.path = "(unattributed)";
    report.unattributed.revenue = to_vector(account.unattributed);
    report.imported = to_vector(sum_imported(connection, range));
    return std::move(report);
  };
  try {
    return database_.read(load);
  } catch (const store::Broken&) {
    throw_when_stopped();
    throw;
  }
}

}  // namespace candor::sqlite
