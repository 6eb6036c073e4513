// Why money went where it went, and where it went to nobody.
#include <limits>
#include <nlohmann/json.hpp>

#include "api/attribution_json.h"
#include "api/money_json.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "jobs/explain.h"
#include "jobs/unattributed.h"

namespace candor::api {
namespace {

using nlohmann::json;

json link_slug_json(const store::Store& store, LinkId id) {
  const auto link = id ? store.find_link(id) : std::nullopt;
  return link ? json(link->slug) : json(nullptr);
}

/// As JSON's numbers go through programs that hold 53 bits.
json click_id_json(ClickId id) { return id ? json(std::to_string(id.value)) : json(nullptr); }

json history_json(const std::vector<store::CommissionEvent>& history) {
  json out = json::array();
  for (const store::CommissionEvent& event : history)
    out.push_back({{"id", event.id},
                   {"recorded_at", format_rfc3339(event.recorded_at_ms)},
                   {"kind", store::name_of(event.kind)},
                   {"effective", event.effective},
                   {"import", event.import.value},
                   {"file_name", event.file_name},
                   {"undone", event.undone},
                   {"status", name_of(event.row.status)},
                   {"currency", event.row.currency.text()},
                   {"commission_micro", event.row.commission_micro},
                   {"sale_micro", event.row.sale_micro},
                   {"sub_id", event.row.sub_id},
                   {"tag", event.row.tag},
                   {"product", event.row.product},
                   {"merchant", event.row.merchant},
                   {"order_id", event.row.order_id},
                   {"referring_url", event.row.referring_url}});
  return out;
}

json weights_json(const store::Store& store, const std::vector<attribution::Weight>& weights) {
  json out = json::array();
  for (const attribution::Weight& each : weights)
    out.push_back({{"article", article_path_json(store, each.article)},
                   {"link", link_slug_json(store, each.link)},
                   {"click", click_id_json(each.click)},
                   {"weight", each.weight}});
  return out;
}

json match_json(const store::Store& store, const attribution::Match& match) {
  return {{"tier", attribution::name_of(match.tier)},
          {"model", match.model},
          {"reason", match.reason},
          {"weights", weights_json(store, match.weights)}};
}

json matches_json(const store::Store& store, const jobs::Explanation& explained) {
  json out = json::array();
  for (const store::DatedMatch& past : explained.past) {
    json each = match_json(store, past.match);
    each["decided_at"] = format_rfc3339(past.decided_at_ms);
    each["replaced_at"] = format_rfc3339(past.replaced_at_ms);
    out.push_back(std::move(each));
  }
  if (!explained.state.match) return out;
  json now = match_json(store, *explained.state.match);
  now["decided_at"] = format_rfc3339(explained.decided_at_ms.value_or(0));
  now["replaced_at"] = nullptr;
  out.push_back(std::move(now));
  return out;
}

json windows_json(const jobs::Explanation& explained) {
  json out = json::array();
  for (const jobs::WindowSeen& seen : explained.windows)
    out.push_back({{"window", seen.candidates.window},
                   {"product", seen.candidates.product},
                   {"from", format_rfc3339(seen.candidates.range.from_ms)},
                   {"to", format_rfc3339(seen.candidates.range.to_ms)},
                   {"clicks", seen.clicks}});
  return out;
}

json clicks_json(const store::Store& store, const jobs::Explanation& explained) {
  json out = json::array();
  for (const attribution::CandidateClick& click : explained.clicks)
    out.push_back({{"id", click_id_json(click.id)},
                   {"at", format_rfc3339(at_ms(click.id))},
                   {"link", link_slug_json(store, click.link)},
                   {"article", article_path_json(store, click.article)}});
  return out;
}

json division_json(const store::Store& store, const jobs::Explanation& explained) {
  if (!explained.state.match) return json::array();
  json parts = weights_json(store, explained.state.match->weights);
  for (std::size_t i = 0; i < explained.division.size(); ++i) {
    const attribution::SplitPart& part = explained.division[i];
    parts[i]["floor_micro"] = part.floor_micro;
    parts[i]["remainder"] = part.remainder;  // up to 126 bits
    parts[i]["commission_micro"] = part.micro_units;
  }
  return parts;
}

json allocation_json(const store::Store& store, const store::Allocation& part) {
  return {{"article", article_path_json(store, part.article)},
          {"link", link_slug_json(store, part.link)},
          {"commission_micro", part.commission_micro},
          {"sale_micro", part.sale_micro}};
}

json bookings_json(const store::Store& store, const jobs::Explanation& explained) {
  json out = json::array();
  for (const store::Booked& booked : explained.bookings) {
    json each = allocation_json(store, booked.allocation);
    each["booked_at"] = format_rfc3339(booked.booked_at_ms);
    each["event"] = booked.event_id;
    out.push_back(std::move(each));
  }
  return out;
}

json unattributed_json(const jobs::UnattributedCommission& each) {
  json suggestions = json::array();
  for (const jobs::ArticleSuggestion& suggestion : each.suggestions)
    suggestions.push_back(
        {{"article", suggestion.path}, {"why", suggestion.why}, {"clicks", suggestion.clicks}});
  json rule = nullptr;
  if (each.rule)
    rule = {{"network", each.rule->network}, {"kind", each.rule->kind}, {"text", each.rule->text}};
  const CommissionRow& row = each.event.row;
  return {{"id", each.event.commission.value},
          {"network", each.event.network},
          {"account", row.account},
          {"identity", row.identity},
          {"event_at", format_rfc3339(row.event_at_ms)},
          {"status", name_of(row.status)},
          {"currency", row.currency.text()},
          {"commission_micro", each.event.before_commission_micro},
          {"sale_micro", each.event.before_sale_micro},
          {"merchant", row.merchant},
          {"product", row.product},
          {"reason", each.reason},
          {"rule", std::move(rule)},
          {"suggestions", std::move(suggestions)}};
}

}  // namespace

http::Response explain_commission(Call& call) {
  const store::Store& store = call.site.store;
  const auto explained = jobs::explain(store, CommissionId{path_number(call, "id")});
  if (!explained) throw Problem(404, "There is no such commission.", "id");
  json allocations = json::array();
  // What was booked and taken back again is history, and nobody's now.
  for (const store::Allocation& part : explained->state.allocations)
    if (part.commission_micro != 0 || part.sale_micro != 0)
      allocations.push_back(allocation_json(store, part));
  return json_response({{"schema", "candor.revenue.explanation/1"},
                        {"commission", commission_json(explained->state)},
                        {"withdrawn", explained->state.kind == store::EventKind::Withdrawn},
                        {"history", history_json(explained->history)},
                        {"matches", matches_json(store, *explained)},
                        {"windows", windows_json(*explained)},
                        {"clicks", clicks_json(store, *explained)},
                        {"division", division_json(store, *explained)},
                        {"divided_with_others", explained->divided_with_others},
                        {"bookings", bookings_json(store, *explained)},
                        {"allocations", std::move(allocations)}});
}

http::Response list_unattributed(Call& call) {
  const auto limit = static_cast<std::size_t>(call.query_number("limit", 50, 1000));
  CommissionId after;
  if (call.query.contains("after"))
    after = CommissionId{call.query_number("after", 1, std::numeric_limits<std::int64_t>::max())};
  const auto queue = jobs::list_unattributed(call.site.store, call.site.zone, after, limit);
  json data = json::array();
  for (const jobs::UnattributedCommission& each : queue) data.push_back(unattributed_json(each));
  json next = nullptr;
  if (queue.size() == limit) next = queue.back().event.commission.value;
  return page_response(call,
                       {{"schema", "candor.revenue.unattributed/1"},
                        {"data", std::move(data)},
                        {"next", std::move(next)}},
                       "after");
}

}  // namespace candor::api
