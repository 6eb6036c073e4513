#include "jobs/attribute.h"

#include <map>

#include "attribution/credit.h"

namespace candor::jobs {
namespace {

constexpr std::size_t kBatch = 500;

std::vector<store::Allocation> allocate(const std::vector<attribution::Weight>& weights,
                                        std::int64_t commission_before,
                                        std::int64_t commission_after, std::int64_t sale_before,
                                        std::int64_t sale_after) {
  const auto commission = attribution::book(commission_before, commission_after, weights);
  const auto sale = attribution::book(sale_before, sale_after, weights);
  std::vector<store::Allocation> out;
  for (std::size_t i = 0; i < weights.size(); ++i)
    out.push_back({weights[i].article, weights[i].link, commission[i], sale[i]});
  return out;
}

store::Booking first_booking(const store::UnbookedEvent& event, attribution::Match match) {
  store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
  booking.allocations =
      allocate(match.weights, event.before_commission_micro, event.row.commission_micro,
               event.before_sale_micro, event.row.sale_micro);
  if (!event.frozen) booking.decided = std::move(match);
  return booking;
}

std::int64_t book_new_events(store::RevenueStore& revenue, const attribution::Evidence& evidence) {
  std::int64_t booked = 0;
  for (;;) {
    const auto events = revenue.list_unbooked(kBatch);
    if (events.empty()) return booked;
    std::vector<store::Booking> bookings;
    // Two events of one commission in a batch: the first decides, the second must book with the
    // same weights.
    std::map<CommissionId, attribution::Match> decided;
    for (const auto& event : events) {
      auto match = event.frozen;
      if (!match) {
        const auto known = decided.find(event.commission);
        match = known != decided.end() ? known->second
                                       : attribution::match(event.row, event.network, evidence);
      }
      store::Booking booking = first_booking(event, *match);
      if (!decided.emplace(event.commission, *match).second) booking.decided.reset();
      bookings.push_back(std::move(booking));
    }
    revenue.book(bookings);
    booked += static_cast<std::int64_t>(bookings.size());
  }
}

/// Takes back what stands against "unattributed" and books it to the article found since.
std::int64_t retry_unattributed(store::RevenueStore& revenue,
                                const attribution::Evidence& evidence) {
  std::vector<store::Booking> bookings;
  for (const auto& event : revenue.list_unattributed(100000)) {
    attribution::Match match = attribution::match(event.row, event.network, evidence);
    if (match.tier == attribution::Tier::Unattributed) continue;
    store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
    booking.allocations =
        allocate(match.weights, 0, event.row.commission_micro, 0, event.row.sale_micro);
    booking.allocations.push_back({{}, {}, -event.row.commission_micro, -event.row.sale_micro});
    booking.decided = std::move(match);
    bookings.push_back(std::move(booking));
  }
  for (std::size_t at = 0; at < bookings.size(); at += kBatch) {
    const auto end = std::min(bookings.size(), at + kBatch);
    revenue.book({bookings.begin() + static_cast<std::ptrdiff_t>(at),
                  bookings.begin() + static_cast<std::ptrdiff_t>(end)});
  }
  return static_cast<std::int64_t>(bookings.size());
}

}  // namespace

AttributionSummary attribute(store::RevenueStore& revenue, const attribution::Evidence& evidence) {
  AttributionSummary summary;
  summary.booked = book_new_events(revenue, evidence);
  summary.rebooked = retry_unattributed(revenue, evidence);
  return summary;
}

}  // namespace candor::jobs
