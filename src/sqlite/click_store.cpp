#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <set>

#include "sqlite/click_blocks.h"
#include "sqlite/closed_days.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

// Fewer rows than this are sooner written one by one.
constexpr std::size_t kLeastAtOnce = 16;

/// A number that only a damaged file can hold must not run past a table of names.
template <class Enum>
Enum known_or_zero(std::int64_t value, int count) {
  return static_cast<Enum>(value >= 0 && value < count ? value : 0);
}

Click read_click(Row& row) {
  return {.id = row.id<ClickId>(),
          .link = row.id<LinkId>(),
          .article = row.id<ArticleId>(),
          .placement = static_cast<std::uint16_t>(row.integer()),
          .visitor = std::bit_cast<std::uint64_t>(row.integer()),
          .verdict = row.number<Verdict>(),
          .reason = row.text(),
          .referrer = row.text(),
          .user_agent = row.text(),
          .country = Country::from_code(static_cast<std::uint16_t>(row.integer())),
          .device = known_or_zero<Device>(row.integer(), kDeviceCount),
          .os = known_or_zero<Os>(row.integer(), kOsCount),
          .asn_class = known_or_zero<AsnClass>(row.integer(), kAsnClassCount),
          .language = row.text(),
          .variant = static_cast<std::uint8_t>(row.integer()),
          .kind = known_or_zero<ClickKind>(row.integer(), kClickKindCount),
          .skew_ms = static_cast<std::int32_t>(row.integer())};
}

/// In the order of the table, and of the statement that inserts one.
ClickColumns columns_of(Writer& writer, const journal::Records& records,
                        const journal::ClickRecord& record) {
  Connection& connection = writer.connection;
  const ClickFacts& click = record.click;
  return {click.link.value,
          click.article.value,
          click.placement,
          std::bit_cast<std::int64_t>(click.visitor),
          static_cast<std::int64_t>(click.verdict),
          writer.reasons.id_of(connection, records.texts, record.reason),
          writer.referrers.id_of(connection, records.texts, record.referrer),
          writer.user_agents.id_of(connection, records.texts, record.user_agent),
          click.country.code(),
          static_cast<std::int64_t>(click.device),
          static_cast<std::int64_t>(click.os),
          static_cast<std::int64_t>(click.asn_class),
          writer.languages.id_of(connection, records.texts, record.language),
          click.variant,
          static_cast<std::int64_t>(click.kind),
          click.skew_ms};
}

/// False, and nothing is stored, when one of the clicks is already.
bool insert_at_once(Writer& writer, const journal::Records& records) {
  for (const journal::ClickRecord& record : records.clicks)
    if (!writer.batch.add(record.click.id.value, columns_of(writer, records, record))) return false;
  return writer.batch.store(writer.connection);
}

/// Whether one of the clicks may be in a block of a closed day already.
bool may_be_closed(Writer& writer, const journal::Records& records) {
  const std::int64_t last = find_last_block_click(writer.connection);
  return std::ranges::any_of(records.clicks, [last](const journal::ClickRecord& record) {
    return record.click.id.value <= last;
  });
}

bool is_in_block(Connection& connection, ClickId click) {
  const auto block = find_block(connection, click);
  return block && BlockColumns(connection, *block).find(click);
}

/// Inserts the clicks that are not stored yet, and counts those.
void insert_one_by_one(Writer& writer, const journal::Records& records, rollup::DayFinder& days,
                       rollup::ClickDayDeltas& deltas) {
  const bool look_in_blocks = may_be_closed(writer, records);
  // A late click between rows that wait to go must not go with them.
  if (look_in_blocks) finish_removal(writer.connection);
  Query insert(writer.connection, sql::clicks::insert_click);
  for (const journal::ClickRecord& record : records.clicks) {
    if (look_in_blocks && is_in_block(writer.connection, record.click.id)) continue;
    insert.set_from(1, std::array{record.click.id.value});
    const int inserted = insert.set_from(2, columns_of(writer, records, record)).run();
    if (inserted == 1) rollup::add(deltas, record.click, days);
  }
}

