// What reports by any dimension ask of the store.
#include <algorithm>

#include "sql/sqlite_statements.h"
#include "sqlite/money_days.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

constexpr std::size_t kDaysAtOnce = 16;

}  // namespace

std::vector<report::ImportedLine> SiteStore::each_money_part(
    rollup::DayNumber from, rollup::DayNumber to, const rollup::SiteZone& zone,
    const std::function<void(const report::MoneyPart&)>& use,
    std::optional<std::int64_t> as_of_ms) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    if (as_of_ms) {
      const MoneyDay money =
          load_money(connection, {.from_ms = zone.start_of(from), .to_ms = zone.start_of(to + 1)},
                     zone, as_of_ms);
      for (const report::MoneyPart& part : money.parts) use(part);
      return money.imported;
    }
    return walk_money(connection, from, to, zone, [&](const report::MoneyPart& part) {
      throw_when_stopped();
      use(part);
    });
  });
}

std::size_t SiteStore::pack_money(const rollup::SiteZone& zone) {
  std::size_t packed = 0;
  for (std::vector<rollup::DayNumber> days = database_.read(
           [&](Connection& connection) { return list_unpacked_days(connection, zone); });
       !days.empty();) {
    throw_when_stopped();
    const std::size_t some = std::min(days.size(), kDaysAtOnce);
    const auto ready = database_.read([&](Connection& connection) {
      return pack_days(connection, std::span(days).first(some), zone);
    });
    // Money that changed meanwhile is left for the next time.
    if (!database_.write([&](Writer& writer) { return keep_days(writer.connection, ready); }))
      break;
    packed += some;
    days.erase(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(some));
  }
  return packed;
}

std::vector<store::NetworkData> SiteStore::list_network_data(
    std::optional<std::int64_t> as_of_ms) const {
  return database_.read([&](Connection& connection) {
    Query query(connection,
                as_of_ms ? sql::reports::list_network_data_as_of : sql::reports::list_network_data);
    if (as_of_ms) query.set(":as_of_ms", *as_of_ms);
    return read_all(query, [](Row& row) {
      store::NetworkData data;
      data.network = row.text();
      data.imported_at_ms = row.integer();
      data.event_at_ms = row.optional_integer();
      return data;
    });
  });
}

std::optional<rollup::DayNumber> SiteStore::first_view_day() const {
  return database_.read([](Connection& connection) -> std::optional<rollup::DayNumber> {
    Query query(connection, sql::views::find_first_day);
    if (!query.next()) return std::nullopt;
    const auto day = Row(query).optional_integer();
    if (!day) return std::nullopt;
    return static_cast<rollup::DayNumber>(*day);
  });
}

std::vector<store::DayViews> SiteStore::views_by_day(rollup::DayNumber from,
                                                     rollup::DayNumber to) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::views::sum_by_day);
    query.set(":from", std::int64_t{from}).set(":to", std::int64_t{to});
    return read_all(query, [](Row& row) {
      return store::DayViews{.day = static_cast<rollup::DayNumber>(row.integer()),
                             .views = row.integer()};
    });
  });
}

}  // namespace candor::sqlite
