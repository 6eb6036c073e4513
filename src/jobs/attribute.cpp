#include "jobs/attribute.h"

#include <utility>

#include "jobs/decisions.h"
#include "jobs/rebook.h"

namespace candor::jobs {
namespace {

using attribution::Match;

std::int64_t book_new_events(store::Store& store, const Decisions& decisions, std::int64_t at_ms) {
  std::int64_t booked = 0;
  for (;;) {
    const auto events = store.list_unbooked(kDecidedAtOnce);
    if (events.empty()) return booked;
    // What is frozen stays so, and a reversal goes where its original went.
    std::vector<bool> wanted;
    for (const store::UnbookedEvent& event : events)
      wanted.push_back(!event.frozen && !event.original);
    auto matches = decisions.decide(events, wanted);
    Booker booker(store, at_ms);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const store::UnbookedEvent& event = events[i];
      store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
      if (!event.frozen) booking.decided = wanted[i] ? std::move(matches[i]) : event.original;
      const Match& match = event.frozen ? *event.frozen : *booking.decided;
      booking.allocations =
          allocate(match.weights, event, {event.before_commission_micro, event.before_sale_micro},
                   {event.row.commission_micro, event.row.sale_micro});
      booker.add(std::move(booking));
    }
    booked += booker.finish();
  }
}

}  // namespace

AttributionSummary attribute(store::Store& store, const AttributionSettings& settings) {
  const std::int64_t change = store.last_rule_change();
  const Decisions decisions(store, settings);
  AttributionSummary summary;
  summary.booked = book_new_events(store, decisions, settings.at_ms);
  if (change != 0) {
    summary.rebooked += rebook_relabelled(store, decisions, settings.at_ms);
    store.settle_rule_changes(change);
  }
  summary.rebooked += rebook_unattributed(store, decisions, settings.at_ms);
  summary.rebooked += rebook_followers(store, settings.at_ms);
  return summary;
}

std::int64_t attribute_new(store::Store& store, const AttributionSettings& settings) {
  return book_new_events(store, Decisions(store, settings), settings.at_ms);
}

}  // namespace candor::jobs