rollup::ClickDayDeltas insert_clicks(Writer& writer, const journal::Records& records,
                                     const rollup::SiteZone& zone) {
  rollup::ClickDayDeltas deltas;
  rollup::DayFinder days(zone);
  if (records.clicks.size() < kLeastAtOnce || may_be_closed(writer, records) ||
      !insert_at_once(writer, records)) {
    insert_one_by_one(writer, records, days, deltas);
    return deltas;
  }
  for (const journal::ClickRecord& record : records.clicks) rollup::add(deltas, record.click, days);
  return deltas;
}

void add_click_days(Writer& writer, const rollup::ClickDayDeltas& deltas) {
  const auto counts = rollup::in_order(deltas);
  std::set<rollup::DayNumber> days;
  for (const auto& [key, clicks] : counts) days.insert(key.day);
  for (const rollup::DayNumber day : days) reopen_day(writer, day);
  if (counts.size() >= kLeastAtOnce && writer.batch.count(writer.connection, counts)) return;
  Query add(writer.connection, sql::clicks::add_click_day);
  for (const auto& [key, clicks] : counts)
    add.set(":day", std::int64_t{key.day})
        .set(":article", key.article)
        .set(":link", key.link)
        .set(":verdict", static_cast<std::int64_t>(key.verdict))
        .set(":clicks", clicks)
        .run();
}

constexpr std::int64_t kAny = -1;

std::int64_t wanted_verdict(const store::ClickFilter& filter) {
  if (filter.verdict) return static_cast<std::int64_t>(*filter.verdict);
  return filter.net_only ? static_cast<std::int64_t>(Verdict::Human) : kAny;
}

/// The filter as blocks are asked, for clicks that may come before the last of those found.
BlockFilter block_filter(const store::ClickFilter& filter, const std::vector<Click>& found) {
  BlockFilter wanted{.limit = filter.limit};
  if (filter.after) wanted.after = filter.after->value;
  if (filter.before) wanted.before = filter.before->value;
  if (found.size() >= filter.limit && !found.empty()) {
    if (filter.after)
      wanted.before = std::min(wanted.before, found.back().id.value);
    else
      wanted.after = std::max(wanted.after, found.back().id.value);
  }
  using enum rollup::ClickColumn;
  if (const std::int64_t verdict = wanted_verdict(filter); verdict != kAny)
    wanted.equal.emplace_back(rollup::ClickColumn::Verdict, verdict);
  if (filter.link && *filter.link) wanted.equal.emplace_back(Link, filter.link->value);
  if (filter.article && *filter.article) wanted.equal.emplace_back(Article, filter.article->value);
  if (filter.country && *filter.country)
    wanted.equal.emplace_back(rollup::ClickColumn::Country, filter.country->code());
  if (filter.device)
    wanted.equal.emplace_back(rollup::ClickColumn::Device,
                              static_cast<std::int64_t>(*filter.device));
  return wanted;
}

/// Two lists in one order as one, at most `limit` of it.
std::vector<Click> merge(std::vector<Click> rows, std::vector<Click> closed, BlockOrder order,
                         std::size_t limit) {
  if (closed.empty()) return rows;
  std::vector<Click> all;
  all.reserve(rows.size() + closed.size());
  std::ranges::merge(std::move_iterator(rows.begin()), std::move_iterator(rows.end()),
                     std::move_iterator(closed.begin()), std::move_iterator(closed.end()),
                     std::back_inserter(all), [order](const Click& a, const Click& b) {
                       return order == BlockOrder::OldestFirst ? a.id < b.id : b.id < a.id;
                     });
  all.resize(std::min(all.size(), limit));
  return all;
}

std::size_t index_of(Verdict verdict) {
  // A verdict that only a damaged file can hold is counted with the bots: gross, never net.
  return static_cast<int>(verdict) < kVerdictCount ? static_cast<std::size_t>(verdict)
                                                   : static_cast<std::size_t>(Verdict::Bot);
}

}  // namespace

journal::Position SiteStore::absorbed() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::clicks::find_position);
    const auto position = read_first(query, [](Row& row) {
      return journal::Position{.segment = static_cast<std::uint64_t>(row.integer()),
                               .offset = static_cast<std::uint64_t>(row.integer())};
    });
    return position.value_or(journal::Position{});
  });
}

