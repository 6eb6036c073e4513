#include "sqlite/click_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "sql/sqlite_statements.h"
#include "sqlite/rows.h"
#include "store/errors.h"

namespace candor::sqlite {
namespace {

using rollup::ClickColumn;

BlockHead read_head(Row& row) {
  return {.id = row.integer(),
          .day = static_cast<rollup::DayNumber>(row.integer()),
          .first_click = row.integer(),
          .last_click = row.integer(),
          .clicks = row.integer()};
}

/// A number that only a damaged file can hold must not run past a table of names.
template <class Enum>
Enum known_or_zero(std::int64_t value, int count) {
  return static_cast<Enum>(value >= 0 && value < count ? value : 0);
}

/// Where in a block the clicks stand that fit, ascending.
std::vector<std::size_t> find_matches(BlockColumns& columns, const BlockFilter& filter) {
  const auto& ids = columns.of(ClickColumn::Id);
  const auto first = std::ranges::upper_bound(ids, filter.after) - ids.begin();
  const auto last = std::ranges::lower_bound(ids, filter.before) - ids.begin();
  std::vector<std::size_t> matches;
  for (auto n = first; n < last; ++n) matches.push_back(static_cast<std::size_t>(n));
  for (const auto& [column, wanted] : filter.equal) {
    const auto& values = columns.of(column);
    std::erase_if(matches, [&](std::size_t n) { return values[n] != wanted; });
  }
  return matches;
}

}  // namespace

void throw_damaged(const BlockHead& block, std::string_view reason) {
  throw store::Broken(fmt::format("the clicks of {} are damaged (block {}): {}; restore a backup",
                                  rollup::format_day(block.day), block.id, reason));
}

std::vector<BlockHead> list_blocks(Connection& connection, ClickId after, ClickId before) {
  Query query(connection, sql::blocks::list_blocks);
  query.set(":after", after).set(":before", before);
  return read_all(query, read_head);
}

std::vector<BlockHead> list_blocks(Connection& connection, rollup::DayNumber from,
                                   rollup::DayNumber to) {
  Query query(connection, sql::blocks::list_blocks_of_days);
  query.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
  return read_all(query, read_head);
}

std::optional<BlockHead> find_block(Connection& connection, ClickId click) {
  Query query(connection, sql::blocks::find_block_of_click);
  query.set(":click", click);
  const auto block = read_first(query, read_head);
  if (!block || block->first_click > click.value) return std::nullopt;
  return block;
}

std::int64_t find_last_block_click(Connection& connection) {
  Query query(connection, sql::blocks::find_last_block_click);
  query.next();
  return Row(query).optional_integer().value_or(0);
}

void with_column(Connection& connection, const BlockHead& block, ClickColumn column,
                 const std::function<void(const rollup::PackedColumn&)>& use) {
  const std::uint64_t place = rollup::place_of(static_cast<std::uint64_t>(block.id), column);
  Query query(connection, sql::blocks::find_column);
  query.set(":id", static_cast<std::int64_t>(place));
  if (!query.next())
    throw_damaged(block, fmt::format("its column {} is missing", rollup::name_of(column)));
  const auto packed = rollup::PackedColumn::open(Row(query).bytes(), place);
  if (!packed)
    throw_damaged(block, fmt::format("its column {} is damaged: {}", rollup::name_of(column),
                                     packed.error()));
  if (packed->size() != static_cast<std::size_t>(block.clicks))
    throw_damaged(block, fmt::format("its column {} has {} of {} clicks", rollup::name_of(column),
                                     packed->size(), block.clicks));
  use(*packed);
}

const std::vector<std::int64_t>& BlockColumns::of(ClickColumn column) {
  auto& values = columns_[static_cast<std::size_t>(column)];
  if (values) return *values;
  with_column(connection_, block_, column, [&](const rollup::PackedColumn& packed) {
    auto read = packed.read();
    if (!read)
      throw_damaged(block_, fmt::format("its column {} is damaged: {}", rollup::name_of(column),
                                        read.error()));
    values = std::move(*read);
  });
  return *values;
}

std::optional<std::size_t> BlockColumns::find(ClickId click) {
  const auto& ids = of(ClickColumn::Id);
  const auto at = std::ranges::lower_bound(ids, click.value);
  if (at == ids.end() || *at != click.value) return std::nullopt;
  return static_cast<std::size_t>(at - ids.begin());
}

const std::string& ClickMaker::text(std::string_view find,
                                    std::unordered_map<std::int64_t, std::string>& known,
                                    std::int64_t id) {
  const auto [at, fresh] = known.try_emplace(id);
  if (fresh && id != 0) {
    Query query(connection_, find);
    query.set(":id", id);
    if (query.next()) at->second = Row(query).text();
  }
  return at->second;
}

Click ClickMaker::make(BlockColumns& columns, std::size_t at) {
  const auto value = [&](ClickColumn column) { return columns.of(column)[at]; };
  return {
      .id = {value(ClickColumn::Id)},
      .link = {value(ClickColumn::Link)},
      .article = {value(ClickColumn::Article)},
      .placement = static_cast<std::uint16_t>(value(ClickColumn::Placement)),
      .visitor = std::bit_cast<std::uint64_t>(value(ClickColumn::Visitor)),
      .verdict = static_cast<Verdict>(value(ClickColumn::Verdict)),
      .reason = text(sql::blocks::find_reason_text, reasons_, value(ClickColumn::Reason)),
      .referrer = text(sql::blocks::find_referrer_text, referrers_, value(ClickColumn::Referrer)),
      .user_agent =
          text(sql::blocks::find_user_agent_text, user_agents_, value(ClickColumn::UserAgent)),
      .country = Country::from_code(static_cast<std::uint16_t>(value(ClickColumn::Country))),
      .device = known_or_zero<Device>(value(ClickColumn::Device), kDeviceCount),
      .os = known_or_zero<Os>(value(ClickColumn::Os), kOsCount),
      .asn_class = known_or_zero<AsnClass>(value(ClickColumn::AsnClass), kAsnClassCount),
      .language = text(sql::blocks::find_language_text, languages_, value(ClickColumn::Language)),
      .variant = static_cast<std::uint8_t>(value(ClickColumn::Variant)),
      .kind = known_or_zero<ClickKind>(value(ClickColumn::Kind), kClickKindCount),
      .skew_ms = static_cast<std::int32_t>(value(ClickColumn::SkewMs))};
}

std::vector<Click> list_block_clicks(Connection& connection, const BlockFilter& filter,
                                     BlockOrder order) {
  std::vector<BlockHead> blocks =
      list_blocks(connection, ClickId{filter.after}, ClickId{filter.before});
  if (order == BlockOrder::NewestFirst) std::ranges::reverse(blocks);
  ClickMaker maker(connection);
  std::vector<Click> clicks;
  for (const BlockHead& block : blocks) {
    if (clicks.size() >= filter.limit) break;
    BlockColumns columns(connection, block);
    std::vector<std::size_t> matches = find_matches(columns, filter);
    if (order == BlockOrder::NewestFirst) std::ranges::reverse(matches);
    matches.resize(std::min(matches.size(), filter.limit - clicks.size()));
    for (const std::size_t at : matches) clicks.push_back(maker.make(columns, at));
  }
  return clicks;
}

}  // namespace candor::sqlite
