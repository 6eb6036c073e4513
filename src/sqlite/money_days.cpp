#include "sqlite/money_days.h"

#include <algorithm>
#include <map>

#include "sql/sqlite_statements.h"
#include "sqlite/rows.h"

namespace candor::sqlite {
namespace {

constexpr std::int64_t kUtcDayMs = 86'400'000;
constexpr rollup::DayNumber kMostDays = 3'653;

TimeRange range_of(rollup::DayNumber day, const rollup::SiteZone& zone) {
  return {.from_ms = zone.start_of(day), .to_ms = zone.start_of(day + 1)};
}

/// Sums lines of the same currency.
class ImportedSum {
 public:
  void add(const std::vector<report::ImportedLine>& lines) {
    for (const report::ImportedLine& line : lines) {
      report::ImportedLine& sum = lines_[line.currency];
      sum.currency = line.currency;
      for (std::size_t status = 0; status < line.micro_by_status.size(); ++status)
        sum.micro_by_status[status] += line.micro_by_status[status];
      sum.orders += line.orders;
    }
  }
  std::vector<report::ImportedLine> lines() const {
    std::vector<report::ImportedLine> all;
    for (const auto& [currency, line] : lines_) all.push_back(line);
    return all;
  }

 private:
  std::map<Currency, report::ImportedLine> lines_;
};

std::int64_t read_changes(Connection& connection) {
  Query query(connection, sql::money_days::find_changes);
  query.next();
  return Row(query).integer();
}

}  // namespace

std::vector<report::ImportedLine> walk_money(
    Connection& connection, rollup::DayNumber from, rollup::DayNumber to,
    const rollup::SiteZone& zone, const std::function<void(const report::MoneyPart&)>& use) {
  ImportedSum imported;
  const auto use_all = [&](const MoneyDay& money) {
    for (const report::MoneyPart& part : money.parts) use(part);
    imported.add(money.imported);
  };
  rollup::DayNumber next = from;  // the first day that is not walked yet
  const auto walk_rows_up_to = [&](rollup::DayNumber day) {
    if (next < day)
      use_all(load_money(connection, {.from_ms = zone.start_of(next), .to_ms = zone.start_of(day)},
                         zone));
    next = day;
  };
  Query packed(connection, sql::money_days::list_days);
  packed.set(":from_ms", zone.start_of(from)).set(":to_ms", zone.start_of(to + 1));
  MoneyDay money;
  while (packed.next()) {
    Row row(packed);
    const std::int64_t from_ms = row.integer();
    const std::int64_t to_ms = row.integer();
    const rollup::DayNumber day = zone.day_of(from_ms);
    if (range_of(day, zone) != TimeRange{from_ms, to_ms}) continue;  // of another zone
    if (!unpack_money_day(row.bytes(), from_ms, day, money)) continue;
    walk_rows_up_to(day);
    use_all(money);
    next = day + 1;
  }
  walk_rows_up_to(to + 1);
  return imported.lines();
}

std::vector<rollup::DayNumber> list_unpacked_days(Connection& connection,
                                                  const rollup::SiteZone& zone) {
  Query span(connection, sql::money_days::find_event_span);
  span.next();
  Row ends(span);
  const auto first_ms = ends.optional_integer();
  const auto last_ms = ends.optional_integer();
  if (!first_ms || !last_ms) return {};
  const rollup::DayNumber last = zone.day_of(*last_ms);
  const rollup::DayNumber first = std::max(zone.day_of(*first_ms), last - kMostDays);
  Query query(connection, sql::money_days::list_spans);
  query.set(":from_ms", zone.start_of(first));
  const auto packed = read_all(query, [](Row& row) {
    const std::int64_t from_ms = row.integer();
    return TimeRange{.from_ms = from_ms, .to_ms = row.integer()};
  });
  std::vector<rollup::DayNumber> days;
  auto at = packed.begin();
  for (rollup::DayNumber day = first; day <= last; ++day) {
    const TimeRange range = range_of(day, zone);
    while (at != packed.end() && at->from_ms < range.from_ms) ++at;
    if (at == packed.end() || *at != range) days.push_back(day);
  }
  return days;
}

PackedMoney pack_days(Connection& connection, std::span<const rollup::DayNumber> days,
                      const rollup::SiteZone& zone) {
  PackedMoney packed{.changes = read_changes(connection), .days = {}};
  for (const rollup::DayNumber day : days) {
    const TimeRange range = range_of(day, zone);
    packed.days.emplace_back(range,
                             pack_money_day(load_money(connection, range, zone), range.from_ms));
  }
  return packed;
}

bool keep_days(Connection& connection, const PackedMoney& packed) {
  if (read_changes(connection) != packed.changes) return false;
  for (const auto& [range, data] : packed.days) {
    Query(connection, sql::money_days::delete_days)
        .set(":from_ms", range.from_ms)
        .set(":to_ms", range.to_ms)
        .run();
    Query(connection, sql::money_days::insert_day)
        .set(":from_ms", range.from_ms)
        .set(":to_ms", range.to_ms)
        .set_bytes(":data", data)
        .run();
  }
  return true;
}

void ChangedMoney::add(std::int64_t at_ms) {
  utc_days_.insert(at_ms >= 0 ? at_ms / kUtcDayMs : (at_ms + 1) / kUtcDayMs - 1);
}

void ChangedMoney::take_days(Connection& connection) const {
  if (utc_days_.empty()) return;
  Query(connection, sql::money_days::raise_changes).run();
  for (const std::int64_t day : utc_days_)
    Query(connection, sql::money_days::delete_days)
        .set(":from_ms", day * kUtcDayMs)
        .set(":to_ms", (day + 1) * kUtcDayMs)
        .run();
}

}  // namespace candor::sqlite
