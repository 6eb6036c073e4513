#include "api/contract.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "api/router.h"
#include "contract_files.h"

namespace candor::api {
namespace {

using Json = nlohmann::ordered_json;

Json plain_schema(std::string_view word) {
  if (word == "text") return {{"type", "string"}};
  if (word == "integer") return {{"type", "integer"}};
  if (word == "micro") return {{"type", "integer"}, {"format", "int64"}};
  if (word == "flag") return {{"type", "boolean"}};
  if (word == "time") return {{"type", "string"}, {"format", "date-time"}};
  if (word == "day") return {{"type", "string"}, {"format", "date"}};
  if (word == "bytes") return Json::object();
  if (word == "any") return Json::object();
  return {{"$ref", "#/components/schemas/" + std::string(word)}};
}

Json choice_schema(std::string_view words) {
  Json texts = Json::array();
  Json numbers = Json::array();
  while (!words.empty()) {
    const std::string word(words.substr(0, words.find('|')));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (word.find_first_not_of("0123456789") == std::string::npos)
      numbers.push_back(std::stoi(word));
    texts.push_back(word);
  }
  if (numbers.size() == texts.size()) return {{"type", "integer"}, {"enum", numbers}};
  return {{"type", "string"}, {"enum", texts}};
}

Json nullable(Json schema) {
  if (!schema.contains("type")) return {{"anyOf", {std::move(schema), {{"type", "null"}}}}};
  schema["type"] = {schema["type"], "null"};
  return schema;
}

Json type_schema(std::string_view type) {
  constexpr std::string_view kOr = " or ";
  if (const auto at = type.find(kOr); at != std::string_view::npos)
    return {
        {"anyOf", {type_schema(type.substr(0, at)), type_schema(type.substr(at + kOr.size()))}}};
  if (type.ends_with('?')) return nullable(type_schema(type.substr(0, type.size() - 1)));
  if (type.ends_with('!')) return type_schema(type.substr(0, type.size() - 1));
  if (type.ends_with("[]"))
    return {{"type", "array"}, {"items", type_schema(type.substr(0, type.size() - 2))}};
  if (type.ends_with("{}"))
    return {{"type", "object"},
            {"additionalProperties", type_schema(type.substr(0, type.size() - 2))}};
  constexpr std::string_view kChoice = "one of ";
  if (type.starts_with(kChoice)) return choice_schema(type.substr(kChoice.size()));
  return plain_schema(type);
}

Json object_schema(const Json& members) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const auto& [name, said] : members.items()) {
    if (name == "?") continue;
    const bool optional = name.ends_with('?');
    const std::string plain = optional ? name.substr(0, name.size() - 1) : name;
    properties[plain] = schema_of(said);
    if (!optional) required.push_back(plain);
  }
  Json schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return members.contains("?") ? nullable(std::move(schema)) : schema;
}

/// The members of a list's rows: the answer's schema has them in data.
std::vector<std::string> columns_of(const Json& schemas, const Json& says) {
  std::vector<std::string> columns;
  const Json& list = schemas.at(says.at("answer").get<std::string>());
  const std::string row = list.at("properties").at("data").at("items").at("$ref");
  for (const auto& [name, schema] :
       schemas.at(row.substr(row.rfind('/') + 1)).at("properties").items())
    columns.push_back(name);
  return columns;
}

struct Contracts {
  std::map<std::string, Contract, std::less<>> by_name;
  Json schemas = Json::object();
};

Contracts read_files() {
  Contracts all;
  std::vector<Json> files;
  for (const auto& file : contract_files::files()) files.push_back(Json::parse(file.content));
  for (const Json& file : files)
    for (const auto& [name, members] : file.at("schemas").items())
      if (!all.schemas.emplace(name, object_schema(members)).second)
        throw std::logic_error("two schemas are named " + name);
  for (const Json& file : files) {
    for (const auto& [name, says] : file.at("operations").items()) {
      Contract contract{.says = says, .query = {}, .csv = says.value("csv", false), .columns = {}};
      if (says.contains("query"))
        for (const auto& [parameter, said] : says.at("query").items())
          contract.query.push_back(parameter);
      if (contract.csv) contract.columns = columns_of(all.schemas, says);
      all.by_name.emplace(name, std::move(contract));
    }
  }
  return all;
}

const Contracts& contracts() {
  static const Contracts all = read_files();
  return all;
}

}  // namespace

bool Contract::takes(std::string_view parameter) const {
  return std::ranges::find(query, parameter) != query.end();
}

bool Contract::speaks_csv() const {
  if (csv) return true;
  const auto also = says.find("also");
  return also != says.end() && std::ranges::find(*also, Json("text/csv")) != also->end();
}

const Contract* find_contract(const Route& route) {
  const auto& all = contracts().by_name;
  const auto found = all.find(std::string(route.method) + " " + std::string(route.pattern));
  return found == all.end() ? nullptr : &found->second;
}

std::vector<std::string> contract_names() {
  std::vector<std::string> names;
  for (const auto& [name, contract] : contracts().by_name) names.push_back(name);
  return names;
}

const Json& contract_schemas() { return contracts().schemas; }

Json schema_of(const Json& said) {
  if (said.is_object()) return object_schema(said);
  const std::string line = said.get<std::string>();
  const std::size_t colon = line.find(": ");
  Json schema = type_schema(std::string_view(line).substr(0, colon));
  if (colon != std::string::npos) schema["description"] = line.substr(colon + 2);
  return schema;
}

}  // namespace candor::api
