#include "sqlite/commission_rows.h"
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

std::optional<attribution::Match> find_match(Connection& connection, CommissionId commission) {
  Query query(connection, sql::allocations::find_match);
  query.set(":commission", commission);
  std::optional<attribution::Match> match = read_first(query, [](Row& row) {
    attribution::Match found;
    found.tier = row.number<attribution::Tier>();
    found.model = row.text();
    found.reason = row.text();
    return found;
  });
  if (!match) return match;
  Query weights(connection, sql::allocations::list_weights);
  weights.set(":commission", commission);
  match->weights = read_all(weights, read_weight);
  return match;
}

void complete(Connection& connection, store::CommissionState& state) {
  state.match = find_match(connection, state.id);
  Query query(connection, sql::allocations::list_allocations);
  query.set(":commission", state.id);
  state.allocations = read_all(query, read_allocation);
}

void freeze_match(Connection& connection, CommissionId commission,
                  const attribution::Match& match) {
  Query(connection, sql::allocations::delete_match).set(":commission", commission).run();
  Query(connection, sql::allocations::insert_match)
      .set(":commission", commission)
      .set(":tier", static_cast<std::int64_t>(match.tier))
      .set_view(":model", match.model)
      .set_view(":reason", match.reason)
      .run();
  std::int64_t position = 0;
  for (const attribution::Weight& weight : match.weights)
    Query(connection, sql::allocations::insert_weight)
        .set(":commission", commission)
        .set(":position", ++position)
        .set(":article", weight.article)
        .set(":link", weight.link)
        .set(":click", weight.click)
        .set(":weight", weight.weight)
        .run();
}

void insert_allocation(Connection& connection, const store::Booking& booking,
                       const store::Allocation& allocation) {
  if (allocation.commission_micro == 0 && allocation.sale_micro == 0) return;
  Query(connection, sql::allocations::insert_allocation)
      .set(":event", booking.event_id)
      .set(":commission", booking.commission)
      .set(":article", allocation.article)
      .set(":link", allocation.link)
      .set(":commission_micro", allocation.commission_micro)
      .set(":sale_micro", allocation.sale_micro)
      .run();
}

/// An event is booked once, whoever else read it as unbooked meanwhile; after that only a
/// commission that is still unattributed may be rebooked.
bool is_due(Connection& connection, const store::Booking& booking) {
  const int taken =
      Query(connection, sql::commissions::delete_unbooked).set(":event", booking.event_id).run();
  if (taken > 0) return true;
  const auto match = find_match(connection, booking.commission);
  return booking.decided && match && match->tier == attribution::Tier::Unattributed;
}

std::vector<store::UnbookedEvent> read_events(Connection& connection, Query& query) {
  std::vector<store::UnbookedEvent> events = read_all(query, read_unbooked);
  for (store::UnbookedEvent& event : events)
    event.frozen = find_match(connection, event.commission);
  return events;
}

}  // namespace

std::vector<store::UnbookedEvent> SiteStore::list_unbooked(std::size_t limit) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_unbooked);
    query.set(":limit", row_limit(limit));
    return read_events(connection, query);
  });
}

std::vector<store::UnbookedEvent> SiteStore::list_unattributed(std::size_t limit,
                                                               CommissionId after) const {
  throw_when_stopped();
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_unattributed);
    query.set(":limit", row_limit(limit)).set(":after", after);
    return read_events(connection, query);
  });
}

void SiteStore::book(const std::vector<store::Booking>& bookings) {
  if (bookings.empty()) return;
  database_.write([&](Writer& writer) {
    for (const store::Booking& booking : bookings) {
      throw_when_stopped();
      if (!is_due(writer.connection, booking)) continue;
      if (booking.decided) freeze_match(writer.connection, booking.commission, *booking.decided);
      for (const store::Allocation& allocation : booking.allocations)
        insert_allocation(writer.connection, booking, allocation);
    }
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

std::vector<store::CommissionState> SiteStore::list_commissions(std::size_t limit) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::commissions::list_commissions);
    query.set(":limit", row_limit(limit));
    std::vector<store::CommissionState> states = read_all(query, read_state);
    for (store::CommissionState& state : states) complete(connection, state);
    return states;
  });
}

void SiteStore::set_label_rules(const std::vector<store::LabelRule>& rules) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::label_rules::delete_rules).run();
    for (const store::LabelRule& rule : rules)
      Query(writer.connection, sql::label_rules::insert_rule)
          .set_view(":network", rule.network)
          .set_view(":kind", rule.kind)
          .set_view(":text", rule.text)
          .set(":article", rule.article)
          .run();
  });
}

std::vector<store::LabelRule> SiteStore::list_label_rules() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::label_rules::list_rules);
    return read_all(query, [](Row& row) {
      store::LabelRule rule;
      rule.network = row.text();
      rule.kind = row.text();
      rule.text = row.text();
      rule.article = row.id<ArticleId>();
      return rule;
    });
  });
}

}  // namespace candor::sqlite
