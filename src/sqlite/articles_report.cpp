// The articles report's numbers: money and names from one snapshot, clicks from the counts of days.
// Money is grouped by the day of a commission's standing event, under its current status;
// `imported` comes from the events alone, so that it can contradict the allocations.
#include "report/articles_report.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <map>

#include "sql/sqlite_statements.h"
#include "sqlite/articles_money.h"
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

/// Lines that came to nothing (rebooked, wholly reversed) are left out, here as in `imported`.
std::vector<report::RevenueLine> to_vector(const RevenueLines& lines) {
  std::vector<report::RevenueLine> all;
  for (const auto& [currency, line] : lines) {
    if (line == report::RevenueLine{}) continue;
    all.push_back(line);
    all.back().currency = currency;
  }
  return all;
}

struct Counts {
  std::int64_t net = 0;
  std::int64_t gross = 0;
};
using ClicksByArticle = std::map<ArticleId, Counts>;

ClicksByArticle sum_clicks(const store::SliceStore& slices, const rollup::SiteZone& zone,
                           rollup::DayNumber from, rollup::DayNumber to) {
  ClicksByArticle counts;
  const store::SliceQuestion question{
      .from = from, .to = to, .by = {rollup::SliceDimension::Article}, .filters = {}};
  for (const store::ClickSliceRow& row : slices.slice_clicks(question, zone)) {
    Counts& count = counts[ArticleId{row.ids.at(0)}];
    count.net += row.clicks;
    count.gross += row.gross_clicks;
  }
  return counts;
}

/// Views, and the clicks and money of the days in which views were counted at all.
void add_viewed(Connection& connection, DayRange days, const ClicksByArticle& clicks,
                const RevenueAccount& account, std::vector<report::ArticleRow>& rows) {
  if (!days.viewed_from || *days.viewed_from > days.to) return;
  std::map<ArticleId, std::int64_t> known;
  Query views(connection, sql::views::sum_by_article);
  views.set(":from", std::int64_t{std::max(days.from, *days.viewed_from)})
      .set(":to", std::int64_t{days.to});
  while (views.next()) {
    Row row(views);
    const auto article = row.id<ArticleId>();
    known[article] = row.integer();
  }
  for (report::ArticleRow& row : rows) {
    const auto at = known.find(row.article);
    if (!row.article || at == known.end()) continue;
    row.views = at->second;
    if (const auto found = clicks.find(row.article); found != clicks.end())
      row.viewed_clicks = found->second.net;
    if (const auto lines = account.articles.find(row.article); lines != account.articles.end())
      row.viewed_revenue = to_vector(lines->second);
  }
}

/// Every known article has a row; clicks and money of an article that is not known have one
/// together.
std::vector<report::ArticleRow> make_rows(Connection& connection, const RevenueAccount& account,
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
  throw_when_stopped();
  const DayRange days{.from = from, .to = to, .viewed_from = first_view_day()};
  const ClicksByArticle clicks = sum_clicks(*this, zone, from, to);
  const ClicksByArticle viewed_clicks =
      days.viewed_from && *days.viewed_from > from && *days.viewed_from <= to
          ? sum_clicks(*this, zone, *days.viewed_from, to)
          : clicks;
  const auto load = [&](Connection& connection) {
    const StopsWith stops(connection, stopped_);
    const ArticlesMoney money = load_articles_money(connection, zone, days, as_of_ms);
    report.rows = make_rows(connection, money.account, clicks);
    add_viewed(connection, days, viewed_clicks, money.viewed, report.rows);
    report.unattributed.path = "(unattributed)";
    report.unattributed.revenue = to_vector(money.account.unattributed);
    report.imported = to_vector(money.imported);
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
