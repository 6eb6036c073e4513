#include "link/targeting_json.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "base/rfc3339.h"
#include "link/link.h"
#include "link/url.h"

namespace candor {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxValues = 300;  // of one condition: more than there are countries
constexpr std::size_t kMaxTextBytes = 200;
constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
constexpr std::array<std::string_view, 5> kUtmNames{"source", "medium", "campaign", "term",
                                                    "content"};

// Thrown inside this file only: a rule is read by a dozen functions that would all have to pass an
// error up.
struct Refusal {
  LinkError error;
};

[[noreturn]] void refuse(const std::string& path, std::string message) {
  throw Refusal{{.field = path, .message = std::move(message)}};
}

std::string at(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

void check_members(const json& object, const std::string& path,
                   std::initializer_list<std::string_view> known) {
  if (!object.is_object()) refuse(path, "must be an object");
  for (const auto& [name, value] : object.items())
    if (std::ranges::find(known, name) == known.end())
      refuse(path.empty() ? name : path + "." + name,
             "\"" + name + "\" is no member that Candor knows");
}

const json* find(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text_of(const json& value, const std::string& path, std::size_t most = kMaxTextBytes) {
  if (!value.is_string()) refuse(path, "must be text");
  auto text = value.get<std::string>();
  if (text.size() > most) refuse(path, "is longer than " + std::to_string(most) + " bytes");
  return text;
}

/// A list, or one value on its own.
template <class Read>
auto list_of(const json& object, const char* name, const std::string& path, Read read) {
  std::vector<decltype(read(object, path))> out;
  const json* list = find(object, name);
  if (list == nullptr) return out;
  if (!list->is_array()) refuse(path, "must be a list");
  if (list->size() > kMaxValues) refuse(path, "has more than 300 entries");
  for (std::size_t i = 0; i < list->size(); ++i) out.push_back(read((*list)[i], at(path, i)));
  return out;
}

Country read_country(const json& value, const std::string& path) {
  const auto country = Country::parse(text_of(value, path));
  if (!country) refuse(path, "must be two letters as in ISO 3166: \"DE\"");
  return *country;
}

Device read_device(const json& value, const std::string& path) {
  const auto device = find_device(text_of(value, path));
  if (!device) refuse(path, "must be desktop, mobile, tablet, tv or unknown");
  return *device;
}

Os read_os(const json& value, const std::string& path) {
  const auto os = find_os(text_of(value, path));
  if (!os) refuse(path, "must be windows, macos, linux, chromeos, android, ios, other or unknown");
  return *os;
}

std::string read_language(const json& value, const std::string& path) {
  std::string language = ascii::to_lower(text_of(value, path));
  const bool letters = std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; });
  if (language.size() < 2 || language.size() > 3 || !letters)
    refuse(path, "must be a language without its region: \"de\"");
  return language;
}

QueryCondition read_query_condition(const json& value, const std::string& path) {
  check_members(value, path, {"name", "equals"});
  QueryCondition condition;
  if (const json* name = find(value, "name")) condition.name = text_of(*name, path + ".name");
  if (condition.name.empty()) refuse(path + ".name", "names no parameter");
  if (const json* equals = find(value, "equals"))
    condition.equals = text_of(*equals, path + ".equals");
  return condition;
}

std::uint8_t read_weekday(const json& value, const std::string& path) {
  const std::string text = text_of(value, path);
  const auto found = std::ranges::find(kWeekdays, text);
  if (found == kWeekdays.end()) refuse(path, "must be mon, tue, wed, thu, fri, sat or sun");
  return static_cast<std::uint8_t>(1U << (found - kWeekdays.begin()));
}

std::uint16_t read_minute(std::string_view text, const std::string& path) {
  const auto digit = [&](std::size_t i) { return ascii::is_digit(text[i]) ? text[i] - '0' : 100; };
  const bool shaped = text.size() == 5 && text[2] == ':';
  const int hour = shaped ? digit(0) * 10 + digit(1) : 100;
  const int minute = shaped ? digit(3) * 10 + digit(4) : 100;
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
    refuse(path, "must be two times of the day: \"22:00-06:00\"");
  return static_cast<std::uint16_t>(hour * 60 + minute);
}

Schedule read_schedule(const json& value, const std::string& path, const ReadInstant& instant) {
  check_members(value, path, {"from", "until", "weekdays", "hours"});
  Schedule schedule;
  const auto moment = [&](const char* name) -> std::optional<std::int64_t> {
    const json* found = find(value, name);
    if (found == nullptr) return std::nullopt;
    const std::string where = path + "." + name;
    const auto at_ms = instant(text_of(*found, where));
    if (!at_ms) refuse(where, "must be a time like 2026-12-24T12:00:00Z");
    return at_ms;
  };
  schedule.from_ms = moment("from");
  schedule.until_ms = moment("until");
  if (schedule.from_ms && schedule.until_ms && *schedule.until_ms <= *schedule.from_ms)
    refuse(path + ".until", "is not after \"from\"");
  for (const std::uint8_t day : list_of(value, "weekdays", path + ".weekdays", read_weekday))
    schedule.weekdays = static_cast<std::uint8_t>(schedule.weekdays | day);
  if (const json* hours = find(value, "hours")) {
    const std::string where = path + ".hours";
    const std::string text = text_of(*hours, where);
    const std::size_t dash = text.find('-');
    schedule.from_minute = read_minute(text.substr(0, dash), where);
    schedule.until_minute =
        read_minute(dash == std::string::npos ? "" : text.substr(dash + 1), where);
    if (schedule.from_minute == schedule.until_minute || schedule.from_minute == 24 * 60)
      refuse(where, "would never hold");
  }
  return schedule;
}

std::string read_destination(const json& value, const std::string& path) {
  std::string text = text_of(value, path, 8192);
  if (const auto url = parse_url(text); !url) refuse(path, std::string(message_of(url.error())));
  return text;
}

SplitTarget read_split_target(const json& value, const std::string& path) {
  check_members(value, path, {"destination", "weight"});
  SplitTarget target;
  const json* destination = find(value, "destination");
  if (destination == nullptr) refuse(path + ".destination", "is missing");
  target.destination = read_destination(*destination, path + ".destination");
  if (const json* weight = find(value, "weight")) {
    const bool whole = weight->is_number_integer() && *weight >= 1 && *weight <= kMaxWeight;
    if (!whole) refuse(path + ".weight", "must be a whole number from 1 to 1000");
    target.weight = weight->get<std::uint16_t>();
  }
  return target;
}

TargetingRule read_rule(const json& value, const std::string& path, const ReadInstant& instant) {
  check_members(value, path,
                {"name", "country", "country_not", "device", "os", "language", "schedule", "query",
                 "destination", "split"});
  TargetingRule rule;
  if (const json* name = find(value, "name")) rule.name = text_of(*name, path + ".name");
  rule.countries = list_of(value, "country", path + ".country", read_country);
  rule.other_than = list_of(value, "country_not", path + ".country_not", read_country);
  rule.devices = list_of(value, "device", path + ".device", read_device);
  rule.systems = list_of(value, "os", path + ".os", read_os);
  rule.languages = list_of(value, "language", path + ".language", read_language);
  if (const json* schedule = find(value, "schedule"))
    rule.schedule = read_schedule(*schedule, path + ".schedule", instant);
  rule.query = list_of(value, "query", path + ".query", read_query_condition);
  rule.targets = list_of(value, "split", path + ".split", read_split_target);
  if (const json* destination = find(value, "destination")) {
    if (!rule.targets.empty())
      refuse(path + ".split", "a rule has a destination or a split, not both");
    rule.targets.push_back({read_destination(*destination, path + ".destination"), 1});
  }
  if (rule.targets.empty()) refuse(path + ".destination", "is missing");
  return rule;
}

// "a" and "p" name the article and placement in links of ours.
std::string read_passed_name(const json& value, const std::string& path) {
  std::string name = text_of(value, path, 100);
  if (name.empty()) refuse(path, "names no parameter");
  if (name == "a" || name == "p") refuse(path, "\"a\" and \"p\" are Candor's own parameters");
  return name;
}

std::vector<QueryParameter> read_utm(const json& value) {
  check_members(value, "utm", {"source", "medium", "campaign", "term", "content"});
  std::vector<QueryParameter> utm;
  for (const std::string_view name : kUtmNames) {
    const std::string path = "utm." + std::string(name);
    const json* text = find(value, std::string(name).c_str());
    if (text != nullptr)
      if (std::string read = text_of(*text, path); !read.empty())
        utm.push_back({"utm_" + std::string(name), std::move(read)});
  }
  return utm;
}

Targeting read_targeting(const json& value, const ReadInstant& instant) {
  check_members(value, "", {"rules", "pass_query", "utm"});
  Targeting targeting;
  targeting.rules = list_of(
      value, "rules", "rules",
      [&](const json& rule, const std::string& path) { return read_rule(rule, path, instant); });
  if (targeting.rules.size() > kMaxRules) refuse("rules", "has more than 50 entries");
  std::size_t targets = 0;
  for (const TargetingRule& rule : targeting.rules) targets += rule.targets.size();
  if (targets > kMaxTargets) refuse("rules", "lead to more than 200 destinations together");
  targeting.pass_query = list_of(value, "pass_query", "pass_query", read_passed_name);
  if (targeting.pass_query.size() > 16) refuse("pass_query", "has more than 16 entries");
  if (const json* utm = find(value, "utm")) targeting.utm = read_utm(*utm);
  return targeting;
}

template <class Values, class TextOf>
void put_list(json& into, const char* name, const Values& values, TextOf text) {
  if (values.empty()) return;
  json list = json::array();
  for (const auto& value : values) list.push_back(std::string(text(value)));
  into[name] = std::move(list);
}

std::string format_minute(std::uint16_t minute) {
  const auto two = [](int value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  return two(minute / 60) + ":" + two(minute % 60);
}

json schedule_json(const Schedule& schedule) {
  json out = json::object();
  if (schedule.from_ms) out["from"] = format_rfc3339(*schedule.from_ms);
  if (schedule.until_ms) out["until"] = format_rfc3339(*schedule.until_ms);
  json days = json::array();
  for (std::size_t day = 0; day < kWeekdays.size(); ++day)
    if ((schedule.weekdays >> day & 1) != 0) days.push_back(kWeekdays[day]);
  if (!days.empty()) out["weekdays"] = std::move(days);
  if (schedule.from_minute != schedule.until_minute)
    out["hours"] = format_minute(schedule.from_minute) + "-" + format_minute(schedule.until_minute);
  return out;
}

void put_targets(json& into, const std::vector<SplitTarget>& targets) {
  if (targets.size() == 1) {
    into["destination"] = targets.front().destination;
    return;
  }
  into["split"] = json::array();
  for (const SplitTarget& target : targets)
    into["split"].push_back({{"destination", target.destination}, {"weight", target.weight}});
}

json rule_json(const TargetingRule& rule) {
  json out = json::object();
  const auto country = [](Country each) { return each.text(); };
  const auto name = [](auto each) { return name_of(each); };
  if (!rule.name.empty()) out["name"] = rule.name;
  put_list(out, "country", rule.countries, country);
  put_list(out, "country_not", rule.other_than, country);
  put_list(out, "device", rule.devices, name);
  put_list(out, "os", rule.systems, name);
  put_list(out, "language", rule.languages, [](const std::string& each) { return each; });
  if (rule.schedule) out["schedule"] = schedule_json(*rule.schedule);
  for (const QueryCondition& condition : rule.query) {
    json& query = out["query"];
    query.push_back({{"name", condition.name}});
    if (condition.equals) query.back()["equals"] = *condition.equals;
  }
  put_targets(out, rule.targets);
  return out;
}

}  // namespace

Result<Targeting, LinkError> parse_targeting(std::string_view text, const ReadInstant& instant) {
  if (text.empty()) return Targeting{};
  const json value = json::parse(text, nullptr, false);
  if (value.is_discarded())
    return std::unexpected(LinkError{.field = "rules", .message = "is not JSON"});
  try {
    return read_targeting(value, instant);
  } catch (const Refusal& refusal) {
    return std::unexpected(refusal.error);
  }
}

Result<Targeting, LinkError> parse_targeting(std::string_view text) {
  return parse_targeting(text, [](std::string_view moment) -> std::optional<std::int64_t> {
    const auto time = parse_rfc3339(moment);
    if (!time || time->is_local) return std::nullopt;
    return time->ms;
  });
}

std::string format_targeting(const Targeting& targeting) {
  if (targeting.empty()) return {};
  json out = json::object();
  for (const TargetingRule& rule : targeting.rules) out["rules"].push_back(rule_json(rule));
  for (const std::string& name : targeting.pass_query) out["pass_query"].push_back(name);
  for (const QueryParameter& parameter : targeting.utm)
    out["utm"][parameter.name.substr(4)] = parameter.value;
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string path_of_target(const TargetingRule& rule, std::size_t rule_index, std::size_t target) {
  const std::string path = at("rules", rule_index);
  return rule.targets.size() == 1 ? path + ".destination"
                                  : at(path + ".split", target) + ".destination";
}

}  // namespace candor
