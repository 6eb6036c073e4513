// Closing days and packing their clicks. A day's way: its blocks are written one by one, for nobody
// to read (live 0); one small commit makes them what is read, and the rows what is not
// (click_removal); then the rows go, slice by slice.
#include "sqlite/closed_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rollup/click_block.h"
#include "rollup/day_counts.h"
#include "sqlite/click_blocks.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

using rollup::ClickColumn;
using rollup::ClickRows;
using DayCountRows = std::vector<std::pair<rollup::ClickDayKey, std::int64_t>>;

constexpr std::size_t kReadAtOnce = 32'768;
constexpr std::int64_t kDeleteAtOnce = 30'000;

/// Ids [from, to).
struct IdRange {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

IdRange ids_of(rollup::DayNumber day, const rollup::SiteZone& zone) {
  return {first_click_id(zone.start_of(day)).value, first_click_id(zone.start_of(day + 1)).value};
}

/// Appends at most `limit` rows; the number of the columns is the order of the statement.
std::size_t read_rows(Connection& connection, IdRange range, std::size_t limit, ClickRows& into) {
  Query query(connection, sql::blocks::list_rows);
  query.set(":from", range.from).set(":to", range.to).set(":limit", row_limit(limit));
  std::size_t count = 0;
  for (; query.next(); ++count) {
    Row row(query);
    for (auto& column : into.columns) column.push_back(row.integer());
  }
  return count;
}

/// Gives `use` the rows of a range piece by piece, each of a snapshot of its own, so that the log
/// can be cut meanwhile.
template <class Use>
void each_rows(const Database& database, IdRange range, Use use) {
  while (true) {
    const ClickRows rows = database.read([&](Connection& connection) {
      ClickRows piece;
      read_rows(connection, range, kReadAtOnce, piece);
      return piece;
    });
    if (rows.size() == 0) return;
    use(rows);
    range.from = rows.of(ClickColumn::Id).back() + 1;
  }
}

DayCountRows list_day_counts(Connection& connection, rollup::DayNumber day) {
  Query query(connection, sql::blocks::list_day_counts);
  query.set(":day", std::int64_t{day});
  return read_all(query, [day](Row& row) {
    rollup::ClickDayKey key{.day = day,
                            .article = row.id<ArticleId>(),
                            .link = row.id<LinkId>(),
                            .verdict = row.number<Verdict>()};
    return std::pair(key, row.integer());
  });
}

/// What the rows of a day count to.
void add_counts(rollup::ClickDayDeltas& counts, rollup::DayNumber day, const ClickRows& rows) {
  for (std::size_t n = 0; n < rows.size(); ++n)
    ++counts[{.day = day,
              .article = {rows.of(ClickColumn::Article)[n]},
              .link = {rows.of(ClickColumn::Link)[n]},
              .verdict = static_cast<Verdict>(rows.of(ClickColumn::Verdict)[n])}];
}

/// A reader of an article on the day.
using Visit = std::pair<std::int64_t, std::int64_t>;  // article, visitor

void add_visits(std::vector<Visit>& visits, const std::vector<std::int64_t>& articles,
                const std::vector<std::int64_t>& visitors,
                const std::vector<std::int64_t>& verdicts) {
  for (std::size_t n = 0; n < articles.size(); ++n)
    if (verdicts[n] == static_cast<std::int64_t>(Verdict::Human) && visitors[n] != 0)
      visits.emplace_back(articles[n], visitors[n]);
}

struct Visitors {
  std::map<ArticleId, std::int64_t> by_article;
  std::int64_t all = 0;
};

Visitors count_visitors(std::vector<Visit> visits) {
  std::ranges::sort(visits);
  const auto [end, last] = std::ranges::unique(visits);
  visits.erase(end, last);
  Visitors visitors;
  std::vector<std::int64_t> everyone;
  everyone.reserve(visits.size());
  for (const auto& [article, visitor] : visits) {
    ++visitors.by_article[{article}];
    everyone.push_back(visitor);
  }
  std::ranges::sort(everyone);
  visitors.all = std::ranges::unique(everyone).begin() - everyone.begin();
  return visitors;
}

void drop_block(Writer& writer, std::int64_t block) {
  Query(writer.connection, sql::blocks::delete_block_columns).set(":block", block).run();
  Query(writer.connection, sql::blocks::delete_block).set(":id", block).run();
}

/// A block for nobody to read yet; how many bytes its columns have.
std::int64_t stage_block(Writer& writer, rollup::DayNumber day, const ClickRows& rows) {
  Query(writer.connection, sql::blocks::insert_block)
      .set(":day", std::int64_t{day})
      .set(":first_click", rows.of(ClickColumn::Id).front())
      .set(":last_click", rows.of(ClickColumn::Id).back())
      .set(":clicks", static_cast<std::int64_t>(rows.size()))
      .run();
  const std::int64_t block = writer.connection.database().getLastInsertRowid();
  const auto packed = rollup::pack_clicks(rows, static_cast<std::uint64_t>(block));
  if (rollup::unpack_clicks(packed, static_cast<std::uint64_t>(block)) != rows)
    throw std::logic_error("a block of clicks does not read back as it was");
  Query insert(writer.connection, sql::blocks::insert_column);
  std::int64_t bytes = 0;
  for (std::size_t n = 0; n < packed.size(); ++n) {
    const auto place =
        rollup::place_of(static_cast<std::uint64_t>(block), static_cast<ClickColumn>(n));
    insert.set(":id", static_cast<std::int64_t>(place)).set_bytes(":data", packed[n]).run();
    bytes += static_cast<std::int64_t>(packed[n].size());
  }
  return bytes;
}

IdRange find_removal(Connection& connection) {
  Query query(connection, sql::blocks::find_removal);
  query.next();
  Row row(query);
  const std::int64_t from = row.integer();
  return {from, row.integer()};
}

void set_removal(Connection& connection, IdRange range) {
  Query(connection, sql::blocks::set_removal).set(":from", range.from).set(":to", range.to).run();
}

/// Deletes some of the rows that wait to go; false when none are left.
bool remove_some(Connection& connection) {
  const IdRange range = find_removal(connection);
  if (range.from >= range.to) return false;
  Query query(connection, sql::blocks::find_slice_end);
  query.set(":from", range.from).set(":to", range.to).set(":count", kDeleteAtOnce);
  const std::int64_t end = query.next() ? Row(query).integer() : range.to;
  Query(connection, sql::blocks::delete_rows).set(":from", range.from).set(":to", end).run();
  set_removal(connection, end < range.to ? IdRange{end, range.to} : IdRange{});
  return true;
}

}  // namespace

