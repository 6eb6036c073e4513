#include <toml++/toml.h>

#include <array>
#include <sstream>

#include "networks/mapping.h"

namespace candor::networks {
namespace {

constexpr std::array<std::string_view, kColumnRoleCount> kRoleNames{
    "id",       "date",          "commission", "sale",       "status",
    "currency", "sub_id",        "tag",        "product",    "merchant",
    "order_id", "referring_url", "quantity",   "click_date", "posted_date"};

std::unexpected<std::string> refuse(std::string message) {
  return std::unexpected(std::move(message));
}

std::optional<std::string> read_columns(const toml::table& file, Mapping& mapping) {
  const toml::table* columns = file["columns"].as_table();
  if (!columns) return "the mapping has no [columns]";
  for (const auto& [key, value] : *columns) {
    const auto role = find_column_role(key.str());
    const auto name = value.value<std::string>();
    if (!role || !name) return "[columns] knows no \"" + std::string(key.str()) + '"';
    mapping.columns[*role] = *name;
  }
  if (const toml::table* statuses = file["statuses"].as_table())
    for (const auto& [key, value] : *statuses) {
      const auto status = find_commission_status(value.value_or(std::string_view()));
      if (!status) return "[statuses] are pending, approved, reversed or paid";
      mapping.statuses[std::string(key.str())] = *status;
    }
  return std::nullopt;
}

Result<Mapping, std::string> read_file(const toml::table& file) {
  Mapping mapping;
  mapping.name = file["name"].value_or(std::string());
  mapping.network = file["network"].value_or(std::string());
  mapping.zone = file["zone"].value_or(std::string("UTC"));
  if (const auto code = file["currency"].value<std::string>()) {
    mapping.currency = find_currency(*code);
    if (!mapping.currency) return refuse('"' + *code + "\" is no currency");
  }
  if (const auto order = file["dates"].value<std::string>()) {
    if (*order != "day-first" && *order != "month-first")
      return refuse("dates are \"day-first\" or \"month-first\"");
    mapping.day_order = *order == "day-first" ? DayOrder::DayFirst : DayOrder::MonthFirst;
  }
  if (const toml::array* header = file["header"].as_array())
    for (const toml::node& name : *header) mapping.header.push_back(name.value_or(std::string()));
  if (const auto fault = read_columns(file, mapping)) return refuse(*fault);
  if (const auto fault = fault_of(mapping)) return refuse(*fault);
  return mapping;
}

}  // namespace

std::string_view name_of(ColumnRole role) { return kRoleNames.at(static_cast<std::size_t>(role)); }

std::optional<ColumnRole> find_column_role(std::string_view name) {
  for (std::size_t i = 0; i < kRoleNames.size(); ++i)
    if (kRoleNames[i] == name) return static_cast<ColumnRole>(i);
  return std::nullopt;
}

std::string to_toml(const Mapping& mapping) {
  toml::table file;
  file.insert("name", mapping.name);
  file.insert("network", mapping.network);
  file.insert("zone", mapping.zone);
  if (mapping.currency) file.insert("currency", std::string(mapping.currency->text()));
  if (mapping.day_order)
    file.insert("dates", mapping.day_order == DayOrder::DayFirst ? "day-first" : "month-first");
  toml::array header;
  for (const std::string& name : mapping.header) header.push_back(name);
  file.insert("header", std::move(header));
  toml::table columns;
  for (const auto& [role, column] : mapping.columns) columns.insert(name_of(role), column);
  file.insert("columns", std::move(columns));
  toml::table statuses;
  for (const auto& [word, status] : mapping.statuses)
    statuses.insert(word, std::string(name_of(status)));
  if (!statuses.empty()) file.insert("statuses", std::move(statuses));
  std::ostringstream out;
  out << file << '\n';
  return out.str();
}

Result<Mapping, std::string> parse_mapping(std::string_view text) {
  try {
    return read_file(toml::parse(text));
  } catch (const toml::parse_error& error) {
    // The library's way to say that this is no TOML.
    return refuse("not valid TOML: " + std::string(error.description()));
  }
}

}  // namespace candor::networks
