// Slices of clicks. Days that are closed and asked for by article or link alone answer from their
// counts; all else looks at the clicks: the columns of blocks it names, and rows. Long ranges are
// cut into parts, each read by a thread of its own from one snapshot.
#include <algorithm>
#include <future>
#include <memory>
#include <thread>
#include <unordered_map>

#include "rollup/click_slice.h"
#include "rollup/day_counts.h"
#include "sqlite/click_blocks.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"
#include "sqlite/slice_names.h"
#include "store/errors.h"

namespace candor::sqlite {
namespace {

using rollup::ClickColumn;
using rollup::ClickSlicer;
using rollup::DayColumn;
using rollup::DayNumber;
using rollup::SliceDimension;

constexpr std::size_t kRowsAtOnce = 65'536;
constexpr std::int64_t kWorthAThread = 1'000'000;  // clicks
constexpr unsigned kMostThreads = 4;

/// How readers of closed days can be told without looking at clicks.
enum class CountedVisitors : std::uint8_t { No, OfDays, OfArticles };

CountedVisitors counted_visitors(const rollup::SliceQuery& query) {
  const auto fits = [](SliceDimension dimension) { return dimension <= SliceDimension::Article; };
  const auto is_article = [](SliceDimension each) { return each == SliceDimension::Article; };
  std::size_t articles = 0;
  for (const rollup::SliceFilter& filter : query.filters) {
    if (!fits(filter.dimension)) return CountedVisitors::No;
    if (is_article(filter.dimension)) articles += filter.values.size();
  }
  if (!std::ranges::all_of(query.by, fits)) return CountedVisitors::No;
  if (std::ranges::any_of(query.by, is_article)) return CountedVisitors::OfArticles;
  if (articles == 0) return CountedVisitors::OfDays;
  // One reader of two articles is one reader.
  return articles == 1 ? CountedVisitors::OfArticles : CountedVisitors::No;
}

bool asks_for_links(const rollup::SliceQuery& query) {
  const auto is_of_links = [](SliceDimension dimension) {
    return dimension >= SliceDimension::Link && dimension <= SliceDimension::Programme;
  };
  return std::ranges::any_of(query.by, is_of_links) ||
         std::ranges::any_of(query.filters, [&](const rollup::SliceFilter& filter) {
           return is_of_links(filter.dimension);
         });
}

void with_day_column(Connection& connection, DayNumber day, DayColumn column,
                     const std::function<void(const rollup::PackedColumn&)>& use) {
  const std::uint64_t place = rollup::place_of(day, column);
  Query query(connection, sql::blocks::find_day_column);
  query.set(":id", static_cast<std::int64_t>(place));
  const std::string head = "the counts of " + rollup::format_day(day) + " are damaged: ";
  if (!query.next()) throw store::Broken(head + "a column is missing; restore a backup");
  const auto packed = rollup::PackedColumn::open(Row(query).bytes(), place);
  if (!packed) throw store::Broken(head + packed.error() + "; restore a backup");
  use(*packed);
}

std::vector<std::int64_t> read_day_column(Connection& connection, DayNumber day, DayColumn column) {
  std::vector<std::int64_t> values;
  with_day_column(connection, day, column, [&](const rollup::PackedColumn& packed) {
    values = packed.read().value_or(std::vector<std::int64_t>{});
  });
  return values;
}

/// The day's clicks from its counts, by article or by article and link.
void add_closed_day(Connection& connection, DayNumber day, bool links, ClickSlicer& slicer) {
  const auto weights =
      read_day_column(connection, day, links ? DayColumn::PairClicks : DayColumn::Clicks);
  const auto column_of = [links](ClickColumn column) {
    if (column == ClickColumn::Article) return links ? DayColumn::PairArticle : DayColumn::Article;
    if (column == ClickColumn::Link) return DayColumn::PairLink;
    return links ? DayColumn::PairVerdict : DayColumn::Verdict;
  };
  slicer.add_block(
      day, weights.size(),
      [&](ClickColumn column, const std::function<void(const rollup::PackedColumn&)>& use) {
        with_day_column(connection, day, column_of(column), use);
      },
      weights);
}

void add_closed_visitors(Connection& connection, DayNumber day, std::int64_t visitors,
                         CountedVisitors counted, ClickSlicer& slicer) {
  if (counted == CountedVisitors::OfDays) {
    slicer.add_visitors(day, 0, visitors);
    return;
  }
  const auto articles = read_day_column(connection, day, DayColumn::VisitedArticle);
  const auto counts = read_day_column(connection, day, DayColumn::Visitors);
  for (std::size_t n = 0; n < std::min(articles.size(), counts.size()); ++n)
    slicer.add_visitors(day, articles[n], counts[n]);
}

/// The same counts of a day that is not closed, from their table.
void add_open_counts(Connection& connection, DayNumber day, ClickSlicer& slicer) {
  Query query(connection, sql::blocks::list_day_counts);
  query.set(":day", std::int64_t{day});
  rollup::ClickRows rows;
  std::vector<std::int64_t> weights;
  while (query.next()) {
    Row row(query);
    rows.of(ClickColumn::Id).push_back(0);
    for (const ClickColumn column : {ClickColumn::Article, ClickColumn::Link, ClickColumn::Verdict})
      rows.of(column).push_back(row.integer());
    weights.push_back(row.integer());
  }
  if (!weights.empty()) slicer.add_rows(day, rows, weights);
}

/// Clicks that are rows, of whole days.
void add_rows(Connection& connection, DayNumber from, DayNumber to, const rollup::SiteZone& zone,
              ClickSlicer& slicer) {
  Query query(connection, sql::blocks::list_rows);
  query.set(":from", first_click_id(zone.start_of(from)))
      .set(":to", first_click_id(zone.start_of(to + 1)))
      .set(":limit", std::int64_t{-1});
  rollup::DayFinder days(zone);
  rollup::ClickRows rows;
  std::optional<DayNumber> day;
  const auto hand_over = [&] {
    if (rows.size() > 0) slicer.add_rows(*day, rows, {});
    for (auto& column : rows.columns) column.clear();
  };
  while (query.next()) {
    Row row(query);
    const std::int64_t id = row.integer();
    const DayNumber of_row = days.day_of(at_ms(ClickId{id}));
    if (of_row != day || rows.size() >= kRowsAtOnce) hand_over();
    day = of_row;
    rows.of(ClickColumn::Id).push_back(id);
    for (std::size_t n = 1; n < rollup::kClickColumnCount; ++n)
      rows.columns[n].push_back(row.integer());
  }
  hand_over();
}

/// All clicks of whole days.
void add_clicks(Connection& connection, DayNumber from, DayNumber to, const rollup::SiteZone& zone,
                ClickSlicer& slicer) {
  for (const BlockHead& block : list_blocks(connection, from, to))
    slicer.add_block(
        block.day, static_cast<std::size_t>(block.clicks),
        [&](ClickColumn column, const std::function<void(const rollup::PackedColumn&)>& use) {
          with_column(connection, block, column, use);
        },
        {});
  add_rows(connection, from, to, zone, slicer);
}

struct DayRange {
  DayNumber from = 0;
  DayNumber to = 0;
};

/// The range in parts of about as many clicks in blocks, one a thread.
std::vector<DayRange> parts_of(Connection& connection, DayRange range) {
  const auto blocks = list_blocks(connection, range.from, range.to);
  std::int64_t clicks = 0;
  for (const BlockHead& block : blocks) clicks += block.clicks;
  const auto threads = std::clamp<std::int64_t>(
      clicks / kWorthAThread, 1, std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads));
  std::vector<DayRange> parts;
  std::int64_t seen = 0;
  DayNumber from = range.from;
  for (const BlockHead& block : blocks) {
    seen += block.clicks;
    const auto due = static_cast<std::int64_t>(parts.size() + 1) * clicks / threads;
    if (seen < due || block.day < from || static_cast<std::int64_t>(parts.size()) + 1 >= threads)
      continue;
    parts.push_back({from, block.day});
    from = block.day + 1;
  }
  if (from <= range.to) parts.push_back({from, range.to});
  return parts;
}

}  // namespace