void reopen_day(Writer& writer, rollup::DayNumber day) {
  if (writer.watched_day == day) writer.watched_day.reset();
  Query(writer.connection, sql::blocks::delete_closed_day).set(":day", std::int64_t{day}).run();
}

void finish_removal(Connection& connection) {
  while (remove_some(connection)) {
  }
}

std::vector<rollup::DayNumber> SiteStore::list_open_days(rollup::DayNumber before) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::blocks::list_open_days);
    query.set(":before", std::int64_t{before});
    return read_all(query, [](Row& row) { return static_cast<rollup::DayNumber>(row.integer()); });
  });
}

std::vector<store::DayRows> SiteStore::list_row_days(rollup::DayNumber before) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::blocks::list_row_days);
    query.set(":before", std::int64_t{before});
    return read_all(query, [](Row& row) {
      return store::DayRows{.day = static_cast<rollup::DayNumber>(row.integer()),
                            .clicks = row.integer()};
    });
  });
}

bool SiteStore::close_day(rollup::DayNumber day, const rollup::SiteZone& zone) {
  throw_when_stopped();
  database_.write([day](Writer& writer) { writer.watched_day = day; });
  std::vector<Visit> visits;
  const DayCountRows counts = database_.read([&](Connection& connection) {
    for (const BlockHead& block : list_blocks(connection, day, day)) {
      BlockColumns columns(connection, block);
      add_visits(visits, columns.of(ClickColumn::Article), columns.of(ClickColumn::Visitor),
                 columns.of(ClickColumn::Verdict));
    }
    return list_day_counts(connection, day);
  });
  each_rows(database_, ids_of(day, zone), [&](const ClickRows& rows) {
    throw_when_stopped();
    add_visits(visits, rows.of(ClickColumn::Article), rows.of(ClickColumn::Visitor),
               rows.of(ClickColumn::Verdict));
  });
  const Visitors visitors = count_visitors(std::move(visits));
  const auto packed = rollup::pack_day_counts(day, counts, visitors.by_article);
  return database_.write([&](Writer& writer) {
    if (writer.watched_day != day) return false;
    writer.watched_day.reset();
    Query insert(writer.connection, sql::blocks::insert_day_column);
    for (std::size_t n = 0; n < packed.size(); ++n) {
      const auto place = rollup::place_of(day, static_cast<rollup::DayColumn>(n));
      insert.set(":id", static_cast<std::int64_t>(place)).set_bytes(":data", packed[n]).run();
    }
    Query(writer.connection, sql::blocks::insert_closed_day)
        .set(":day", std::int64_t{day})
        .set(":visitors", visitors.all)
        .run();
    return true;
  });
}

