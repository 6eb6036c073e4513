#include "jobs/attribute.h"

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

store::Booking new_booking(const store::UnbookedEvent& event,
                           const attribution::Evidence& evidence) {
  store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
  attribution::Match match =
      event.frozen ? *event.frozen : attribution::match(event.row, event.network, evidence);
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
    for (const auto& event : events) bookings.push_back(new_booking(event, evidence));
    revenue.book(bookings);
    booked += static_cast<std::int64_t>(bookings.size());
  }
}

/// Takes back what stands against "unattributed" and books it to the article found since.
std::int64_t retry_unattributed(store::RevenueStore& revenue,
                                const attribution::Evidence& evidence) {
  std::int64_t rebooked = 0;
  CommissionId after;
  for (;;) {
    const auto events = revenue.list_unattributed(kBatch, after);
    if (events.empty()) return rebooked;
    std::vector<store::Booking> bookings;
    for (const auto& event : events) {
      attribution::Match match = attribution::match(event.row, event.network, evidence);
      if (match.tier == attribution::Tier::Unattributed) continue;
      store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
      const std::int64_t commission = event.before_commission_micro;
      const std::int64_t sale = event.before_sale_micro;
      booking.allocations = allocate(match.weights, 0, commission, 0, sale);
      booking.allocations.push_back({{}, {}, -commission, -sale});
      booking.decided = std::move(match);
      bookings.push_back(std::move(booking));
    }
    after = events.back().commission;
    revenue.book(bookings);
    rebooked += static_cast<std::int64_t>(bookings.size());
  }
}

}  // namespace

AttributionSummary attribute(store::RevenueStore& revenue, const attribution::Evidence& evidence) {
  AttributionSummary summary;
  summary.booked = book_new_events(revenue, evidence);
  summary.rebooked = retry_unattributed(revenue, evidence);
  return summary;
}

}  // namespace candor::jobs
