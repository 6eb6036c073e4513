// What a commission was matched to and what was booked of it, in the order in which it happened.
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::Booked read_booked(Row& row) {
  store::Booked booked;
  booked.event_id = row.integer();
  booked.allocation.article = row.id<ArticleId>();
  booked.allocation.link = row.id<LinkId>();
  booked.allocation.commission_micro = row.integer();
  booked.allocation.sale_micro = row.integer();
  booked.booked_at_ms = row.integer();
  return booked;
}

struct NumberedMatch {
  std::int64_t id;
  store::DatedMatch match;
};

NumberedMatch read_past_match(Row& row) {
  NumberedMatch past{row.integer(), {}};
  past.match.match.tier = row.number<attribution::Tier>();
  past.match.match.model = row.text();
  past.match.match.reason = row.text();
  past.match.decided_at_ms = row.integer();
  past.match.replaced_at_ms = row.integer();
  return past;
}

attribution::Weight read_past_weight(Row& row) {
  return {.article = row.id<ArticleId>(),
          .link = row.id<LinkId>(),
          .click = row.id<ClickId>(),
          .weight = row.integer()};
}

}  // namespace

std::vector<store::Booked> SiteStore::list_bookings(CommissionId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::allocations::list_bookings);
    query.set(":commission", id);
    return read_all(query, read_booked);
  });
}

std::vector<store::DatedMatch> SiteStore::list_past_matches(CommissionId id) const {
  return database_.read([&](Connection& connection) {
    std::vector<NumberedMatch> past;
    {
      Query query(connection, sql::allocations::list_past_matches);
      query.set(":commission", id);
      past = read_all(query, read_past_match);
    }
    std::vector<store::DatedMatch> matches;
    for (NumberedMatch& each : past) {
      Query weights(connection, sql::allocations::list_past_weights);
      weights.set(":past_match", each.id);
      each.match.match.weights = read_all(weights, read_past_weight);
      matches.push_back(std::move(each.match));
    }
    return matches;
  });
}

std::optional<std::int64_t> SiteStore::find_decided_at(CommissionId id) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::allocations::find_decided);
    query.set(":commission", id);
    return read_first(query, [](Row& row) { return row.integer(); });
  });
}

}  // namespace candor::sqlite
