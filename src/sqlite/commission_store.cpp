#include <algorithm>

#include "sqlite/commission_rows.h"
#include "sqlite/money_days.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::UnbookedEvent read_unbooked(Row& row) {
  store::UnbookedEvent event;
  event.event_id = row.integer();
  event.commission = row.id<CommissionId>();
  event.network = row.text();
  event.row = read_commission_row(row);
  event.before_commission_micro = row.integer();
  event.before_sale_micro = row.integer();
  return event;
}

store::CommissionState read_state(Row& row) {
  store::CommissionState state;
  state.id = row.id<CommissionId>();
  state.network = row.text();
  state.kind = row.number<store::EventKind>();
  state.row = read_commission_row(row);
  return state;
}

attribution::Weight read_weight(Row& row) {
  return {.article = row.id<ArticleId>(),
          .link = row.id<LinkId>(),
          .click = row.id<ClickId>(),
          .weight = row.integer()};
}

store::Allocation read_allocation(Row& row) {
  return {.article = row.id<ArticleId>(),
          .link = row.id<LinkId>(),
          .commission_micro = row.integer(),
          .sale_micro = row.integer()};
}

struct VersionedMatch {
  attribution::Match match;
  std::int64_t version = 0;  ///< a reversal has its original's when it shares its weights
};

std::optional<VersionedMatch> find_match(Connection& connection, CommissionId commission) {
  Query query(connection, sql::allocations::find_match);
  query.set(":commission", commission);
  std::optional<VersionedMatch> found = read_first(query, [](Row& row) {
    VersionedMatch match;
    match.match.tier = row.number<attribution::Tier>();
    match.match.model = row.text();
    match.match.reason = row.text();
    match.version = row.integer();
    return match;
  });
  if (!found) return found;
  Query weights(connection, sql::allocations::list_weights);
  weights.set(":commission", commission);
  found->match.weights = read_all(weights, read_weight);
  return found;
}

/// The head of the family of a commission's event: the original of a reversal, else itself.
CommissionId find_root(Connection& connection, CommissionId commission, std::int64_t event) {
  Query query(connection, sql::commissions::find_original);
  query.set(":event", event).set(":commission", commission);
  return read_first(query, [](Row& row) { return row.id<CommissionId>(); }).value_or(commission);
}

void complete(Connection& connection, store::CommissionState& state) {
  if (auto found = find_match(connection, state.id)) state.match = std::move(found->match);
  Query query(connection, sql::allocations::list_allocations);
  query.set(":commission", state.id);
  state.allocations = read_all(query, read_allocation);
}

void freeze_match(Connection& connection, CommissionId commission, const VersionedMatch& frozen,
                  std::int64_t at_ms) {
  Query(connection, sql::allocations::insert_match)
      .set(":commission", commission)
      .set(":tier", static_cast<std::int64_t>(frozen.match.tier))
      .set_view(":model", frozen.match.model)
      .set_view(":reason", frozen.match.reason)
      .set(":version", frozen.version)
      .set(":decided_at_ms", at_ms)
      .run();
  std::int64_t position = 0;
  for (const attribution::Weight& weight : frozen.match.weights)
    Query(connection, sql::allocations::insert_weight)
        .set(":commission", commission)
        .set(":position", ++position)
        .set(":article", weight.article)
        .set(":link", weight.link)
        .set(":click", weight.click)
        .set(":weight", weight.weight)
        .run();
}

/// Keeps what a commission was matched to until now; the version that follows.
std::int64_t keep_match(Connection& connection, CommissionId commission, std::int64_t at_ms) {
  const auto old = find_match(connection, commission);
  if (!old) return 1;
  Query(connection, sql::allocations::keep_match)
      .set(":replaced_at_ms", at_ms)
      .set(":commission", commission)
      .run();
  Query(connection, sql::allocations::keep_weights)
      .set(":past_match", connection.database().getLastInsertRowid())
      .set(":commission", commission)
      .run();
  Query(connection, sql::allocations::delete_match).set(":commission", commission).run();
  return old->version + 1;
}

/// Freezes what was decided, or at first sight of a reversal what its original is matched to.
void settle_match(Connection& connection, const store::Booking& booking, std::int64_t at_ms) {
  const CommissionId root = find_root(connection, booking.commission, booking.event_id);
  const auto original = root == booking.commission ? std::nullopt : find_match(connection, root);
  const bool shares =
      original && (!booking.decided || booking.decided->weights == original->match.weights);
  if (booking.decided) {
    std::int64_t version = keep_match(connection, booking.commission, at_ms);
    if (shares) version = original->version;
    freeze_match(connection, booking.commission, {*booking.decided, version}, at_ms);
  } else if (original && !find_match(connection, booking.commission)) {
    freeze_match(connection, booking.commission, *original, at_ms);
  }
  Query(connection, sql::ledger::insert_family)
      .set(":event", booking.event_id)
      .set(":commission", booking.commission)
      .run();
  if (shares)
    Query(connection, sql::commissions::set_root)
        .set(":root", root)
        .set(":commission", booking.commission)
        .run();
}

void insert_allocation(Connection& connection, const store::Booking& booking,
                       const store::Allocation& allocation, std::int64_t at_ms) {
  if (allocation.commission_micro == 0 && allocation.sale_micro == 0) return;
  Query(connection, sql::allocations::insert_allocation)
      .set(":event", booking.event_id)
      .set(":commission", booking.commission)
      .set(":article", allocation.article)
      .set(":link", allocation.link)
      .set(":commission_micro", allocation.commission_micro)
      .set(":sale_micro", allocation.sale_micro)
      .set(":booked_at_ms", at_ms)
      .run();
}

