#include "jobs/rebook.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace candor::jobs {
namespace {

using attribution::Match;
using attribution::Tier;
using store::UnbookedEvent;

bool is_rule(Tier tier) { return tier == Tier::LabelOrReferrer || tier == Tier::ArticleTag; }

bool same_division(const Match& a, const Match& b) {
  return a.tier == b.tier && a.weights == b.weights;
}

/// One of those that share a root's weights: it goes where the root goes.
bool follows(const UnbookedEvent& event) { return event.original.has_value(); }

/// What stands booked of a commission goes back, and is divided by another match.
store::Booking rebooking(const store::Store& store, const UnbookedEvent& event, Match match) {
  std::map<std::pair<std::int64_t, std::int64_t>, store::Allocation> net;
  const auto add = [&](const store::Allocation& part, std::int64_t sign) {
    store::Allocation& sum = net[{part.article.value, part.link.value}];
    sum.article = part.article;
    sum.link = part.link;
    sum.commission_micro += sign * part.commission_micro;
    sum.sale_micro += sign * part.sale_micro;
  };
  const Amounts booked{event.before_commission_micro, event.before_sale_micro};
  for (const auto& part : allocate(match.weights, event, {}, booked)) add(part, 1);
  if (const auto state = store.find_commission(event.commission))
    for (const auto& part : state->allocations) add(part, -1);
  store::Booking booking{event.event_id, event.commission, std::move(match), {}};
  booking.replaces = true;
  for (const auto& [key, part] : net) booking.allocations.push_back(part);
  return booking;
}

enum class Revision : std::uint8_t { Keep, Take, DecideAnew };

/// What `evidence` means for a commission of which a rule changed.
Revision revise(const Match& frozen, const std::optional<Match>& evidence) {
  const bool stands_by_click =
      frozen.tier == Tier::ClickToken && !frozen.weights.empty() && frozen.weights.front().article;
  if (stands_by_click) return Revision::Keep;
  if (evidence && is_rule(evidence->tier))
    return same_division(*evidence, frozen) ? Revision::Keep : Revision::Take;
  return is_rule(frozen.tier) ? Revision::DecideAnew : Revision::Keep;
}

/// Books those that were decided otherwise than they stand.
std::int64_t book_changed(store::Store& store, const std::vector<UnbookedEvent>& events,
                          std::vector<std::optional<Match>>& matches, std::int64_t at_ms) {
  Booker booker(store, at_ms);
  for (std::size_t i = 0; i < events.size(); ++i)
    if (matches[i] && events[i].frozen && !same_division(*matches[i], *events[i].frozen))
      booker.add(rebooking(store, events[i], std::move(*matches[i])));
  return booker.finish();
}

}  // namespace

std::int64_t rebook_relabelled(store::Store& store, const Decisions& decisions,
                               std::int64_t at_ms) {
  std::int64_t rebooked = 0;
  for (CommissionId after;;) {
    const auto events = store.list_relabelled(kDecidedAtOnce, after);
    if (events.empty()) return rebooked;
    std::vector<bool> roots;
    for (const UnbookedEvent& event : events) roots.push_back(event.frozen && !follows(event));
    auto taken = decisions.by_evidence(events, roots);
    std::vector<bool> wanted(events.size(), false);
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (!roots[i]) continue;
      const Revision revision = revise(*events[i].frozen, taken[i]);
      wanted[i] = revision == Revision::DecideAnew;
      if (revision != Revision::Take) taken[i].reset();
    }
    auto matches = decisions.decide(events, wanted);
    for (std::size_t i = 0; i < events.size(); ++i)
      if (taken[i]) matches[i] = std::move(taken[i]);
    after = events.back().commission;
    rebooked += book_changed(store, events, matches, at_ms);
  }
}

std::int64_t rebook_unattributed(store::Store& store, const Decisions& decisions,
                                 std::int64_t at_ms) {
  std::int64_t rebooked = 0;
  for (CommissionId after;;) {
    const auto events = store.list_unattributed(kDecidedAtOnce, after);
    if (events.empty()) return rebooked;
    std::vector<bool> wanted;
    for (const UnbookedEvent& event : events) wanted.push_back(!follows(event));
    auto matches = decisions.decide(events, wanted);
    for (auto& match : matches)
      if (match && match->tier == Tier::Unattributed) match.reset();
    after = events.back().commission;
    rebooked += book_changed(store, events, matches, at_ms);
  }
}

std::int64_t rebook_followers(store::Store& store, std::int64_t at_ms) {
  std::int64_t rebooked = 0;
  for (;;) {
    const auto events = store.list_followers(kDecidedAtOnce);
    // One of a family at a time: the next is divided beside what this one has booked.
    std::set<std::tuple<std::string, std::string, std::string>> families;
    Booker booker(store, at_ms);
    for (const UnbookedEvent& event : events)
      if (event.original &&
          families.emplace(event.network, event.row.account, event.row.parent).second)
        booker.add(rebooking(store, event, *event.original));
    const std::int64_t now = booker.finish();
    if (now == 0) return rebooked;
    rebooked += now;
  }
}

}  // namespace candor::jobs
