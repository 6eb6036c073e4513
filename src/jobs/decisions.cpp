#include "jobs/decisions.h"

#include <map>
#include <tuple>
#include <utility>

#include "attribution/credit.h"
#include "attribution/window_model.h"
#include "jobs/link_facts.h"

namespace candor::jobs {
namespace {

using attribution::Match;

/// When products were ordered, asked of the store once.
class OrderDays {
 public:
  explicit OrderDays(const store::Store& store) : store_(store) {}

  const std::vector<rollup::DayNumber>& of(const store::UnbookedEvent& event) {
    // Only a row that is dated by a day, of shipping, leaves the order's open.
    if (event.row.precision != TimePrecision::Day || event.row.product.empty()) return none_;
    const auto [at, is_new] =
        known_.try_emplace({event.network, event.row.tag, event.row.product}, none_);
    if (is_new)
      at->second = store_.list_order_days(event.network, event.row.tag, event.row.product);
    return at->second;
  }

 private:
  const store::Store& store_;
  const std::vector<rollup::DayNumber> none_;
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<rollup::DayNumber>>
      known_;
};

}  // namespace

std::vector<std::optional<Match>> Decisions::by_evidence(
    const std::vector<store::UnbookedEvent>& events, const std::vector<bool>& wanted) const {
  std::vector<std::string_view> sub_ids;
  for (std::size_t i = 0; i < events.size(); ++i)
    if (wanted[i]) sub_ids.push_back(events[i].row.sub_id);
  const BatchEvidence evidence(evidence_, sub_ids);
  std::vector<std::optional<Match>> matches(events.size());
  for (std::size_t i = 0; i < events.size(); ++i)
    if (wanted[i]) matches[i] = attribution::match(events[i].row, events[i].network, evidence);
  return matches;
}

std::vector<std::optional<Match>> Decisions::decide(const std::vector<store::UnbookedEvent>& events,
                                                    const std::vector<bool>& wanted) const {
  std::vector<std::optional<Match>> matches = by_evidence(events, wanted);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < events.size(); ++i)
    if (wanted[i] && !matches[i]) open.push_back(i);
  if (open.empty()) return matches;
  attribution::WindowModel model(settings_.model, read_link_facts(store_));
  OrderDays order_days(store_);
  std::vector<std::size_t> questions;
  questions.reserve(open.size());
  for (const std::size_t i : open)
    questions.push_back(model.ask(events[i].row, events[i].network, order_days.of(events[i])));
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

void Booker::add(store::Booking booking) {
  constexpr std::size_t kBatch = 500;
  booking.at_ms = at_ms_;
  bookings_.push_back(std::move(booking));
  ++booked_;
  if (bookings_.size() == kBatch) flush();
}

std::int64_t Booker::finish() {
  flush();
  return booked_;
}

void Booker::flush() {
  revenue_.book(bookings_);
  bookings_.clear();
}

}  // namespace candor::jobs
