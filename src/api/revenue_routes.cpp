// Report files of networks: see what one would do, import it, list what was imported.
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/attribution_json.h"
#include "api/money_json.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/rfc3339.h"
#include "jobs/import_report.h"
#include "jobs/mapping_files.h"
#include "rollup/site_zone.h"

namespace candor::api {

using nlohmann::json;

json import_json(const store::Import& import) {
  return {{"id", import.id ? json(import.id.value) : json(nullptr)},
          {"kind", name_of(import.kind)},
          {"network", import.network},
          {"report", import.report},
          {"account", import.account},
          {"file_name", import.file_name},
          {"imported_at", format_rfc3339(import.imported_at_ms)},
          {"row_count", import.row_count},
          {"new_count", import.new_count},
          {"changed_count", import.changed_count},
          {"unchanged_count", import.unchanged_count},
          {"bad_count", import.bad_count},
          {"withdrawn_count", import.withdrawn_count},
          {"from", import.by_range ? json(rollup::format_day(import.from_day)) : json(nullptr)},
          {"to", import.by_range ? json(rollup::format_day(import.to_day)) : json(nullptr)},
          {"undone_at",
           import.undone_at_ms ? json(format_rfc3339(*import.undone_at_ms)) : json(nullptr)}};
}

json row_errors_json(const std::vector<RowError>& errors) {
  json out = json::array();
  for (const RowError& error : errors)
    out.push_back({{"row", error.row},
                   {"column", error.column},
                   {"reason", error.reason},
                   {"text", error.text}});
  return out;
}

json commission_json(const store::CommissionState& state) {
  return {{"id", state.id.value},
          {"network", state.network},
          {"identity", state.row.identity},
          {"event_at", format_rfc3339(state.row.event_at_ms)},
          {"status", name_of(state.row.status)},
          {"currency", state.row.currency.text()},
          {"commission_micro", state.row.commission_micro},
          {"sale_micro", state.row.sale_micro},
          {"tier", state.match ? json(attribution::name_of(state.match->tier)) : json(nullptr)},
          {"reason", state.match ? state.match->reason : "not attributed yet"}};
}

namespace {

std::optional<store::ImportKind> kind_of(const Call& call) {
  const std::string text = call.query_value("kind");
  if (text.empty()) return std::nullopt;
  using enum store::ImportKind;
  for (const auto kind : {File, Pull, Postback})
    if (name_of(kind) == text) return kind;
  throw Problem(422, "kind is file, pull or postback.", "kind");
}

}  // namespace

http::Response list_imports(Call& call) {
  constexpr std::size_t kMostImports = 1'000'000;
  const std::int64_t limit = call.query_number("limit", 200, 1000);
  const std::int64_t before = before_of(call);
  auto imports = call.site.store.list_imports(kMostImports, kind_of(call));
  std::erase_if(imports, [&](const store::Import& import) { return import.id.value >= before; });
  const bool more = cut_to(imports, limit);
  json data = json::array();
  for (const auto& import : imports) data.push_back(import_json(import));
  return page_response(call,
                       {{"schema", "candor.revenue.imports/1"},
                        {"data", std::move(data)},
                        {"next", more ? json(std::to_string(imports.back().id.value)) : json()}},
                       "before");
}

namespace {

/// A day of the query, for reports that name none.
std::optional<std::int32_t> day_of(Call& call, const char* name) {
  const std::string text = call.query_value(name);
  if (text.empty()) return std::nullopt;
  const auto day = rollup::parse_day(text);
  if (!day) throw Problem(422, day.error() + ".", name);
  return *day;
}

networks::ReportOptions options_of(Call& call) {
  networks::ReportOptions options;
  options.network = call.query_value("network");
  options.account = call.query_value("account");
  options.from_day = day_of(call, "from");
  options.to_day = day_of(call, "to");
  if (const std::string code = call.query_value("currency"); !code.empty()) {
    options.currency = find_currency(code);
    if (!options.currency)
      throw Problem(422, "\"" + code + "\" is no ISO 4217 currency code.", "currency");
  }
  return options;
}

struct Words {
  const char* kind;
  const char* field;
};
Words words_for(networks::ReportError::Kind kind) {
  using enum networks::ReportError::Kind;
  switch (kind) {
    case UnknownLayout:
      return {"unknown_layout", "file"};
    case WrongNetwork:
      return {"wrong_network", "network"};
    case CurrencyNeeded:
      return {"currency_needed", "currency"};
    case RangeNeeded:
      return {"range_needed", "from"};
    case NotText:
      return {"not_text", "file"};
    case Empty:
      break;
  }
  return {"empty", "file"};
}

[[noreturn]] void refuse(const std::string& name, const networks::ReportError& error) {
  const Words words = words_for(error.kind);
  Problem problem(422, name + ": " + error.message, words.field);
  problem.kind = words.kind;
  if (error.kind == networks::ReportError::Kind::UnknownLayout)
    problem.next = "/api/v1/revenue/mappings/guess";
  throw problem;
}

bool is_dry_run(const Call& call) {
  const std::string text = call.query_value("dry_run");
  if (text != "" && text != "true" && text != "false")
    throw Problem(422, "dry_run is true or false.", "dry_run");
  return text == "true";
}

/// What the file says, by currency and status.
json totals_json(const std::vector<CommissionRow>& rows) {
  struct Total {
    std::int64_t rows = 0, commission_micro = 0, sale_micro = 0;
  };
  std::map<std::pair<std::string, CommissionStatus>, Total> totals;
  for (const CommissionRow& row : rows) {
    Total& total = totals[{std::string(row.currency.text()), row.status}];
    ++total.rows;
    total.commission_micro += row.commission_micro;
    total.sale_micro += row.sale_micro;
  }
  json out = json::array();
  for (const auto& [key, total] : totals)
    out.push_back({{"currency", key.first},
                   {"status", name_of(key.second)},
                   {"row_count", total.rows},
                   {"commission_micro", total.commission_micro},
                   {"sale_micro", total.sale_micro}});
  return out;
}

json examples_json(const std::vector<CommissionRow>& rows) {
  constexpr std::size_t kExamples = 5;
  json out = json::array();
  for (const CommissionRow& row : rows) {
    if (out.size() == kExamples) break;
    out.push_back({{"identity", row.identity},
                   {"event_at", format_rfc3339(row.event_at_ms)},
                   {"status", name_of(row.status)},
                   {"currency", row.currency.text()},
                   {"commission_micro", row.commission_micro},
                   {"sale_micro", row.sale_micro},
                   {"quantity", row.quantity},
                   {"merchant", row.merchant},
                   {"product", row.product},
                   {"sub_id", row.sub_id},
                   {"tag", row.tag},
                   {"order_id", row.order_id}});
  }
  return out;
}

http::Response preview(Call& call, const std::string& name,
                       const networks::ReportOptions& options) {
  call.note.unchanged = true;
  const std::scoped_lock lock(call.site.nightly_mutex);
  const auto result =
      jobs::preview_report(call.site.store, call.site.clock, call.request.body, name, options,
                           call.site.nightly.currency, call.site.zone,
                           jobs::load_mappings(call.site.nightly.mapping_directory));
  if (!result) refuse(name, result.error());
  const networks::ReportFile& file = result->file;
  return json_response(
      {{"schema", "candor.revenue.preview/1"},
       {"dry_run", true},
       {"import", import_json(result->import)},
       {"repeated", result->repeated},
       {"layout",
        {{"network", file.network},
         {"report", file.report},
         {"certainty", networks::name_of(file.certainty)},
         {"mapping", file.mapping.empty() ? json(nullptr) : json(file.mapping)},
         {"identity", file.identity == networks::RowIdentity::ById ? "id" : "range"}}},
       {"totals", totals_json(file.rows)},
       {"examples", examples_json(file.rows)},
       {"errors", row_errors_json(file.errors)}});
}

}  // namespace

http::Response import_report(Call& call) {
  const networks::ReportOptions options = options_of(call);
  std::string name = call.query_value("file_name");
  if (name.empty()) name = "upload";
  if (is_dry_run(call)) return preview(call, name, options);
  // Two at once would both book what both have read, and so would the nightly job.
  const std::scoped_lock lock(call.site.nightly_mutex);
  auto result = jobs::import_report(call.site.store, call.site.clock, call.request.body, name,
                                    options, call.site.nightly.currency, call.site.zone,
                                    jobs::load_mappings(call.site.nightly.mapping_directory));
  if (!result) refuse(name, result.error());
  // What came in is credited at once, so that the answer to "what did it earn" need not wait for
  // the night.
  attribute_again(call);
  json unbalanced = json::array();
  for (const LedgerLine& line : call.site.store.check_ledger(call.site.zone))
    if (line.difference_micro() != 0) unbalanced.push_back(ledger_line_json(line));
  return json_response({{"import", import_json(result->import)},
                        {"errors", row_errors_json(result->errors)},
                        {"repeated", result->repeated},
                        {"balanced", unbalanced.empty()},
                        {"unbalanced", std::move(unbalanced)}});
}

}  // namespace candor::api
