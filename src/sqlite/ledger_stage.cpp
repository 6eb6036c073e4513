#include "sqlite/ledger_stage.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "sqlite/commission_rows.h"
#include "sqlite/rows.h"

namespace candor::sqlite {
namespace {

struct Marks {
  std::int64_t event = 0;
  std::int64_t commission = 0;
};

Marks read_marks(Connection& connection, std::string_view statement) {
  Query query(connection, statement);
  query.next();
  Row row(query);
  return {.event = row.integer(), .commission = row.integer()};
}

}  // namespace

Standing read_standing(Row& row) {
  Standing standing;
  standing.id = row.id<CommissionId>();
  standing.event = row.integer();
  standing.kind = row.number<store::EventKind>();
  standing.source = row.integer();
  standing.row = read_commission_row(row);
  return standing;
}

namespace {

/// Runs a statement on (from, to] in slices from the top, so that what is left is always what the
/// marks and the highest id say.
template <class Discard>
void discard_down(Database& database, std::int64_t top, std::int64_t mark, Discard discard) {
  constexpr auto kSlice = static_cast<std::int64_t>(kStagedSlice);
  while (top > mark) {
    const std::int64_t from = std::max(mark, top - kSlice);
    database.write([&](Writer& writer) { discard(writer.connection, from, top); });
    top = from;
  }
}

void run_between(Connection& connection, std::string_view statement, std::int64_t from,
                 std::int64_t to) {
  Query(connection, statement).set(":from", from).set(":to", to).run();
}

void discard_of_import(Database& database, std::string_view statement, ImportId import) {
  const auto discard = [&](Writer& writer) {
    return Query(writer.connection, statement)
        .set(":import", import)
        .set(":limit", row_limit(kStagedSlice))
        .run();
  };
  while (database.write(discard) > 0) {
  }
}

}  // namespace

void DayTruths::add(const DayTruth& truth, rollup::DayNumber from, rollup::DayNumber to) {
  for (rollup::DayNumber day = from; day <= to; ++day) {
    DayTruth& known = days_[day];
    known = std::max(known, truth);
  }
}

ImportId DayTruths::of(rollup::DayNumber day) const {
  const auto at = days_.find(day);
  return at == days_.end() ? ImportId{} : at->second.import;
}

DayTruths load_truths(Connection& connection, const store::Import& scope, ImportId but) {
  DayTruths truths;
  Query query(connection, sql::imports::list_truths);
  query.set_view(":network", scope.network)
      .set_view(":truth_of", scope.truth_of)
      .set_view(":account", scope.account)
      .set(":to_day", std::int64_t{scope.to_day})
      .set(":from_day", std::int64_t{scope.from_day})
      .set(":but", but);
  while (query.next()) {
    Row row(query);
    DayTruth truth;
    truth.import = row.id<ImportId>();
    const auto from = static_cast<rollup::DayNumber>(row.integer());
    truth.last = static_cast<rollup::DayNumber>(row.integer());
    truth.itself = row.integer() != 0;
    truths.add(truth, std::max(from, scope.from_day), std::min(truth.last, scope.to_day));
  }
  return truths;
}

void LedgerStage::discard(Database& database) {
  const auto [marks, highest, import] = database.read([](Connection& connection) {
    Query staged(connection, sql::imports::find_staged);
    const auto id = read_first(staged, [](Row& row) { return row.id<ImportId>(); });
    return std::tuple(read_marks(connection, sql::ledger::find_marks),
                      read_marks(connection, sql::ledger::find_highest), id.value_or(ImportId{}));
  });
  discard_down(database, highest.event, marks.event,
               [](Connection& connection, std::int64_t from, std::int64_t to) {
                 run_between(connection, sql::ledger::unstage_commissions, from, to);
                 run_between(connection, sql::ledger::discard_unbooked, from, to);
                 run_between(connection, sql::ledger::discard_events, from, to);
               });
  discard_down(database, highest.commission, marks.commission,
               [](Connection& connection, std::int64_t from, std::int64_t to) {
                 run_between(connection, sql::ledger::discard_commissions, from, to);
               });
  if (!import) return;
  discard_of_import(database, sql::ledger::discard_sightings, import);
  discard_of_import(database, sql::ledger::discard_errors, import);
  discard_of_import(database, sql::ledger::discard_totals, import);
}

LedgerStage::LedgerStage(Connection& connection, std::int64_t at_ms) : at_ms_(at_ms) {
  const Marks marks = read_marks(connection, sql::ledger::find_marks);
  published_event_ = last_event_ = marks.event;
  last_commission_ = marks.commission;
  // A clock that was set back must not make later knowledge look older.
  Query last(connection, sql::ledger::find_last_time);
  if (last.next()) at_ms_ = std::max(at_ms_, Row(last).integer());
}

void LedgerStage::append(Writer& writer, const store::Import& import, std::int64_t scope,
                         std::span<const SliceRow> rows) {
  bool any_new = false;
  bool any_follows = false;
  for (const SliceRow& each : rows) {
    any_new |= each.is_new;
    if (!each.effective) continue;
    changed_.add(each.row->event_at_ms);
    if (each.is_new) continue;
    any_follows = true;
    changed_.add(each.stood_at_ms);
  }
  if (rows.empty()) return;
  writer.slice.show(rows);
  Connection& connection = writer.connection;
  if (any_new)
    Query(connection, sql::slice::insert_commissions)
        .set_view(":network", import.network)
        .set(":scope", scope)
        .run();
  Query(connection, sql::slice::insert_events)
      .set(":import", import.id)
      .set(":recorded_at_ms", at_ms_)
      .run();
  if (any_follows)
    Query(connection, sql::slice::stage_events).set(":published", published_event_).run();
  Query(connection, sql::slice::insert_unbooked).run();
  writer.slice.show({});
}

void LedgerStage::append(Connection& connection, const Event& event, const CommissionRow& row) {
  Query insert(connection, sql::commissions::insert_event);
  insert.set(":id", ++last_event_)
      .set(":commission", event.commission)
      .set(":import", event.import)
      .set(":kind", static_cast<std::int64_t>(event.kind))
      .set(":source", event.source)
      .set(":effective", std::int64_t{event.effective})
      .set(":recorded_at_ms", at_ms_);
  set_observation(insert, row);
  insert.run();
  if (!event.effective) return;
  changed_.add(row.event_at_ms);
  changed_.add(event.stood_at_ms);
  Query(connection, sql::commissions::stage_event)
      .set(":published", published_event_)
      .set(":event", last_event_)
      .set(":commission", event.commission)
      .run();
  Query(connection, sql::commissions::insert_unbooked)
      .set(":event", last_event_)
      .set(":commission", event.commission)
      .run();
}

void LedgerStage::withdraw(Connection& connection, const Standing& standing, ImportId import) {
  CommissionRow nothing = standing.row;
  nothing.commission_micro = nothing.sale_micro = nothing.quantity = 0;
  append(connection,
         {.commission = standing.id,
          .import = import,
          .kind = store::EventKind::Withdrawn,
          .stood_at_ms = standing.row.event_at_ms},
         nothing);
}

void LedgerStage::publish(Connection& connection) const {
  Query(connection, sql::ledger::raise_marks)
      .set(":last_event", last_event_)
      .set(":last_commission", last_commission_)
      .run();
  changed_.take_days(connection);
}

std::optional<Standing> find_standing(Connection& connection, const std::string& network,
                                      const CommissionRow& row) {
  Query query(connection, sql::commissions::find_latest);
  query.set_view(":network", network)
      .set_view(":account", row.account)
      .set_view(":identity", row.identity);
  return read_first(query, read_standing);
}

std::optional<PlacedStanding> find_standing(Connection& connection, CommissionId id) {
  Query query(connection, sql::commissions::find_latest_by_id);
  query.set(":id", id);
  return read_first(query, [](Row& row) {
    PlacedStanding placed;
    placed.scope = row.integer();
    placed.day = static_cast<rollup::DayNumber>(row.integer());
    placed.standing = read_standing(row);
    return placed;
  });
}

RowEffect effect_of(const Standing* known, const CommissionRow& row, std::optional<bool> is_truth) {
  using enum RowEffect;
  if (!known) return is_truth.value_or(true) ? New : Older;
  if (known->speaks() && known->row == row) return Same;
  const bool newer =
      is_truth ? *is_truth
               : !known->speaks() || age_of(row.posted_at_ms, row.status) >=
                                         age_of(known->row.posted_at_ms, known->row.status);
  if (!newer) return Older;
  return known->event == 0 ? New : Changed;
}

void count(store::Import& import, RowEffect effect) {
  ++(effect == RowEffect::New       ? import.new_count
     : effect == RowEffect::Changed ? import.changed_count
                                    : import.unchanged_count);
}

std::pair<std::int64_t, bool> age_of(std::optional<std::int64_t> posted_at_ms,
                                     CommissionStatus status) {
  return {posted_at_ms.value_or(std::numeric_limits<std::int64_t>::min()),
          status != CommissionStatus::Pending};
}

std::int64_t find_scope(Connection& connection, const store::Import& import) {
  Query query(connection, sql::ledger::find_scope);
  query.set_view(":network", import.network)
      .set_view(":report", import.truth_of)
      .set_view(":account", import.account);
  return query.next() ? Row(query).integer() : 0;
}

}  // namespace candor::sqlite
