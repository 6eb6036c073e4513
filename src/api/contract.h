#pragma once
// What each route takes and answers, as the files of contract/ say: its query parameters, its body
// and the shape of its answers. One source for the OpenAPI document, its page, the command line's
// help and the columns of CSV.
//
// In those files a member is said in a line, TYPE or TYPE: DESCRIPTION. Types are text, integer,
// micro (millionths of a currency's main unit), flag, time, day, bytes, any, "one of a|b|c", or a
// schema's name; behind them [] is a list of it, {} an object of it by name, ? that it may be null,
// and ! that a parameter must be there; "A or B" is
// either. A member's own name with ? behind may be absent.
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candor::api {

struct Route;

struct Contract {
  nlohmann::ordered_json says;       ///< as the file has it
  std::vector<std::string> query;    ///< names of its parameters
  bool csv = false;                  ///< a list that also goes out as CSV
  std::vector<std::string> columns;  ///< of that, in order

  bool takes(std::string_view parameter) const;
  /// Whether text/csv is among its answers.
  bool speaks_csv() const;
};

/// Null for a route that no file speaks of. Callable from any thread.
const Contract* find_contract(const Route& route);

/// "METHOD /path" of every operation that a file speaks of.
std::vector<std::string> contract_names();

/// JSON Schema (2020-12) by name, of all files.
const nlohmann::ordered_json& contract_schemas();

/// The JSON Schema of a line, or of an object of members.
nlohmann::ordered_json schema_of(const nlohmann::ordered_json& said);

}  // namespace candor::api