void SiteStore::clean_up(const std::function<void()>& between) {
  while (database_.write([](Writer& writer) { return remove_some(writer.connection); })) between();
  const auto staged = database_.read([](Connection& connection) {
    Query query(connection, sql::blocks::list_staged);
    return read_all(query, [](Row& row) { return row.integer(); });
  });
  for (const std::int64_t block : staged) {
    database_.write([block](Writer& writer) { drop_block(writer, block); });
    between();
  }
}

SiteStore::DayScan SiteStore::scan_day(rollup::DayNumber day, const rollup::SiteZone& zone) const {
  const IdRange range = ids_of(day, zone);
  DayScan scan{.day = day, .from = range.from, .to = range.to};
  rollup::ClickDayDeltas counts;
  each_rows(database_, {scan.from, scan.to}, [&](const ClickRows& rows) {
    const auto& visitors = rows.of(ClickColumn::Visitor);
    scan.visitors.insert(scan.visitors.end(), visitors.begin(), visitors.end());
    add_counts(counts, day, rows);
    scan.clicks += static_cast<std::int64_t>(rows.size());
  });
  scan.counts = rollup::in_order(counts);
  return scan;
}

bool SiteStore::stage_day(const DayScan& scan, const rollup::VisitorOrdinals& ordinals,
                          store::PackedDay& packed, const std::function<void()>& between) {
  const auto most = static_cast<std::int64_t>(rollup::kMostBlockClicks);
  const std::int64_t blocks = (scan.clicks + most - 1) / most;
  rollup::ClickDayDeltas stored;
  IdRange left{scan.from, scan.to};
  for (; packed.blocks < blocks; ++packed.blocks) {
    // Blocks of one size, rather than a small last one.
    const std::int64_t share =
        scan.clicks * (packed.blocks + 1) / blocks - scan.clicks * packed.blocks / blocks;
    ClickRows rows;
    database_.read([&](Connection& connection) {
      return read_rows(connection, left, static_cast<std::size_t>(share), rows);
    });
    if (rows.size() == 0) return false;
    for (std::int64_t& visitor : rows.of(ClickColumn::Visitor)) {
      const auto ordinal = ordinals.find(visitor);
      if (!ordinal) return false;  // it came since the scan
      visitor = *ordinal;
    }
    left.from = rows.of(ClickColumn::Id).back() + 1;
    add_counts(stored, scan.day, rows);
    packed.bytes +=
        database_.write([&](Writer& writer) { return stage_block(writer, scan.day, rows); });
    between();
  }
  return rollup::in_order(stored) == scan.counts;
}

bool SiteStore::publish_day(const DayScan& scan) {
  return database_.write([&](Writer& writer) {
    if (writer.watched_day != scan.day) return false;
    writer.watched_day.reset();
    Query count(writer.connection, sql::blocks::count_rows);
    count.set(":from", scan.from).set(":to", scan.to);
    count.next();
    if (Row(count).integer() != scan.clicks) return false;
    Query(writer.connection, sql::blocks::publish_day).set(":day", std::int64_t{scan.day}).run();
    // Up to the last click that is in a block: one that comes later in the day stays a row.
    std::int64_t last = 0;
    for (const BlockHead& block : list_blocks(writer.connection, scan.day, scan.day))
      last = std::max(last, block.last_click);
    set_removal(writer.connection, {scan.from, last + 1});
    return true;
  });
}

store::PackedDay SiteStore::pack_day(rollup::DayNumber day, const rollup::SiteZone& zone,
                                     Random& random, const std::function<void()>& between) {
  const auto pause = [&] {
    throw_when_stopped();
    between();
  };
  throw_when_stopped();
  clean_up(pause);
  database_.write([day](Writer& writer) { writer.watched_day = day; });
  const DayScan scan = scan_day(day, zone);
  store::PackedDay packed{.clicks = scan.clicks};
  const auto expected =
      database_.read([day](Connection& connection) { return list_day_counts(connection, day); });
  if (scan.counts != expected) {
    packed.refused = "its clicks and its counts differ, so its rows stay";
    return packed;
  }
  const rollup::VisitorOrdinals ordinals(scan.visitors, random);
  if (!stage_day(scan, ordinals, packed, pause) || !publish_day(scan)) {
    packed.refused = "a click or verdict came meanwhile, so its rows stay until the next run";
    clean_up(pause);
    return packed;
  }
  pause();
  clean_up(pause);
  return packed;
}

}  // namespace candor::sqlite