/// An event is booked once, whoever else read it as unbooked meanwhile; after that only a
/// commission that is still unattributed may be rebooked, or one that is to be replaced.
bool is_due(Connection& connection, const store::Booking& booking) {
  const int taken =
      Query(connection, sql::commissions::delete_unbooked).set(":event", booking.event_id).run();
  if (taken > 0) return true;
  const auto found = find_match(connection, booking.commission);
  return booking.decided && found &&
         (booking.replaces || found->match.tier == attribution::Tier::Unattributed);
}

/// When a commission took place, as it stands: its money is shown there.
void add_standing_time(Connection& connection, CommissionId commission, ChangedMoney& changed) {
  Query query(connection, sql::commissions::find_standing_time);
  query.set(":commission", commission);
  if (query.next()) changed.add(Row(query).integer());
}

std::int64_t last_time(Connection& connection) {
  Query query(connection, sql::ledger::find_last_time);
  return query.next() ? Row(query).integer() : 0;
}

void add_family(Connection& connection, store::UnbookedEvent& event, CommissionId root,
                std::int64_t version) {
  Query query(connection, sql::commissions::sum_family);
  query.set(":root", root).set(":version", version).set(":commission", event.commission);
  query.next();
  Row row(query);
  event.family_commission_micro = row.integer();
  event.family_sale_micro = row.integer();
}

/// The weights of an event, and what its family booked under them. `rebooks`: under those it is to
/// take next, the original's, when it does not have them.
void weigh(Connection& connection, store::UnbookedEvent& event, bool rebooks) {
  const CommissionId root = find_root(connection, event.commission, event.event_id);
  const auto own = find_match(connection, event.commission);
  const auto original = root == event.commission ? own : find_match(connection, root);
  if (own) event.frozen = own->match;
  if (root != event.commission && original) event.original = original->match;
  if (!own && event.original) event.frozen = event.original;
  if (rebooks) {
    if (event.original && own && own->version != original->version)
      add_family(connection, event, root, original->version);
  } else if (own || original) {
    add_family(connection, event, root, own ? own->version : original->version);
  }
}

std::vector<store::UnbookedEvent> read_events(Connection& connection, Query& query, bool rebooks) {
  std::vector<store::UnbookedEvent> events = read_all(query, read_unbooked);
  for (store::UnbookedEvent& event : events) weigh(connection, event, rebooks);
  return events;
}

store::CommissionEvent read_history(Row& row) {
  store::CommissionEvent event;
  event.id = row.integer();
  event.kind = row.number<store::EventKind>();
  event.effective = row.integer() != 0;
  event.recorded_at_ms = row.integer();
  event.import = row.id<ImportId>();
  event.file_name = row.text();
  event.undone = row.optional_integer().has_value();
  event.row = read_commission_row(row);
  return event;
}

}  // namespace

std::vector<store::UnbookedEvent> SiteStore::list_unbooked(std::size_t limit) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_unbooked);
    query.set(":limit", row_limit(limit));
    return read_events(connection, query, false);
  });
}

std::vector<store::UnbookedEvent> SiteStore::list_unattributed(std::size_t limit,
                                                               CommissionId after) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_unattributed);
    query.set(":limit", row_limit(limit)).set(":after", after);
    return read_events(connection, query, true);
  });
}

std::vector<store::UnbookedEvent> SiteStore::list_booked(std::size_t limit, CommissionId after,
                                                         attribution::Tier strongest) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_booked);
    query.set(":tier", static_cast<std::int64_t>(strongest))
        .set(":after", after)
        .set(":limit", row_limit(limit));
    return read_events(connection, query, true);
  });
}

std::vector<store::UnbookedEvent> SiteStore::list_relabelled(std::size_t limit,
                                                             CommissionId after) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_relabelled);
    query.set(":after", after).set(":limit", row_limit(limit));
    return read_events(connection, query, true);
  });
}

std::vector<store::UnbookedEvent> SiteStore::list_followers(std::size_t limit) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_followers);
    query.set(":limit", row_limit(limit));
    return read_events(connection, query, true);
  });
}

void SiteStore::book(const std::vector<store::Booking>& bookings) {
  if (bookings.empty()) return;
  database_.write([&](Writer& writer) {
    const std::int64_t newest_ms = last_time(writer.connection);
    ChangedMoney changed;
    for (const store::Booking& booking : bookings) {
      throw_when_stopped();
      if (!is_due(writer.connection, booking)) continue;
      add_standing_time(writer.connection, booking.commission, changed);
      const std::int64_t at_ms = std::max(booking.at_ms, newest_ms);
      settle_match(writer.connection, booking, at_ms);
      for (const store::Allocation& allocation : booking.allocations)
        insert_allocation(writer.connection, booking, allocation, at_ms);
    }
    changed.take_days(writer.connection);
  });
}

std::optional<store::CommissionState> SiteStore::find_commission(CommissionId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::find_commission);
    query.set(":id", id);
    std::optional<store::CommissionState> state = read_first(query, read_state);
    if (state) complete(connection, *state);
    return state;
  });
}

std::vector<store::CommissionEvent> SiteStore::list_history(CommissionId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_history);
    query.set(":commission", id);
    return read_all(query, read_history);
  });
}

std::vector<store::CommissionState> SiteStore::list_commissions(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_commissions);
    query.set(":limit", row_limit(limit));
    std::vector<store::CommissionState> states = read_all(query, read_state);
    for (store::CommissionState& state : states) complete(connection, state);
    return states;
  });
}

}  // namespace candor::sqlite
