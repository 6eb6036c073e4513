#include "jobs/explain.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_set>
#include <utility>

#include "jobs/link_facts.h"

namespace candor::jobs {
namespace {

using attribution::Tier;

std::unordered_set<std::int64_t> find_links(const std::vector<attribution::LinkFacts>& links,
                                            const store::CommissionState& state,
                                            const attribution::Candidates& candidates) {
  std::unordered_set<std::int64_t> found;
  for (const attribution::LinkFacts& link : links)
    if (attribution::leads_to(link, state.network, state.row.tag, candidates.product))
      found.insert(link.id.value);
  return found;
}

void look_at_windows(const store::Store& store, const CommissionRow& row, Explanation& out) {
  const auto links = read_link_facts(store);
  const auto order_days = store.list_order_days(out.state.network, row.tag, row.product);
  for (auto& candidates : attribution::candidates_for(row, out.state.network, order_days)) {
    const auto wanted = find_links(links, out.state, candidates);
    std::int64_t count = 0;
    std::deque<attribution::CandidateClick> newest;
    if (!wanted.empty())
      store.scan_human_clicks(candidates.range.from_ms, candidates.range.to_ms, [&](auto clicks) {
        for (const attribution::CandidateClick& click : clicks) {
          if (!wanted.contains(click.link.value)) continue;
          ++count;
          newest.push_back(click);
          if (newest.size() > kMostShownClicks) newest.pop_front();
        }
      });
    out.windows.push_back({std::move(candidates), count});
    if (count == 0) continue;
    out.clicks.assign(newest.begin(), newest.end());
    return;
  }
}

/// Whether what is booked is something else than the division of the amount alone.
bool differs_from_booked(const Explanation& out) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> parts;
  const auto& weights = out.state.match->weights;
  for (std::size_t i = 0; i < weights.size(); ++i)
    parts[{weights[i].article.value, weights[i].link.value}] += out.division[i].micro_units;
  std::int64_t booked = 0;
  for (const store::Allocation& part : out.state.allocations) {
    booked += part.commission_micro;
    parts[{part.article.value, part.link.value}] -= part.commission_micro;
  }
  // Not wholly booked yet: nothing can be said.
  if (booked != out.state.row.commission_micro) return false;
  return std::ranges::any_of(parts, [](const auto& part) { return part.second != 0; });
}

}  // namespace

std::optional<Explanation> explain(const store::Store& store, CommissionId id) {
  auto state = store.find_commission(id);
  if (!state) return std::nullopt;
  Explanation out;
  out.state = *std::move(state);
  out.history = store.list_history(id);
  out.decided_at_ms = store.find_decided_at(id);
  out.past = store.list_past_matches(id);
  out.bookings = store.list_bookings(id);
  const auto& match = out.state.match;
  if (!match) return out;
  out.division = attribution::explain_split(out.state.row.commission_micro, match->weights);
  out.divided_with_others = differs_from_booked(out);
  // Decided by the first that was heard of it, and again by what stands.
  const bool by_first = out.past.empty() && !out.history.empty();
  const CommissionRow& row = by_first ? out.history.front().row : out.state.row;
  if (match->tier == Tier::Modelled || (match->tier == Tier::Unattributed && row.sub_id.empty()))
    look_at_windows(store, row, out);
  return out;
}

}  // namespace candor::jobs
