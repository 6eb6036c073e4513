// The ledger: what was imported and can be taken back, what is known of a commission, whether all
// of it adds up, and what a network's statement says beside it.
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/attribution_json.h"
#include "api/members.h"
#include "api/money_json.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"

namespace candor::api {

using nlohmann::json;

json ledger_line_json(const LedgerLine& line) {
  return {{"network", line.network},
          {"account", line.account},
          {"currency", line.currency.text()},
          {"status", name_of(line.status)},
          {"period", line.period},
          {"imported_micro", line.imported_micro},
          {"attributed_micro", line.attributed_micro},
          {"unattributed_micro", line.unattributed_micro},
          {"difference_micro", line.difference_micro()}};
}

namespace {

json event_json(const store::CommissionEvent& event) {
  return {{"id", event.id},
          {"kind", name_of(event.kind)},
          {"effective", event.effective},
          {"recorded_at", format_rfc3339(event.recorded_at_ms)},
          {"import", event.import.value},
          {"file_name", event.file_name},
          {"undone", event.undone},
          {"status", name_of(event.row.status)},
          {"event_at", format_rfc3339(event.row.event_at_ms)},
          {"posted_at",
           event.row.posted_at_ms ? json(format_rfc3339(*event.row.posted_at_ms)) : json(nullptr)},
          {"currency", event.row.currency.text()},
          {"commission_micro", event.row.commission_micro},
          {"sale_micro", event.row.sale_micro},
          {"quantity", event.row.quantity}};
}

json allocation_json(const store::Store& store, const store::Allocation& allocation,
                     Currency currency) {
  const auto article = allocation.article ? store.find_article(allocation.article) : std::nullopt;
  return {{"article_id", allocation.article ? json(allocation.article.value) : json(nullptr)},
          {"path", article ? json(article->path) : json(nullptr)},
          {"currency", currency.text()},
          {"commission_micro", allocation.commission_micro},
          {"sale_micro", allocation.sale_micro}};
}

json reconciled_json(const ReconciledLine& line) {
  return {{"network", line.statement.network},
          {"account", line.statement.account},
          {"currency", line.statement.currency.text()},
          {"period", line.statement.period},
          {"stated", line.stated},
          {"statement_micro", line.statement.micro},
          {"ledger_micro", line.ledger_micro},
          {"difference_micro", line.difference_micro()}};
}

}  // namespace

http::Response undo_import(Call& call) {
  refuse_members(call, "Taking an import back");
  const ImportId id{path_number(call, "id")};
  const std::scoped_lock lock(call.site.nightly_mutex);
  const auto import = call.site.store.undo_import(id, to_ms(call.site.clock.now()));
  if (!import) throw Problem(404, "There is no such import.", "id");
  // What it booked is taken from the articles at once.
  attribute_again(call);
  return json_response({{"import", import_json(*import)}});
}

http::Response show_commission(Call& call) {
  const CommissionId id{path_number(call, "id")};
  const auto state = call.site.store.find_commission(id);
  if (!state) throw Problem(404, "There is no such commission.", "id");
  json allocations = json::array();
  for (const auto& allocation : state->allocations)
    allocations.push_back(allocation_json(call.site.store, allocation, state->row.currency));
  json history = json::array();
  for (const auto& event : call.site.store.list_history(id)) history.push_back(event_json(event));
  return json_response({{"schema", "candor.revenue.commission/1"},
                        {"commission", commission_json(*state)},
                        {"withdrawn", state->kind == store::EventKind::Withdrawn},
                        {"allocations", std::move(allocations)},
                        {"history", std::move(history)}});
}

http::Response check_ledger(Call& call) {
  json data = json::array();
  bool balanced = true;
  for (const LedgerLine& line : call.site.store.check_ledger(call.site.zone)) {
    balanced = balanced && line.difference_micro() == 0;
    data.push_back(ledger_line_json(line));
  }
  return json_response({{"schema", "candor.revenue.check/1"},
                        {"zone", call.site.zone.name()},
                        {"balanced", balanced},
                        {"data", std::move(data)}});
}

http::Response reconcile_statement(Call& call) {
  const auto statement = read_statement(call.request.body);
  if (!statement) throw Problem(422, statement.error() + ".", "file");
  json data = json::array();
  bool agrees = true;
  for (const ReconciledLine& line :
       reconcile(statement->lines, call.site.store.check_ledger(call.site.zone))) {
    agrees = agrees && line.difference_micro() == 0;
    data.push_back(reconciled_json(line));
  }
  return json_response({{"schema", "candor.revenue.reconcile/1"},
                        {"agrees", agrees},
                        {"data", std::move(data)},
                        {"errors", row_errors_json(statement->errors)}});
}

http::Response import_rates(Call& call) {
  const auto file = read_ecb_rates(call.request.body);
  if (!file) throw Problem(422, file.error() + ".", "file");
  const auto [first, last] = std::ranges::minmax_element(file->rates, {}, &ExchangeRate::day);
  json days =
      file->rates.empty()
          ? json(nullptr)
          : json({{"from", rollup::format_day(first->day)}, {"to", rollup::format_day(last->day)}});
  const std::int64_t added = call.site.store.add_rates(file->rates);
  return json_response({{"schema", "candor.rates.import/1"},
                        {"rate_count", file->rates.size()},
                        {"new_count", added},
                        {"days", std::move(days)},
                        {"skipped", file->skipped},
                        {"errors", row_errors_json(file->errors)}});
}

http::Response list_rates(Call& call) {
  const std::string text = call.query_value("day");
  const auto day = rollup::parse_day(text);
  if (!day) throw Problem(422, "day is a day like 2026-03-02.", "day");
  json data = json::array();
  for (const ExchangeRate& rate : call.site.store.list_rates(*day, *day))
    data.push_back({{"id", rate.id},
                    {"day", rollup::format_day(rate.day)},
                    {"currency", rate.currency.text()},
                    {"per_euro_micro", rate.per_euro_micro}});
  return json_response({{"schema", "candor.rates/1"}, {"data", std::move(data)}});
}

}  // namespace candor::api
