#include "api/members.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/problem.h"
#include "api/router.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// Null when there is none, or it is null.
const json* find_member(const json& body, const char* name) {
  const auto found = body.find(name);
  return found == body.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace

json read_body(const Call& call, std::string_view whose,
               std::span<const std::string_view> members) {
  // Values are copied level by level on the stack: a body nested deeply enough would end us.
  constexpr int kLevels = 64;
  const auto look = [](int depth, json::parse_event_t, const json&) {
    if (depth > kLevels) throw Problem(400, "The body's JSON is nested too deeply.");
    return true;
  };
  json parsed = json::parse(call.request.body, look, false);
  if (!parsed.is_object()) throw Problem(400, "The body must be a JSON object.");
  for (const auto& [name, value] : parsed.items())
    if (std::ranges::find(members, name) == members.end())
      throw Problem(422, std::string(whose) + " has no member \"" + name + "\" that could be set.",
                    name);
  return parsed;
}

json read_body(const Call& call, std::string_view whose,
               std::initializer_list<std::string_view> members) {
  return read_body(call, whose, std::span(members.begin(), members.size()));
}

void refuse_members(const Call& call, std::string_view whose) {
  if (!call.request.body.empty()) read_body(call, whose, {});
}

std::string text_member(const json& body, const char* name) {
  const json* const found = find_member(body, name);
  if (found == nullptr) return {};
  if (!found->is_string()) throw Problem(422, std::string(name) + " must be text.", name);
  return found->get<std::string>();
}

bool flag_member(const json& body, const char* name) {
  const json* const found = find_member(body, name);
  if (found == nullptr) return false;
  if (!found->is_boolean()) throw Problem(422, std::string(name) + " must be true or false.", name);
  return found->get<bool>();
}

std::optional<std::int64_t> count_member(const json& body, const char* name) {
  const json* const found = find_member(body, name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_number_integer() || *found < 0 || *found > 1'000'000'000'000'000)
    throw Problem(422, std::string(name) + " must be a whole number from 0.", name);
  return found->get<std::int64_t>();
}

}  // namespace candor::api
