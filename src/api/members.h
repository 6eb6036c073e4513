#pragma once
// What a request's JSON body may hold: each route names its members, and what is no member of it or
// of another kind is refused with 422 and its name, so that a slip of the pen never does something
// else than was meant.
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace candor::api {

struct Call;

/// The request's body, an object with no other members than these. Problem 400 when it is no JSON
/// object, 422 when a member is not known; `whose` is for people: "A link".
nlohmann::json read_body(const Call& call, std::string_view whose,
                         std::span<const std::string_view> members);
nlohmann::json read_body(const Call& call, std::string_view whose,
                         std::initializer_list<std::string_view> members);
/// For routes that take nothing: an absent body will do, too.
void refuse_members(const Call& call, std::string_view whose);

// Absent and null mean the same; Problem 422 when the member is of another kind.
std::string text_member(const nlohmann::json& body, const char* name);  ///< empty when absent
bool flag_member(const nlohmann::json& body, const char* name);         ///< false when absent
/// A whole number from 0.
std::optional<std::int64_t> count_member(const nlohmann::json& body, const char* name);

}  // namespace candor::api
