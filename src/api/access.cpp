#include "api/access.h"

#include <algorithm>
#include <array>

namespace candor::api {
namespace {

using store::Role;

struct Policy {
  Access access;
  std::optional<Role> least;  ///< of people; nothing: none of them
  Scopes scopes;              ///< of programs
};

constexpr auto kPolicies = std::to_array<Policy>({
    {Access::Public,
     Role::Viewer,
     {Scope::Read, Scope::Pages, Scope::Links, Scope::Revenue, Scope::Admin}},
    {Access::Neighbour, Role::Viewer, {Scope::Read, Scope::Admin}},
    {Access::Self, Role::Viewer, {}},
    {Access::Read, Role::Viewer, {Scope::Read, Scope::Admin}},
    {Access::ReadLinks, Role::Viewer, {Scope::Read, Scope::Links, Scope::Admin}},
    {Access::ListLinks, Role::Viewer, {Scope::Read, Scope::Links, Scope::Pages, Scope::Admin}},
    {Access::ReadReport, Role::Viewer, {Scope::Read, Scope::Revenue, Scope::Pages, Scope::Admin}},
    {Access::ReadRevenue, Role::Viewer, {Scope::Read, Scope::Revenue, Scope::Admin}},
    {Access::Pages, Role::Editor, {Scope::Pages, Scope::Admin}},
    {Access::Links, Role::Editor, {Scope::Links, Scope::Admin}},
    {Access::Revenue, Role::Editor, {Scope::Revenue, Scope::Admin}},
    {Access::Owner, Role::Owner, {Scope::Admin}},
    {Access::People, Role::Owner, {}},
    {Access::Shared, std::nullopt, {Scope::Shared}},
    {Access::Postback, std::nullopt, {Scope::Postback}},
});

const Policy& policy_of(Access access) { return kPolicies.at(static_cast<std::size_t>(access)); }

static_assert(
    [] {
      for (std::size_t i = 0; i < kPolicies.size(); ++i)
        if (static_cast<std::size_t>(kPolicies[i].access) != i) return false;
      return true;
    }(),
    "found by number");

constexpr std::array<std::string_view, 3> kRoles{"viewer", "editor", "owner"};
/// Those a token can be made for.
constexpr std::array<std::string_view, 6> kScopes{"read",    "pages", "links",
                                                  "revenue", "admin", "postback"};

}  // namespace

bool opens(Role role, Access access) {
  const auto least = policy_of(access).least;
  return least && role >= *least;
}

bool opens(Scopes scopes, Access access) { return scopes.overlaps(policy_of(access).scopes); }

std::string_view name_of(Role role) { return kRoles.at(static_cast<std::size_t>(role)); }

std::optional<Role> find_role(std::string_view name) {
  const auto found = std::ranges::find(kRoles, name);
  if (found == kRoles.end()) return std::nullopt;
  return static_cast<Role>(found - kRoles.begin());
}

std::optional<Role> least_role(Access access) { return policy_of(access).least; }

std::optional<Scopes> parse_scopes(std::string_view text) {
  Scopes scopes;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" ,"), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    if (word.empty()) continue;
    const auto found = std::ranges::find(kScopes, word);
    if (found == kScopes.end()) return std::nullopt;
    scopes.add(static_cast<Scope>(found - kScopes.begin()));
  }
  if (scopes.empty()) return std::nullopt;
  return scopes;
}

std::string format_scopes(Scopes scopes) {
  std::string text;
  for (std::size_t i = 0; i < kScopes.size(); ++i)
    if (scopes.contains(static_cast<Scope>(i)))
      text += (text.empty() ? "" : " ") + std::string(kScopes[i]);
  return text;
}

}  // namespace candor::api
