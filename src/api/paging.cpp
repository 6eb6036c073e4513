#include "api/paging.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "api/contract.h"
#include "api/problem.h"
#include "base/ascii.h"
#include "link/url.h"
#include "report/csv.h"

namespace candor::api {
namespace {

using nlohmann::json;

std::string field_of(const json& row, const std::string& name) {
  const auto found = row.find(name);
  if (found == row.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>()
                            : found->dump(-1, ' ', false, json::error_handler_t::replace);
}

void append_line(std::string& text, const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) text += ',';
    report::append_csv_field(text, fields[i]);
  }
  text += "\r\n";
}

/// Does the client's Accept name it, and not JSON before it?
bool prefers_csv(const http::Request& request) {
  const std::string accept = ascii::to_lower(request.find_header("Accept").value_or(""));
  const auto csv = accept.find("text/csv");
  return csv != std::string::npos && csv < accept.find("application/json");
}

}  // namespace

http::Response page_response(const Call& call, json body, std::string_view parameter) {
  const json next = body.value("next", json());
  http::Response response = json_response(body);
  if (next.is_null()) return response;
  std::string target = call.request.path;
  char sign = '?';
  for (const auto& [name, value] : call.query) {
    if (name == parameter) continue;
    target += sign + percent_encode(name) + "=" + percent_encode(value);
    sign = '&';
  }
  target += sign + std::string(parameter) + "=" +
            percent_encode(next.is_string() ? next.get<std::string>() : next.dump());
  response.headers.emplace_back("Link", "<" + target + ">; rel=\"next\"");
  return response;
}

std::int64_t before_of(const Call& call) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return call.query_number("before", kMost, kMost);
}

http::Response csv_response(const Call& call, const http::Response& list) {
  const json body = json::parse(list.body);
  const json& rows = body.at("data");
  std::vector<std::string> shown;
  for (const std::string& column : call.contract->columns)
    if (rows.empty() ||
        std::ranges::any_of(rows, [&](const json& row) { return row.contains(column); }))
      shown.push_back(column);
  http::Response response = list;
  response.body.clear();
  append_line(response.body, shown);
  for (const json& row : rows) {
    std::vector<std::string> fields;
    for (const std::string& column : shown) fields.push_back(field_of(row, column));
    append_line(response.body, fields);
  }
  for (auto& [name, value] : response.headers)
    if (name == "Content-Type") value = "text/csv; charset=utf-8";
  const std::string name = call.request.path.substr(call.request.path.rfind('/') + 1);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
  return response;
}

void choose_format(Call& call) {
  if (!call.query.contains("format") && prefers_csv(call.request)) call.query["format"] = "csv";
}

bool asks_csv(const Call& call) {
  const std::string format = call.query_value("format");
  if (!format.empty() && format != "json" && format != "csv")
    throw Problem(422, "format is json or csv.", "format");
  return format == "csv";
}

}  // namespace candor::api