std::vector<store::ClickSliceRow> SiteStore::slice_clicks(const store::SliceQuestion& question,
                                                          const rollup::SiteZone& zone) const {
  throw_when_stopped();
  const SliceNames names =
      database_.read([&](Connection& connection) { return SliceNames(connection, question); });
  const rollup::SliceQuery query = names.query_of(question);
  ClickSlicer all(query, names.groups());
  const CountedVisitors counted = counted_visitors(query);
  const bool is_counted =
      rollup::asks_only_counts(query) && (!query.visitors || counted != CountedVisitors::No);
  if (is_counted) {
    slice_counts(query, zone, all);
  } else {
    const auto parts = database_.read(
        [&](Connection& connection) { return parts_of(connection, {query.from, query.to}); });
    std::vector<std::future<std::unique_ptr<ClickSlicer>>> slices;
    for (const DayRange part : parts)
      slices.push_back(std::async(std::launch::async, [&, part] {
        return database_.read([&](Connection& connection) {
          auto slicer = std::make_unique<ClickSlicer>(query, names.groups());
          add_clicks(connection, part.from, part.to, zone, *slicer);
          return slicer;
        });
      }));
    for (auto& slice : slices) all.merge(*slice.get());
  }
  std::vector<store::ClickSliceRow> rows;
  for (const rollup::SliceRow& from : all.rows()) {
    store::ClickSliceRow& row = rows.emplace_back();
    row.ids = from.keys;
    for (std::size_t n = 0; n < from.keys.size(); ++n)
      row.keys.push_back(names.text_of(query.by[n], from.keys[n]));
    row.clicks = from.clicks;
    row.gross_clicks = from.gross_clicks;
    if (query.visitors) row.visitor_days = from.visitor_days;
  }
  return rows;
}

void SiteStore::slice_counts(const rollup::SliceQuery& query, const rollup::SiteZone& zone,
                             rollup::ClickSlicer& slicer) const {
  const bool links = asks_for_links(query);
  const CountedVisitors counted = counted_visitors(query);
  database_.read([&](Connection& connection) {
    std::unordered_map<DayNumber, std::int64_t> closed;
    Query days(connection, sql::blocks::list_closed_days);
    days.set(":from", std::int64_t{query.from}).set(":to", std::int64_t{query.to});
    while (days.next()) {
      Row row(days);
      const auto day = static_cast<DayNumber>(row.integer());
      closed.emplace(day, row.integer());
    }
    Query with_clicks(connection, sql::blocks::list_days_with_clicks);
    with_clicks.set(":from", std::int64_t{query.from}).set(":to", std::int64_t{query.to});
    const auto all =
        read_all(with_clicks, [](Row& row) { return static_cast<DayNumber>(row.integer()); });
    for (const DayNumber day : all) {
      const auto at = closed.find(day);
      if (at != closed.end()) {
        add_closed_day(connection, day, links, slicer);
        if (query.visitors) add_closed_visitors(connection, day, at->second, counted, slicer);
      } else if (query.visitors) {
        add_clicks(connection, day, day, zone, slicer);
      } else {
        add_open_counts(connection, day, slicer);
      }
    }
    return true;
  });
}

}  // namespace candor::sqlite