void SiteStore::absorb_records(const journal::Records& records, const rollup::SiteZone& zone,
                               journal::Position next) {
  database_.write([&](Writer& writer) {
    writer.batch.restart();
    add_click_days(writer, insert_clicks(writer, records, zone));
    Query(writer.connection, sql::clicks::set_position)
        .set(":segment", static_cast<std::int64_t>(next.segment))
        .set(":byte_offset", static_cast<std::int64_t>(next.offset))
        .run();
  });
}

bool SiteStore::checkpoint() { return database_.checkpoint(); }

std::vector<Click> SiteStore::list_clicks(const store::ClickFilter& filter) const {
  const ClickId last{std::numeric_limits<std::int64_t>::max()};
  return database_.read([&](Connection& connection) {
    Query query(connection, filter.after ? sql::clicks::list_clicks_ascending
                                         : sql::clicks::list_clicks_descending);
    query.set(":after", filter.after.value_or(ClickId{-1}))
        .set(":before", filter.before.value_or(last))
        .set(":verdict", wanted_verdict(filter))
        .set(":link", filter.link.value_or(LinkId{}))
        .set(":article", filter.article.value_or(ArticleId{}))
        .set(":country", std::int64_t{filter.country.value_or(Country{}).code()})
        .set(":device", filter.device ? static_cast<std::int64_t>(*filter.device) : kAny)
        .set(":limit", row_limit(filter.limit));
    std::vector<Click> rows = read_all(query, read_click);
    const BlockOrder order = filter.after ? BlockOrder::OldestFirst : BlockOrder::NewestFirst;
    auto closed = list_block_clicks(connection, block_filter(filter, rows), order);
    return merge(std::move(rows), std::move(closed), order, filter.limit);
  });
}

std::optional<Click> SiteStore::find_click(ClickId id) const {
  return database_.read([&](Connection& connection) -> std::optional<Click> {
    Query query(connection, sql::clicks::find_click);
    query.set(":id", id);
    if (auto row = read_first(query, read_click)) return row;
    const auto block = find_block(connection, id);
    if (!block) return std::nullopt;
    BlockColumns columns(connection, *block);
    const auto at = columns.find(id);
    if (!at) return std::nullopt;
    return ClickMaker(connection).make(columns, *at);
  });
}

ClickId SiteStore::last_click() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::clicks::find_last_click);
    query.next();
    return ClickId{
        std::max(Row(query).optional_integer().value_or(0), find_last_block_click(connection))};
  });
}

std::vector<store::DayClicks> SiteStore::clicks_by_day(rollup::DayNumber from, rollup::DayNumber to,
                                                       std::optional<ArticleId> article) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, article ? sql::clicks::sum_by_day_of_article : sql::clicks::sum_by_day);
    query.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
    if (article) query.set(":article", *article);
    std::vector<store::DayClicks> days;
    while (query.next()) {
      Row row(query);
      const auto day = static_cast<rollup::DayNumber>(row.integer());
      const std::size_t verdict = index_of(row.number<Verdict>());
      if (days.empty() || days.back().day != day) days.push_back({.day = day});
      days.back().by_verdict[verdict] += row.integer();
    }
    return days;
  });
}

std::vector<store::ArticleClicks> SiteStore::clicks_by_article(rollup::DayNumber from,
                                                               rollup::DayNumber to) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::clicks::sum_by_article);
    query.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
    std::vector<store::ArticleClicks> articles;
    while (query.next()) {
      Row row(query);
      const auto article = row.id<ArticleId>();
      const std::size_t verdict = index_of(row.number<Verdict>());
      if (articles.empty() || articles.back().article != article)
        articles.push_back({.article = article});
      articles.back().by_verdict[verdict] += row.integer();
    }
    return articles;
  });
}

std::vector<store::LinkClicks> SiteStore::clicks_of_capped_links() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::clicks::sum_of_capped);
    return read_all(query, [](Row& row) {
      return store::LinkClicks{.link = row.id<LinkId>(), .clicks = row.integer()};
    });
  });
}

}  // namespace candor::sqlite
