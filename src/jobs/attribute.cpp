#include "jobs/attribute.h"

#include <optional>
#include <ranges>
#include <utility>

#include "attribution/credit.h"
#include "jobs/store_evidence.h"
#include "link/url.h"

namespace candor::jobs {
namespace {

constexpr std::size_t kBatch = 500;
// Held in memory at once, about 100 MB: the clicks are read once for all of them.
constexpr std::size_t kAtOnce = 200'000;

/// The family's cumulative sums with `before` of this commission to those with `after`, divided by
/// the weights.
struct Amounts {
  std::int64_t commission = 0;
  std::int64_t sale = 0;
};
std::vector<store::Allocation> allocate(const std::vector<attribution::Weight>& weights,
                                        const store::UnbookedEvent& event, Amounts before,
                                        Amounts after) {
  const auto commission =
      attribution::book(event.family_commission_micro + before.commission,
                        event.family_commission_micro + after.commission, weights);
  const auto sale = attribution::book(event.family_sale_micro + before.sale,
                                      event.family_sale_micro + after.sale, weights);
  std::vector<store::Allocation> out;
  for (std::size_t i = 0; i < weights.size(); ++i)
    out.push_back({weights[i].article, weights[i].link, commission[i], sale[i]});
  return out;
}

Amounts booked_of(const store::UnbookedEvent& event) {
  return {event.before_commission_micro, event.before_sale_micro};
}

/// The links of the site, as tier 4 compares them.
std::vector<attribution::LinkFacts> read_links(const store::Store& store) {
  std::vector<attribution::LinkFacts> links;
  for (store::LinkTarget& target : store.list_link_targets()) {
    attribution::LinkFacts link{target.id, std::move(target.network), {}, {}};
    if (const auto url = parse_url(target.destination)) {
      for (QueryParameter& parameter : parse_query(url->query))
        link.query_values.push_back(std::move(parameter.value));
      for (const auto segment : std::views::split(std::string_view(url->path), '/'))
        link.path_segments.push_back(percent_decode(std::string_view(segment)));
    }
    links.push_back(std::move(link));
  }
  return links;
}

/// Decides many commissions at once, so that the clicks are read once.
class Decisions {
 public:
  Decisions(const store::Store& store, const AttributionSettings& settings)
      : store_(store), settings_(settings), evidence_(store, settings.keys, settings.site_hosts) {}

  /// One for each event, nothing for one that is frozen.
  std::vector<std::optional<attribution::Match>> decide(
      const std::vector<store::UnbookedEvent>& events) const {
    std::vector<std::optional<attribution::Match>> matches(events.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].frozen) continue;
      // A reversal goes where its original went.
      matches[i] = events[i].original;
      if (matches[i]) continue;
      matches[i] = attribution::match(events[i].row, events[i].network, evidence_);
      if (!matches[i]) open.push_back(i);
    }
    if (open.empty()) return matches;
    attribution::WindowModel model(settings_.model, read_links(store_));
    std::vector<std::size_t> questions;
    questions.reserve(open.size());
    for (std::size_t i : open) questions.push_back(model.ask(events[i].row, events[i].network));
    for (const attribution::TimeRange& range : model.ranges())
      store_.scan_human_clicks(range.from_ms, range.to_ms,
                               [&model](auto clicks) { model.take(clicks); });
    model.finish();
    for (std::size_t k = 0; k < open.size(); ++k) {
      matches[open[k]] = model.answer(questions[k]);
      if (!matches[open[k]]) matches[open[k]] = attribution::match_nothing(events[open[k]].row);
    }
    return matches;
  }

 private:
  const store::Store& store_;
  const AttributionSettings& settings_;
  StoreEvidence evidence_;
};

/// In transactions of at most kBatch.
class Booker {
 public:
  explicit Booker(store::RevenueStore& revenue) : revenue_(revenue) {}

  void add(store::Booking booking) {
    bookings_.push_back(std::move(booking));
    ++booked_;
    if (bookings_.size() == kBatch) flush();
  }
  /// How many were booked.
  std::int64_t finish() {
    flush();
    return booked_;
  }

 private:
  void flush() {
    revenue_.book(bookings_);
    bookings_.clear();
  }

  store::RevenueStore& revenue_;
  std::vector<store::Booking> bookings_;
  std::int64_t booked_ = 0;
};

std::int64_t book_new_events(store::Store& store, const Decisions& decisions) {
  std::int64_t booked = 0;
  for (;;) {
    const auto events = store.list_unbooked(kAtOnce);
    if (events.empty()) return booked;
    auto matches = decisions.decide(events);
    Booker booker(store);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const store::UnbookedEvent& event = events[i];
      store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
      const attribution::Match& match = event.frozen ? *event.frozen : *matches[i];
      booking.allocations = allocate(match.weights, event, booked_of(event),
                                     {event.row.commission_micro, event.row.sale_micro});
      if (!event.frozen) booking.decided = std::move(matches[i]);
      booker.add(std::move(booking));
    }
    booked += booker.finish();
  }
}

/// Takes back what stands against "unattributed" and books it to the article found since.
std::int64_t retry_unattributed(store::Store& store, const Decisions& decisions) {
  std::int64_t rebooked = 0;
  CommissionId after;
  for (;;) {
    auto events = store.list_unattributed(kAtOnce, after);
    if (events.empty()) return rebooked;
    for (store::UnbookedEvent& event : events) event.frozen.reset();  // to be decided anew
    auto matches = decisions.decide(events);
    Booker booker(store);
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (!matches[i] || matches[i]->tier == attribution::Tier::Unattributed) continue;
      const store::UnbookedEvent& event = events[i];
      store::Booking booking{event.event_id, event.commission, std::nullopt, {}};
      const Amounts booked = booked_of(event);
      booking.allocations = allocate(matches[i]->weights, event, {}, booked);
      booking.allocations.push_back({{}, {}, -booked.commission, -booked.sale});
      booking.decided = std::move(matches[i]);
      booker.add(std::move(booking));
    }
    after = events.back().commission;
    rebooked += booker.finish();
  }
}

}  // namespace

AttributionSummary attribute(store::Store& store, const AttributionSettings& settings) {
  const Decisions decisions(store, settings);
  AttributionSummary summary;
  summary.booked = book_new_events(store, decisions);
  summary.rebooked = retry_unattributed(store, decisions);
  return summary;
}

std::int64_t attribute_new(store::Store& store, const AttributionSettings& settings) {
  return book_new_events(store, Decisions(store, settings));
}

}  // namespace candor::jobs
