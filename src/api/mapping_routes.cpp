// Reports of layouts that Candor does not know: what their columns may mean, and what the owner
// said that they do.
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "jobs/mapping_files.h"
#include "networks/mapping.h"
#include "networks/report_layout.h"

namespace candor::api {
namespace {

using networks::ColumnRole;
using networks::Mapping;
using nlohmann::json;

std::string_view name_of(networks::DayOrder order) {
  return order == networks::DayOrder::DayFirst ? "day-first" : "month-first";
}

json mapping_json(const Mapping& mapping) {
  json columns = json::object();
  for (const auto& [role, column] : mapping.columns)
    columns[std::string(networks::name_of(role))] = column;
  json statuses = json::object();
  for (const auto& [word, status] : mapping.statuses) statuses[word] = candor::name_of(status);
  return {{"name", mapping.name},
          {"network", mapping.network},
          {"header", mapping.header},
          {"columns", std::move(columns)},
          {"currency", mapping.currency ? json(mapping.currency->text()) : json(nullptr)},
          {"zone", mapping.zone},
          {"dates", mapping.day_order ? json(name_of(*mapping.day_order)) : json(nullptr)},
          {"statuses", std::move(statuses)}};
}

void read_columns(const json& body, Mapping& mapping) {
  const auto columns = body.find("columns");
  if (columns == body.end() || !columns->is_object())
    throw Problem(422, "columns says what each column means: {\"date\": \"Sale date\"}.",
                  "columns");
  for (const auto& [meaning, column] : columns->items()) {
    const std::string field = "columns." + meaning;
    const auto role = networks::find_column_role(meaning);
    if (!role) throw Problem(422, "A column cannot mean \"" + meaning + "\".", field);
    if (column.is_null()) continue;
    if (!column.is_string()) throw Problem(422, field + " is a column's name.", field);
    mapping.columns[*role] = networks::plain_column(column.get<std::string>());
  }
}

void read_statuses(const json& body, Mapping& mapping) {
  const auto statuses = body.find("statuses");
  if (statuses == body.end() || statuses->is_null()) return;
  if (!statuses->is_object())
    throw Problem(422, "statuses says what words mean: {\"in review\": \"pending\"}.", "statuses");
  for (const auto& [word, told] : statuses->items()) {
    const auto status =
        told.is_string() ? find_commission_status(told.get<std::string>()) : std::nullopt;
    if (!status)
      throw Problem(422, "A status is pending, approved, reversed or paid.", "statuses." + word);
    mapping.statuses[ascii::to_lower(word)] = *status;
  }
}

void read_header(const json& body, Mapping& mapping) {
  const auto header = body.find("header");
  if (header == body.end() || !header->is_array() || header->empty())
    throw Problem(422, "header lists the columns that a file must have.", "header");
  for (const json& name : *header) {
    if (!name.is_string()) throw Problem(422, "header is a list of names.", "header");
    mapping.header.push_back(networks::plain_column(name.get<std::string>()));
  }
}

Mapping read_mapping(const Call& call, const std::string& name) {
  const json body =
      read_body(call, "A mapping",
                {"name", "network", "header", "columns", "currency", "zone", "dates", "statuses"});
  Mapping mapping;
  mapping.name = name;
  if (const std::string told = text_member(body, "name"); !told.empty() && told != name)
    throw Problem(422, "The body's name is not the address's.", "name");
  mapping.network = text_member(body, "network");
  if (mapping.network.empty()) mapping.network = name;
  if (const std::string zone = text_member(body, "zone"); !zone.empty()) mapping.zone = zone;
  if (const std::string code = text_member(body, "currency"); !code.empty()) {
    mapping.currency = find_currency(code);
    if (!mapping.currency)
      throw Problem(422, "\"" + code + "\" is no ISO 4217 currency code.", "currency");
  }
  if (const std::string dates = text_member(body, "dates"); !dates.empty()) {
    if (dates != "day-first" && dates != "month-first")
      throw Problem(422, "dates is day-first or month-first.", "dates");
    mapping.day_order =
        dates == "day-first" ? networks::DayOrder::DayFirst : networks::DayOrder::MonthFirst;
  }
  read_header(body, mapping);
  read_columns(body, mapping);
  read_statuses(body, mapping);
  if (const auto faults = faults_of(mapping); !faults.empty())
    throw Problem(422, "Of the mapping, " + faults.front().message + ".", faults.front().field);
  return mapping;
}

Mapping find_mapping(const Call& call) {
  const std::string& name = call.path.find("name")->second;
  for (Mapping& mapping : jobs::load_mappings(call.site.nightly.mapping_directory))
    if (mapping.name == name) return std::move(mapping);
  throw Problem(404, "There is no mapping \"" + name + "\".", "name");
}

/// What the guess leaves open; a name is the owner's to choose.
json faults_json(Mapping mapping) {
  mapping.name = mapping.network = "unnamed";
  json faults = json::array();
  for (const networks::MappingFault& fault : faults_of(mapping))
    faults.push_back({{"field", fault.field}, {"message", fault.message}});
  if (!mapping.currency && !mapping.columns.contains(ColumnRole::Currency))
    faults.push_back({{"field", "currency"}, {"message", "nothing says the currency"}});
  return faults;
}

json meanings_json(const networks::MappingGuess& guess) {
  json meanings = json::array();
  for (int i = 0; i < networks::kColumnRoleCount; ++i) {
    const auto role = static_cast<ColumnRole>(i);
    json meaning{{"meaning", networks::name_of(role)},
                 {"needed", role == ColumnRole::Date || role == ColumnRole::Commission},
                 {"column", nullptr},
                 {"example", nullptr}};
    const auto column = guess.mapping.columns.find(role);
    for (std::size_t at = 0; at < guess.header.size(); ++at) {
      if (column == guess.mapping.columns.end() || guess.mapping.header[at] != column->second)
        continue;
      meaning["column"] = guess.header[at];
      for (const auto& row : guess.examples)
        if (meaning["example"].is_null() && !row[at].empty()) meaning["example"] = row[at];
    }
    meanings.push_back(std::move(meaning));
  }
  return meanings;
}

/// A layout that needs no mapping, though it may need to be told a currency or days.
json known_json(const std::string& bytes) {
  const auto known = networks::read_report(bytes, {});
  if (known)
    return {{"network", known->network},
            {"report", known->report},
            {"certainty", networks::name_of(known->certainty)}};
  using enum networks::ReportError::Kind;
  if (known.error().kind == CurrencyNeeded || known.error().kind == RangeNeeded)
    return {{"network", nullptr}, {"report", nullptr}, {"certainty", nullptr}};
  return nullptr;
}

}  // namespace

http::Response list_mappings(Call& call) {
  json data = json::array();
  for (const Mapping& mapping : jobs::load_mappings(call.site.nightly.mapping_directory))
    data.push_back(mapping_json(mapping));
  return json_response({{"schema", "candor.revenue.mappings/1"}, {"data", std::move(data)}});
}

http::Response show_mapping(Call& call) { return json_response(mapping_json(find_mapping(call))); }

http::Response save_mapping(Call& call) {
  const std::string& name = call.path.find("name")->second;
  const Mapping mapping = read_mapping(call, name);
  const std::scoped_lock lock(call.site.nightly_mutex);
  jobs::save_mapping(call.site.nightly.mapping_directory, mapping);
  return json_response(mapping_json(mapping));
}

http::Response remove_mapping(Call& call) {
  const std::string& name = call.path.find("name")->second;
  const std::scoped_lock lock(call.site.nightly_mutex);
  if (!jobs::remove_mapping(call.site.nightly.mapping_directory, name))
    throw Problem(404, "There is no mapping \"" + name + "\".", "name");
  return json_response({{"name", name}});
}

http::Response guess_mapping(Call& call) {
  call.note.unchanged = true;
  const auto guess = networks::guess_mapping(call.request.body);
  if (!guess) throw Problem(422, "No columns: " + guess.error().message + ".", "file");
  json mapping = mapping_json(guess->mapping);
  mapping["name"] = mapping["network"] = nullptr;
  return json_response({{"schema", "candor.revenue.mapping_guess/1"},
                        {"header", guess->header},
                        {"examples", guess->examples},
                        {"mapping", std::move(mapping)},
                        {"meanings", meanings_json(*guess)},
                        {"faults", faults_json(guess->mapping)},
                        {"known", known_json(call.request.body)}});
}

}  // namespace candor::api
