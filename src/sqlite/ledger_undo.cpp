// Takes an import back: what it told is left in the ledger, but counts no more, and what the other
// imports tell stands again.
#include <algorithm>

#include "sqlite/commission_rows.h"
#include "sqlite/import_rows.h"
#include "sqlite/ledger_stage.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

struct Fact {
  std::int64_t event = 0;
  ImportId import;
  std::optional<std::int64_t> posted_at_ms;
  CommissionStatus status = CommissionStatus::Pending;

  auto rank() const { return std::tuple(age_of(posted_at_ms, status), import, event); }
};

Fact read_fact(Row& row) {
  return {.event = row.integer(),
          .import = row.id<ImportId>(),
          .posted_at_ms = row.optional_integer(),
          .status = read_status(row)};
}

class Undoing {
 public:
  Undoing(Connection& connection, const store::Import& import, std::int64_t at_ms)
      : import_(import), stage_(connection, at_ms) {
    Query events(connection, sql::imports::find_events);
    events.set(":id", import_.id);
    events.next();
    Row row(events);
    after_event_ = row.integer() - 1;
    last_event_ = row.integer();
    if (!import_.by_range) return;
    scope_ = find_scope(connection, import_);
    truths_ = load_truths(connection, import_, import_.id);
  }

  /// A slice of the commissions it told of, or told nothing of any more; false when none is left.
  bool restore_some(Connection& connection) {
    return restore_observed(connection) || restore_sighted(connection) ||
           restore_missing(connection);
  }

  void publish(Connection& connection) const {
    Query(connection, sql::imports::set_undone)
        .set(":undone_at_ms", stage_.at_ms())
        .set(":id", import_.id)
        .run();
    stage_.publish(connection);
  }
  std::int64_t at_ms() const { return stage_.at_ms(); }

 private:
  bool restore_observed(Connection& connection) {
    Query query(connection, sql::commissions::list_observed);
    query.set(":after", after_event_)
        .set(":to", last_event_)
        .set(":limit", row_limit(kStagedSlice));
    const auto found = read_all(query, [](Row& row) {
      const std::int64_t event = row.integer();
      return std::pair(event, row.id<CommissionId>());
    });
    for (const auto& [event, commission] : found) {
      after_event_ = event;
      restore(connection, commission);
    }
    return !found.empty();
  }

  bool restore_sighted(Connection& connection) {
    Query query(connection, sql::commissions::list_sighted);
    query.set(":import", import_.id)
        .set(":after", after_sighted_)
        .set(":limit", row_limit(kStagedSlice));
    const auto found = read_all(query, [](Row& row) { return row.id<CommissionId>(); });
    for (const CommissionId commission : found) {
      after_sighted_ = commission;
      restore(connection, commission);
    }
    return !found.empty();
  }

  bool restore_missing(Connection& connection) {
    if (scope_ == 0) return false;
    Query query(connection, sql::commissions::list_all_of_scope);
    query.set(":scope", scope_)
        .set(":after_day", std::int64_t{after_day_.value_or(import_.from_day - 1)})
        .set(":after", after_)
        .set(":to_day", std::int64_t{import_.to_day})
        .set(":limit", row_limit(kStagedSlice));
    const auto found = read_all(query, [](Row& row) {
      const auto day = static_cast<rollup::DayNumber>(row.integer());
      return std::pair(day, row.id<CommissionId>());
    });
    for (const auto& [day, commission] : found) {
      after_day_ = day;
      after_ = commission;
      restore(connection, commission);
    }
    return !found.empty();
  }

  /// Makes the newest of what is left stand, when it does not already.
  void restore(Connection& connection, CommissionId commission) {
    const PlacedStanding placed = find_standing(connection, commission).value();
    const Standing& standing = placed.standing;
    const std::optional<Fact> fact = find_newest(connection, placed);
    if (!fact) {
      if (standing.speaks()) stage_.withdraw(connection, standing, import_.id);
      return;
    }
    Query query(connection, sql::commissions::find_event);
    query.set(":event", fact->event);
    const CommissionRow row = read_first(query, read_commission_row).value();
    if (standing.speaks() && standing.row == row) return;
    stage_.append(connection,
                  {.commission = commission,
                   .import = import_.id,
                   .kind = store::EventKind::Restored,
                   .source = fact->event,
                   .stood_at_ms = standing.row.event_at_ms},
                  row);
  }

  std::optional<Fact> find_newest(Connection& connection, const PlacedStanding& placed) {
    Query query(connection, sql::commissions::list_facts);
    query.set(":commission", placed.standing.id).set(":but", import_.id);
    std::vector<Fact> facts = read_all(query, read_fact);
    const ImportId truth =
        scope_ != 0 && placed.scope == scope_ ? truths_.of(placed.day) : ImportId{};
    if (truth) std::erase_if(facts, [&](const Fact& fact) { return fact.import != truth; });
    const auto newest = std::ranges::max_element(facts, {}, &Fact::rank);
    return newest == facts.end() ? std::nullopt : std::optional(*newest);
  }

  const store::Import& import_;
  LedgerStage stage_;
  std::int64_t scope_ = 0;
  DayTruths truths_;
  std::int64_t after_event_ = 0;
  std::int64_t last_event_ = 0;
  CommissionId after_sighted_;
  std::optional<rollup::DayNumber> after_day_;
  CommissionId after_;
};

}  // namespace

std::optional<store::Import> SiteStore::undo_import(ImportId id, std::int64_t at_ms) {
  const std::scoped_lock one_at_a_time(staging_);
  throw_when_stopped();
  std::optional<store::Import> import = find_import(id);
  if (!import || import->undone_at_ms) return import;
  LedgerStage::discard(database_);
  std::optional<Undoing> undoing;
  database_.write([&](Writer& writer) { undoing.emplace(writer.connection, *import, at_ms); });
  while (database_.write([&](Writer& writer) { return undoing->restore_some(writer.connection); }))
    throw_when_stopped();
  database_.write([&](Writer& writer) { undoing->publish(writer.connection); });
  import->undone_at_ms = undoing->at_ms();
  return import;
}

}  // namespace candor::sqlite
